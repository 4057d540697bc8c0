using System.Collections.Immutable;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Where the machine's memory went: disjoint parts that, with what no counter explains, sum exactly to the memory under the allocator's control.</summary>
public sealed record OomBalance
{
    /// <summary>Gets the memory under the control of the allocator in bytes: RAM without what is reserved.</summary>
    public required long BaseBytes { get; init; }

    /// <summary>Gets how the base was found.</summary>
    public required string BaseText { get; init; }

    /// <summary>Gets the lines of the base.</summary>
    public ImmutableArray<OomEvidence> BaseEvidence { get; init; } = [];

    /// <summary>Gets the parts, largest first; those of zero bytes are left out.</summary>
    public required ImmutableArray<OomBucket> Buckets { get; init; }

    /// <summary>Gets what no counter explains in bytes: the base minus all parts. Negative where counters that the kernel reads one after the other overlap.</summary>
    public required long UnexplainedBytes { get; init; }

    /// <summary>Gets who may hold what no counter explains.</summary>
    public required string UnexplainedText { get; init; }

    /// <summary>Gets what this kernel does not print, and what else limits the sheet.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];

    /// <summary>
    /// Gets the memory that cannot be reclaimed because it is locked or pinned, in bytes; it is part of other buckets. Null where the log does not print it.
    /// </summary>
    public long? UnevictableBytes { get; init; }

    /// <summary>Gets the largest slab caches that cannot be reclaimed, largest first; empty where the kernel printed none.</summary>
    public ImmutableArray<OomSlab> SlabCaches { get; init; } = [];

    /// <summary>Gets the call sites that hold most, largest first (6.10 and later with allocation profiling). They cut across the buckets.</summary>
    public ImmutableArray<OomAllocation> Allocations { get; init; } = [];

    /// <summary>Gets the swap; null where the log says nothing about it.</summary>
    public OomSwapBalance? Swap { get; init; }

    /// <summary>Gets all shared memory and tmpfs in bytes, mapped or not.</summary>
    public long ShmemBytes => this[OomBucketKind.Shmem] + this[OomBucketKind.ShmemMapped] + this[OomBucketKind.ShmemUnmapped];

    /// <summary>Gets the bytes of a part; 0 where there is none.</summary>
    /// <param name="kind">The part.</param>
    public long this[OomBucketKind kind] => Sheet.Find(Buckets, kind);

    /// <summary>Computes the sheet.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <returns>The sheet; null where the log has no Mem-Info block with the size of the machine.</returns>
    public static OomBalance? Of(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return MachineSheet.Of(oomEvent);
    }
}
