namespace KmsgOom.Json;

/// <summary>The names of <c>memory</c> that are not counters', and which counters have a name of their own.</summary>
internal static class MemoryNames
{
    /// <summary>Gets the one counter of nodes and zones that is a number of pages; it is written as it is.</summary>
    public const string PagesScanned = "pages_scanned";

    /// <summary>Gets the numbers of pages; written in bytes.</summary>
    public static (string Name, Func<OomMemory, long?> Get)[] Pages { get; } =
    [
        ("ram_bytes", static memory => memory.RamPages),
        ("highmem_bytes", static memory => memory.HighMemPages),
        ("reserved_bytes", static memory => memory.ReservedPages),
        ("cma_reserved_bytes", static memory => memory.CmaReservedPages),
        ("hwpoisoned_bytes", static memory => memory.HwpoisonedPages),
        ("pagecache_bytes", static memory => memory.PageCachePages),
        ("swapcache_bytes", static memory => memory.SwapCachePages),
        ("shared_bytes", static memory => memory.SharedPages),
        ("non_shared_bytes", static memory => memory.NonSharedPages),
        ("pagetable_cache_bytes", static memory => memory.PageTableCachePages),
    ];

    /// <summary>Gets the sizes printed in kB; written in bytes.</summary>
    public static (string Name, Func<OomMemory, long?> Get)[] KiB { get; } =
    [
        ("free_pages_bytes", static memory => memory.FreePagesKiB),
        ("free_highmem_bytes", static memory => memory.FreeHighMemKiB),
        ("swap_total_bytes", static memory => memory.SwapTotalKiB),
        ("swap_free_bytes", static memory => memory.SwapFreeKiB),
    ];

    /// <summary>Tells whether a counter is written under its own name: known, and in the unit of its place.</summary>
    public static bool IsPlain(in OomCounter counter, OomUnit unit) =>
        CounterKeys.IsKnown(counter.Key) && (counter.Key == PagesScanned ? counter.Unit == OomUnit.Pages : counter.Unit == unit);
}
