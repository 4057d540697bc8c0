namespace KmsgOom;

/// <summary>Tells which counter of a memory cgroup was at its limit.</summary>
public enum OomMemcgLimit : byte
{
    /// <summary>None was at its limit when it was printed, or none was printed.</summary>
    Unknown,

    /// <summary>Memory.</summary>
    Memory,

    /// <summary>Memory and swap together (cgroup v1).</summary>
    MemorySwap,

    /// <summary>Memory, and swap was used up as well, so that nothing could be moved there (cgroup v2).</summary>
    MemoryAndSwap,

    /// <summary>Kernel memory (cgroup v1).</summary>
    Kmem,
}
