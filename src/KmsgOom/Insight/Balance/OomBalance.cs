using System.Collections.Immutable;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Where memory went: disjoint parts that sum to <see cref="TotalBytes"/> exactly, the unexplained remainder among them.</summary>
public sealed record OomBalance
{
    /// <summary>The name of the remainder.</summary>
    public const string Unexplained = "unexplained";

    /// <summary>Gets what the parts sum to: the machine's memory without what was reserved at boot, or a cgroup's usage.</summary>
    public required long TotalBytes { get; init; }

    /// <summary>Gets what <see cref="TotalBytes"/> is.</summary>
    public required string TotalSource { get; init; }

    /// <summary>Gets the parts, the largest first and the remainder last.</summary>
    public required ImmutableArray<OomBucket> Buckets { get; init; }

    /// <summary>Gets what makes the sheet less certain; empty where nothing does.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Gets the remainder; negative where the counters claim more than there is.</summary>
    public long UnexplainedBytes => this[Unexplained];

    /// <summary>Gets the size of a part; 0 where the sheet has none of this name.</summary>
    /// <param name="name">The name of the part.</param>
    public long this[string name]
    {
        get
        {
            foreach (OomBucket bucket in Buckets.AsSpan())
            {
                if (bucket.Name == name)
                {
                    return bucket.Bytes;
                }
            }

            return 0;
        }
    }

    /// <summary>Draws up the sheet of the machine.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <returns>The sheet; null where the event has no Mem-Info block, or none that says how much memory there is.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static OomBalance? OfMachine(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return MachineBalance.Make(oomEvent);
    }

    /// <summary>Draws up the sheet of the cgroup whose limit was hit.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <param name="previous">The event before it in the same log, which may still have been freeing memory; null where there is none.</param>
    /// <returns>The sheet; null where the event has no usage or no statistics of a cgroup.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static OomBalance? OfMemcg(OomEvent oomEvent, OomEvent? previous = null)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return MemcgBalance.Make(oomEvent, previous);
    }
}
