using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>The names of <c>memory</c> that are not counters', and which counters have a name of their own.</summary>
internal static class MemoryNames
{
    /// <summary>Gets the one counter of nodes and zones that is a number of pages; it is written as it is.</summary>
    public const string PagesScanned = "pages_scanned";

    private static readonly KnownNames Counters = new(CounterKeys.Known, "_bytes");
    private static readonly JsonEncodedText PagesScannedName = JsonEncodedText.Encode(PagesScanned);

    /// <summary>Gets the numbers of pages; written in bytes.</summary>
    public static (JsonEncodedText Name, Func<OomMemory, long?> Get)[] Pages { get; } =
    [
        (JsonEncodedText.Encode("ram_bytes"), static memory => memory.RamPages),
        (JsonEncodedText.Encode("highmem_bytes"), static memory => memory.HighMemPages),
        (JsonEncodedText.Encode("reserved_bytes"), static memory => memory.ReservedPages),
        (JsonEncodedText.Encode("cma_reserved_bytes"), static memory => memory.CmaReservedPages),
        (JsonEncodedText.Encode("hwpoisoned_bytes"), static memory => memory.HwpoisonedPages),
        (JsonEncodedText.Encode("pagecache_bytes"), static memory => memory.PageCachePages),
        (JsonEncodedText.Encode("swapcache_bytes"), static memory => memory.SwapCachePages),
        (JsonEncodedText.Encode("shared_bytes"), static memory => memory.SharedPages),
        (JsonEncodedText.Encode("non_shared_bytes"), static memory => memory.NonSharedPages),
        (JsonEncodedText.Encode("pagetable_cache_bytes"), static memory => memory.PageTableCachePages),
    ];

    /// <summary>Gets the sizes printed in kB; written in bytes.</summary>
    public static (JsonEncodedText Name, Func<OomMemory, long?> Get)[] KiB { get; } =
    [
        (JsonEncodedText.Encode("free_pages_bytes"), static memory => memory.FreePagesKiB),
        (JsonEncodedText.Encode("free_highmem_bytes"), static memory => memory.FreeHighMemKiB),
        (JsonEncodedText.Encode("swap_total_bytes"), static memory => memory.SwapTotalKiB),
        (JsonEncodedText.Encode("swap_free_bytes"), static memory => memory.SwapFreeKiB),
    ];

    /// <summary>Gets how many counters are known.</summary>
    public static int CounterCount => Counters.Count;

    /// <summary>Finds the name of its own under which a counter is written; -1 where it has none: unknown, or not in the unit of its place.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="unit">The unit that counters of the place have.</param>
    /// <param name="place">Zero for the first of some counters; remembers which was the last.</param>
    public static int Find(in OomCounter counter, OomUnit unit, ref int place)
    {
        int known = Counters.Find(counter.Key, ref place);
        return counter.Unit == (counter.Key == PagesScanned ? OomUnit.Pages : unit) ? known : -1;
    }

    /// <summary>Gets a name that was found.</summary>
    public static JsonEncodedText Get(int known, in OomCounter counter) => counter.Key == PagesScanned ? PagesScannedName : Counters[known];
}
