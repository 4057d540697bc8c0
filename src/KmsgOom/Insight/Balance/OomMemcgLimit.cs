namespace KmsgOom;

/// <summary>Tells which counter of a memory cgroup was at its limit.</summary>
public enum OomMemcgLimit : byte
{
    /// <summary>None was at its limit when it was printed, or none was printed.</summary>
    Unknown,

    /// <summary>Memory.</summary>
    Memory,

    /// <summary>Memory and swap together (cgroup v1), while memory was below its own limit or had the same.</summary>
    MemorySwap,

    /// <summary>Memory, and swap (v1: memory and swap together) as well, so that nothing could be moved there.</summary>
    MemoryAndSwap,

    /// <summary>Kernel memory (cgroup v1).</summary>
    Kmem,
}
