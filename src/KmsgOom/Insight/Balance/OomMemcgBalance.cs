using System.Collections.Immutable;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>What the memory of a cgroup went to: disjoint parts that, with what no counter explains, sum exactly to its usage.</summary>
public sealed record OomMemcgBalance
{
    /// <summary>Gets the cgroup whose limit was hit; null where the log does not name it.</summary>
    public string? Path { get; init; }

    /// <summary>Gets what was charged in bytes: the base of the sheet.</summary>
    public required long UsageBytes { get; init; }

    /// <summary>Gets the limit in bytes; null where there is none.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Gets which counter was at its limit.</summary>
    public OomMemcgLimit Limit { get; init; }

    /// <summary>Gets the counters in printed order.</summary>
    public ImmutableArray<OomMemcgCounter> Counters { get; init; } = [];

    /// <summary>Gets the parts, largest first; those of zero bytes are left out. Empty where no statistics were printed.</summary>
    public required ImmutableArray<OomBucket> Buckets { get; init; }

    /// <summary>Gets what no counter explains in bytes: the usage minus all parts, with its sign. It is the whole usage where no statistics were printed.</summary>
    public required long UnexplainedBytes { get; init; }

    /// <summary>Gets what the unexplained part can be.</summary>
    public required string UnexplainedText { get; init; }

    /// <summary>
    /// Gets whether the unexplained part may be taken for memory that somebody holds: not where it is small, negative, of cut statistics, or of memory that an
    /// earlier victim was still giving back.
    /// </summary>
    public bool IsUnexplainedConclusive { get; init; }

    /// <summary>
    /// Gets how long before this one there was another kill in the same cgroup; null where no earlier event was given, or it was of another cgroup, host or
    /// boot, or more than a second before.
    /// </summary>
    public TimeSpan? SincePreviousKill { get; init; }

    /// <summary>Gets what the cgroup has in swap in bytes; null where the log does not tell. Not part of the usage.</summary>
    public long? SwapBytes { get; init; }

    /// <summary>Gets why the page cache of the cgroup was not just dropped; null where it has next to none.</summary>
    public string? CacheText { get; init; }

    /// <summary>Gets what this kernel does not print, and what else limits the sheet.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];

    /// <summary>Gets all shared memory and tmpfs in bytes, mapped or not.</summary>
    public long ShmemBytes => this[OomBucketKind.Shmem] + this[OomBucketKind.ShmemMapped] + this[OomBucketKind.ShmemUnmapped];

    /// <summary>Gets the bytes of a part; 0 where there is none.</summary>
    /// <param name="kind">The part.</param>
    public long this[OomBucketKind kind] => Sheet.Find(Buckets, kind);

    /// <summary>Computes the sheet.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <param name="previous">The event before it, of any cgroup; null where there is none or it is not known.</param>
    /// <returns>The sheet; null where the log does not print the usage of the cgroup.</returns>
    public static OomMemcgBalance? Of(OomEvent oomEvent, OomEvent? previous = null)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return MemcgSheet.Of(oomEvent, previous);
    }
}
