using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The Mem-Info block of an event, borrowed: valid until the next read on the same parser. It is read from the text when it is first asked for.</summary>
/// <remarks>What the log does not say is null or empty. Keys are the kernel's own, as printed (<c>isolated(anon)</c>, <c>Balloon</c>).</remarks>
public readonly ref struct OomMemoryView
{
    private readonly OomReport _report;
    private readonly ReportMemory _memory;

    internal OomMemoryView(OomReport report)
    {
        _report = report;
        _memory = MemoryReader.Get(report);
    }

    /// <summary>Gets all pages that the kernel has page structures for.</summary>
    public long? RamPages => _memory.Facts.Ram;

    /// <summary>Gets the pages of them that the allocator never had.</summary>
    public long? ReservedPages => _memory.Facts.Reserved;

    /// <summary>Gets the page cache.</summary>
    public long? PageCachePages => _memory.Facts.PageCache;

    /// <summary>Gets the swap cache.</summary>
    public long? SwapCachePages => _memory.Facts.SwapCachePages;

    /// <summary>Gets the pages above the kernel's own mapping or in movable zones.</summary>
    public long? HighMemPages => _memory.Facts.HighMem;

    /// <summary>Gets the pages set aside for contiguous allocation.</summary>
    public long? CmaReservedPages => _memory.Facts.CmaReserved;

    /// <summary>Gets the pages taken out of use for memory errors.</summary>
    public long? HwpoisonedPages => _memory.Facts.Hwpoisoned;

    /// <summary>Gets the swap space in KiB.</summary>
    public long? SwapTotalKiB => _memory.Facts.SwapTotalKiB;

    /// <summary>Gets the free swap space in KiB.</summary>
    public long? SwapFreeKiB => _memory.Facts.SwapFreeKiB;

    /// <summary>Gets the number of counters of the machine.</summary>
    public int CounterCount => _memory.Totals.Count;

    /// <summary>Gets the number of zones, of all nodes together.</summary>
    public int ZoneCount => _memory.Zones.Count;

    /// <summary>Gets the number of nodes.</summary>
    public int NodeCount => _memory.Nodes.Count;

    /// <summary>Gets the number of slab caches that cannot be reclaimed.</summary>
    public int SlabCount => _memory.Slabs.Count;

    /// <summary>Gets the number of call sites that hold memory.</summary>
    public int AllocationCount => _memory.Allocations.Count;

    /// <summary>Gets the pools of huge pages.</summary>
    public ReadOnlySpan<OomHugepages> Hugepages => _memory.Hugepages.AsSpan();

    /// <summary>Gets a counter of the machine by its key.</summary>
    /// <param name="keyUtf8">The key as printed, such as <c>active_anon</c>.</param>
    /// <returns>Its pages; null where it was not printed.</returns>
    public long? GetPages(ReadOnlySpan<byte> keyUtf8) => Find(_report, _memory.Totals.AsSpan(), keyUtf8);

    /// <summary>Gets a counter of the machine by its position.</summary>
    /// <param name="index">From 0 to <see cref="CounterCount"/> - 1.</param>
    /// <param name="value">The value, in pages unless the kernel printed a unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such counter.</exception>
    public ReadOnlySpan<byte> GetCounter(int index, out long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_memory.Totals.Count, nameof(index));
        ref CounterEntry entry = ref _memory.Totals[index];
        value = entry.Value;
        return _report.Get(entry.Key);
    }

    /// <summary>Gets a node by its position.</summary>
    /// <param name="index">From 0 to <see cref="NodeCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public OomNodeView GetNode(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_memory.Nodes.Count, nameof(index));
        return new OomNodeView(_report, _memory, index);
    }

    /// <summary>Gets a zone by its position.</summary>
    /// <param name="index">From 0 to <see cref="ZoneCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such zone.</exception>
    public OomZoneView GetZone(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_memory.Zones.Count, nameof(index));
        return new OomZoneView(_report, _memory, index);
    }

    /// <summary>Gets a slab cache by its position.</summary>
    /// <param name="index">From 0 to <see cref="SlabCount"/> - 1.</param>
    /// <param name="usedKiB">What its objects take.</param>
    /// <param name="totalKiB">What it takes.</param>
    /// <returns>The cache's name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cache.</exception>
    public ReadOnlySpan<byte> GetSlab(int index, out long usedKiB, out long totalKiB)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_memory.Slabs.Count, nameof(index));
        ref SlabEntry entry = ref _memory.Slabs[index];
        (usedKiB, totalKiB) = (entry.UsedKiB, entry.TotalKiB);
        return _report.Get(entry.Name);
    }

    /// <summary>Gets a call site by its position.</summary>
    /// <param name="index">From 0 to <see cref="AllocationCount"/> - 1.</param>
    /// <param name="bytes">The memory it holds (rounded by kernels after 6.10).</param>
    /// <param name="calls">The allocations that live.</param>
    /// <returns>The place in the kernel's source.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such site.</exception>
    public ReadOnlySpan<byte> GetAllocation(int index, out long bytes, out long calls)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_memory.Allocations.Count, nameof(index));
        ref AllocationEntry entry = ref _memory.Allocations[index];
        (bytes, calls) = (entry.Bytes, entry.Calls);
        return _report.Get(entry.Site);
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
