using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>The memory cgroup of an event.</summary>
public sealed record OomMemcg
{
    /// <summary>Gets the cgroup whose limit was hit; null where the log does not name it.</summary>
    public string? Path { get; init; }

    /// <summary>Gets the cgroup of the chosen task (2.6.30 to 2.6.32: of the task that triggered); null where the log does not name it.</summary>
    public string? TaskPath { get; init; }

    /// <summary>Gets the memory counter.</summary>
    public OomMemcgUsage? Memory { get; init; }

    /// <summary>Gets the memory+swap counter; cgroup v1 only (printed without meaning by v2 kernels up to 5.2).</summary>
    public OomMemcgUsage? MemorySwap { get; init; }

    /// <summary>Gets the swap counter; cgroup v2 only, since 5.3.</summary>
    public OomMemcgUsage? Swap { get; init; }

    /// <summary>Gets the kernel-memory counter; cgroup v1 only since 5.3.</summary>
    public OomMemcgUsage? Kmem { get; init; }

    /// <summary>Gets the protected memory; null before 6.19.</summary>
    public OomMemcgProtection? Protection { get; init; }

    /// <summary>Gets whether the log says that <c>memory.oom.group</c> is set.</summary>
    public bool OomGroup { get; init; }

    /// <summary>Gets the statistics, one entry per cgroup that was printed.</summary>
    public ImmutableArray<OomMemcgStats> Stats { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(OomMemcg? other) =>
        other is not null
        && Path == other.Path
        && TaskPath == other.TaskPath
        && Memory == other.Memory
        && MemorySwap == other.MemorySwap
        && Swap == other.Swap
        && Kmem == other.Kmem
        && Protection == other.Protection
        && OomGroup == other.OomGroup
        && Stats.AsSpan().SequenceEqual(other.Stats.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, TaskPath, Memory, Stats.Length);
}
