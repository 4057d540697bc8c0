using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>One NUMA node; kernels without NUMA name none, and their zones are those of node 0.</summary>
public sealed record OomNode
{
    /// <summary>Gets the number of the node.</summary>
    public required int Node { get; init; }

    /// <summary>Gets the counters of the node in printed order, in KiB (<c>pages_scanned</c> in pages); empty before 4.8.</summary>
    public ImmutableArray<OomCounter> Counters { get; init; } = [];

    /// <summary>Gets whether the kernel had given up reclaiming; null where it does not say.</summary>
    public bool? AllUnreclaimable { get; init; }

    /// <summary>Gets the zones in printed order.</summary>
    public ImmutableArray<OomZone> Zones { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(OomNode? other) =>
        other is not null
        && Node == other.Node
        && Counters.AsSpan().SequenceEqual(other.Counters.AsSpan())
        && AllUnreclaimable == other.AllUnreclaimable
        && Zones.AsSpan().SequenceEqual(other.Zones.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Node, Counters.Length, Zones.Length);
}
