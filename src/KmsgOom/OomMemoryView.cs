using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The Mem-Info block of an event, borrowed: valid until the next read on the same parser. It is read from the text when it is first asked for.</summary>
/// <remarks>What the log does not say is null or empty. Keys are the kernel's own, as printed (<c>isolated(anon)</c>, <c>Balloon</c>).</remarks>
public readonly ref struct OomMemoryView
{
    private readonly BorrowedReport _borrowed;

    internal OomMemoryView(BorrowedReport borrowed)
    {
        _borrowed = borrowed;
        MemoryReader.Get(borrowed.Report);
    }

    /// <summary>Gets all pages that the kernel has page structures for.</summary>
    public long? RamPages => Memory.Facts.Ram;

    /// <summary>Gets the pages of them that the allocator never had.</summary>
    public long? ReservedPages => Memory.Facts.Reserved;

    /// <summary>Gets the page cache.</summary>
    public long? PageCachePages => Memory.Facts.PageCache;

    /// <summary>Gets the swap cache.</summary>
    public long? SwapCachePages => Memory.Facts.SwapCachePages;

    /// <summary>Gets the pages above the kernel's own mapping or in movable zones.</summary>
    public long? HighMemPages => Memory.Facts.HighMem;

    /// <summary>Gets the pages set aside for contiguous allocation.</summary>
    public long? CmaReservedPages => Memory.Facts.CmaReserved;

    /// <summary>Gets the pages taken out of use for memory errors.</summary>
    public long? HwpoisonedPages => Memory.Facts.Hwpoisoned;

    /// <summary>Gets the swap space in KiB.</summary>
    public long? SwapTotalKiB => Memory.Facts.SwapTotalKiB;

    /// <summary>Gets the free swap space in KiB.</summary>
    public long? SwapFreeKiB => Memory.Facts.SwapFreeKiB;

    /// <summary>Gets the number of counters of the machine.</summary>
    public int CounterCount => Memory.Totals.Count;

    /// <summary>Gets the number of zones, of all nodes together.</summary>
    public int ZoneCount => Memory.Zones.Count;

    /// <summary>Gets the number of nodes.</summary>
    public int NodeCount => Memory.Nodes.Count;

    /// <summary>Gets the number of slab caches that cannot be reclaimed.</summary>
    public int SlabCount => Memory.Slabs.Count;

    /// <summary>Gets the number of call sites that hold memory.</summary>
    public int AllocationCount => Memory.Allocations.Count;

    /// <summary>Gets the pools of huge pages.</summary>
    public ReadOnlySpan<OomHugepages> Hugepages => Memory.Hugepages.AsSpan();

    private ReportMemory Memory => _borrowed.Report.Memory;

    /// <summary>Gets a counter of the machine by its key.</summary>
    /// <param name="keyUtf8">The key as printed, such as <c>active_anon</c>.</param>
    /// <returns>Its pages; null where it was not printed, or with a unit.</returns>
    public long? GetPages(ReadOnlySpan<byte> keyUtf8)
    {
        OomReport report = _borrowed.Report;
        foreach (ref readonly CounterEntry entry in report.Memory.Totals.AsSpan())
        {
            if (entry.Unit == OomUnit.Pages && report.Get(entry.Key).SequenceEqual(keyUtf8))
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>Gets a counter of the machine by its position.</summary>
    /// <param name="index">From 0 to <see cref="CounterCount"/> - 1.</param>
    /// <param name="value">The value.</param>
    /// <param name="unit">Its unit: pages, unless the kernel printed one.</param>
    /// <returns>The key as printed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such counter.</exception>
    public ReadOnlySpan<byte> GetCounter(int index, out long value, out OomUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Memory.Totals.Count, nameof(index));
        ref CounterEntry entry = ref Memory.Totals[index];
        (value, unit) = (entry.Value, entry.Unit);
        return _borrowed.Report.Get(entry.Key);
    }

    /// <summary>Gets a node by its position.</summary>
    /// <param name="index">From 0 to <see cref="NodeCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public OomNodeView GetNode(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Memory.Nodes.Count, nameof(index));
        return new OomNodeView(_borrowed, index);
    }

    /// <summary>Gets a zone by its position.</summary>
    /// <param name="index">From 0 to <see cref="ZoneCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such zone.</exception>
    public OomZoneView GetZone(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Memory.Zones.Count, nameof(index));
        return new OomZoneView(_borrowed, index);
    }

    /// <summary>Gets a slab cache by its position.</summary>
    /// <param name="index">From 0 to <see cref="SlabCount"/> - 1.</param>
    /// <param name="usedKiB">What its objects take.</param>
    /// <param name="totalKiB">What it takes.</param>
    /// <returns>The cache's name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cache.</exception>
    public ReadOnlySpan<byte> GetSlab(int index, out long usedKiB, out long totalKiB)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Memory.Slabs.Count, nameof(index));
        ref SlabEntry entry = ref Memory.Slabs[index];
        (usedKiB, totalKiB) = (entry.UsedKiB, entry.TotalKiB);
        return _borrowed.Report.Get(entry.Name);
    }

    /// <summary>Gets a call site by its position.</summary>
    /// <param name="index">From 0 to <see cref="AllocationCount"/> - 1.</param>
    /// <param name="bytes">The memory it holds (rounded by kernels after 6.10).</param>
    /// <param name="calls">The allocations that live.</param>
    /// <returns>The place in the kernel's source.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such site.</exception>
    public ReadOnlySpan<byte> GetAllocation(int index, out long bytes, out long calls)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Memory.Allocations.Count, nameof(index));
        ref AllocationEntry entry = ref Memory.Allocations[index];
        (bytes, calls) = (entry.Bytes, entry.Calls);
        return _borrowed.Report.Get(entry.Site);
    }

    internal static long? Find(OomReport report, ReadOnlySpan<CounterEntry> entries, ReadOnlySpan<byte> key)
    {
        foreach (ref readonly CounterEntry entry in entries)
        {
            if (report.Get(entry.Key).SequenceEqual(key))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
