using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>One zone of a node.</summary>
public sealed record OomZone
{
    /// <summary>Gets the name: <c>DMA</c>, <c>DMA32</c>, <c>Normal</c>, <c>HighMem</c>, <c>Movable</c>, <c>Device</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the counters in printed order: <c>free</c>, the watermarks <c>min</c>, <c>low</c>, <c>high</c>, …; KiB, but <c>pages_scanned</c> is pages.</summary>
    public ImmutableArray<OomCounter> Counters { get; init; } = [];

    /// <summary>Gets whether the kernel had given up reclaiming; null where it does not say.</summary>
    public bool? AllUnreclaimable { get; init; }

    /// <summary>Gets the pages that requests for higher zones may not have, one for each zone of the build; 2.6.9 calls them protections.</summary>
    public ImmutableArray<long> LowmemReservePages { get; init; } = [];

    /// <summary>Gets the free blocks, order by order.</summary>
    public ImmutableArray<OomBuddy> Buddy { get; init; } = [];

    /// <summary>Gets the sum that the kernel printed behind the free blocks, in KiB; null where it printed none.</summary>
    public long? BuddyTotalKiB { get; init; }

    /// <summary>Gets what the CPUs keep; empty after 4.0.</summary>
    public ImmutableArray<OomPerCpu> PerCpu { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(OomZone? other) =>
        other is not null
        && Name == other.Name
        && Counters.AsSpan().SequenceEqual(other.Counters.AsSpan())
        && AllUnreclaimable == other.AllUnreclaimable
        && LowmemReservePages.AsSpan().SequenceEqual(other.LowmemReservePages.AsSpan())
        && Buddy.AsSpan().SequenceEqual(other.Buddy.AsSpan())
        && BuddyTotalKiB == other.BuddyTotalKiB
        && PerCpu.AsSpan().SequenceEqual(other.PerCpu.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Counters.Length, Buddy.Length);
}
