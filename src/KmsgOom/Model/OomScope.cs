namespace KmsgOom;

/// <summary>Tells whose memory was exhausted.</summary>
public enum OomScope : byte
{
    /// <summary>The log does not say.</summary>
    Unknown,

    /// <summary>The machine as a whole.</summary>
    Global,

    /// <summary>A memory cgroup reached its limit.</summary>
    Memcg,

    /// <summary>The nodes of a cpuset.</summary>
    Cpuset,

    /// <summary>The nodes that a memory policy allows.</summary>
    Mempolicy,
}
