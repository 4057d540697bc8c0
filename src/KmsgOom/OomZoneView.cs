using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>One zone of a node, borrowed: valid until the next read on the same parser.</summary>
public readonly ref struct OomZoneView
{
    private readonly BorrowedReport _borrowed;
    private readonly int _index;

    internal OomZoneView(BorrowedReport borrowed, int index) => (_borrowed, _index) = (borrowed, index);

    /// <summary>Gets the name of the zone.</summary>
    public ReadOnlySpan<byte> NameUtf8 => Report.Get(Entry.Name);

    /// <summary>Gets the node; 0 where the kernel names none.</summary>
    public int Node => Entry.Node;

    /// <summary>Gets whether the kernel had given up reclaiming; null where it does not say.</summary>
    public bool? AllUnreclaimable => Entry.AllUnreclaimable;

    /// <summary>Gets the pages that requests for higher zones may not have.</summary>
    public ReadOnlySpan<long> LowmemReservePages => Report.Memory.Reserves.AsSpan().Slice(Entry.FirstReserve, Entry.ReserveCount);

    /// <summary>Gets the number of orders of free blocks.</summary>
    public int BuddyCount => Entry.BuddyCount;

    private OomReport Report => _borrowed.Report;

    private ref ZoneEntry Entry => ref Report.Memory.Zones[_index];

    /// <summary>Gets a counter of the zone by its key, in KiB (<c>pages_scanned</c> in pages); null where it was not printed.</summary>
    /// <param name="keyUtf8">The key as printed, such as <c>free</c> or <c>min</c>.</param>
    public long? Get(ReadOnlySpan<byte> keyUtf8) =>
        OomMemoryView.Find(Report, Report.Memory.Counters.AsSpan().Slice(Entry.FirstCounter, Entry.CounterCount), keyUtf8);

    /// <summary>Gets the free blocks of an order.</summary>
    /// <param name="order">From 0 to <see cref="BuddyCount"/> - 1.</param>
    /// <param name="count">The number of blocks.</param>
    /// <returns>The letters of the migrate types that have such blocks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such order.</exception>
    public ReadOnlySpan<byte> GetBuddy(int order, out long count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)order, (uint)Entry.BuddyCount, nameof(order));
        ref BuddyEntry entry = ref Report.Memory.Buddies[Entry.FirstBuddy + order];
        count = entry.Count;
        return Report.Get(entry.Types);
    }
}
