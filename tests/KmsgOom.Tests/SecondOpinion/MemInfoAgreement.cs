using System.Collections.Immutable;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Compares each line of a Mem-Info block with what the parser says of it.</summary>
internal sealed class MemInfoAgreement
{
    private OomZone? _zone;

    public string? Compare(OomMemory memory, string text)
    {
        text = text.Trim(' ');
        if (BuddyGrammar.TryParse(text) is { } buddy)
        {
            OomZone? zone = FindZone(memory, buddy.Node, buddy.Zone);
            string expected = string.Join(' ', buddy.Orders.Select((order, at) => $"{at}:{order.Count}{order.Types}")) + $"={buddy.TotalKiB}";
            return Same(expected, zone is null ? null : string.Join(' ', zone.Buddy.Select(order => $"{order.Order}:{order.Count}{order.Types}")) + $"={zone.BuddyTotalKiB}");
        }

        if (ZoneLineGrammar.TryParse(text) is { } zoneLine)
        {
            _zone = FindZone(memory, zoneLine.Node, zoneLine.Zone);
            return _zone is null ? "no such zone" : SameCounters(zoneLine.Counters, zoneLine.AllUnreclaimable, _zone.Counters, _zone.AllUnreclaimable);
        }

        if (HugepagesGrammar.TryParse(text) is { } pool)
        {
            return memory.Hugepages.Contains(new OomHugepages(pool.Node, pool.SizeKiB, pool.Total, pool.Free, pool.Surplus)) ? null : "no such hugepages";
        }

        if (NodeLineGrammar.TryParse(text) is { } nodeLine)
        {
            OomNode? node = memory.Nodes.FirstOrDefault(node => node.Node == nodeLine.Node);
            return node is null ? "no such node" : SameCounters(nodeLine.Counters, nodeLine.AllUnreclaimable, node.Counters, node.AllUnreclaimable);
        }

        if (ReserveGrammar.TryParse(text) is { } reserve)
        {
            // It belongs to the zone of the line before; without that line, to nobody.
            OomZone? owner = _zone;
            _zone = null;
            return owner is null ? null : Same(string.Join(' ', reserve.Pages), string.Join(' ', owner.LowmemReservePages));
        }

        return CompareTotals(memory, text) ?? CompareTables(memory, text);
    }

    /// <summary>A line that a mail has broken is only the beginning of what the parser read.</summary>
    private static string? SameCounters(IReadOnlyList<Counter> expected, bool? answer, ImmutableArray<OomCounter> actual, bool? actualAnswer) =>
        !Text(actual).StartsWith(Text(expected), StringComparison.Ordinal) ? $"{Text(expected)} is not there"
        : actual.Length == expected.Count && answer != actualAnswer ? $"all_unreclaimable is {answer}" : null;

    private static string? CompareTotals(OomMemory memory, string text)
    {
        if (SwapSpaceGrammar.TryParse(text) is { } swap)
        {
            return Same($"{swap.KiB}", $"{(swap.IsTotal ? memory.SwapTotalKiB : memory.SwapFreeKiB)}");
        }

        if (SwapCacheGrammar.TryParse(text) is { } cache)
        {
            return memory.SwapCache is { } found && (found.Added, found.Deleted, found.Found, found.Searched) == (cache.Added, cache.Deleted, cache.Found, cache.Searched)
                && (found.Race?.NoEntry, found.Race?.Exists) == (cache.Race?.First, cache.Race?.Second) ? null : "another swap cache";
        }

        if (PageTotalGrammar.TryParse(text) is { } total)
        {
            // Arch code counts again, a moment later, what the first lines told; the model keeps the first word.
            bool isAgain = total.What is "pages swap cached" or "free pages" or "slab pages" or "pages dirty" or "pages writeback" or "pages mapped" or "pages slab" or "pages pagetables";
            if (isAgain)
            {
                return Total(memory, total.What) is null ? "no such total" : null;
            }

            return Same($"{total.Pages}", $"{Total(memory, total.What)}");
        }

        if (text.StartsWith("Free pages:", StringComparison.Ordinal) || GlobalCountersGrammar.TryParse(text) is not { } counters)
        {
            return null;
        }

        return counters.Counters.Select(counter => Same($"{counter.Value}", $"{memory.Counters.Get(Key(counter))}")).FirstOrDefault(problem => problem is not null);
    }

    private static string? CompareTables(OomMemory memory, string text)
    {
        if (SlabGrammar.TryParse(text) is { } slab)
        {
            return memory.UnreclaimableSlab.Contains(new OomSlab(slab.Name, slab.UsedKiB, slab.TotalKiB)) ? null : "no such slab cache";
        }

        return AllocationProfileGrammar.TryParse(text) is not { } row
            || memory.Allocations.Any(site => (site.SizeText, site.Calls, site.Site, site.Module, site.Function) == (row.Size, row.Calls, $"{row.File}:{row.Line}", row.Module, row.Function))
            ? null : "no such call site";
    }

    private static long? Total(OomMemory memory, string what) => what switch
    {
        "pages RAM" or "pages of RAM" => memory.RamPages,
        "pages HighMem" or "pages HighMem/MovableOnly" or "pages of HIGHMEM" => memory.HighMemPages,
        "pages reserved" or "reserved pages" => memory.ReservedPages,
        "pages cma reserved" => memory.CmaReservedPages,
        "pages hwpoisoned" => memory.HwpoisonedPages,
        "total pagecache pages" => memory.PageCachePages,
        "pages in swap cache" or "pages swap cached" => memory.SwapCachePages,
        "pages shared" => memory.SharedPages,
        "pages non-shared" => memory.NonSharedPages,
        "pages in pagetable cache" => memory.PageTableCachePages,
        _ => memory.Counters.Get(what.Replace("pages", "", StringComparison.Ordinal).Trim()),
    };

    private static OomZone? FindZone(OomMemory memory, int? node, string name) =>
        memory.Nodes.FirstOrDefault(one => one.Node == (node ?? 0))?.Zones.FirstOrDefault(zone => zone.Name == name);

    private static string Key(Counter counter) => counter.Key.ToLowerInvariant().Replace("(", "_", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);

    private static string Text(IEnumerable<Counter> counters) => string.Join(' ', counters.Select(counter => $"{Key(counter)}:{counter.Value}{(counter.Unit is null ? "" : "kB")}"));

    private static string Text(ImmutableArray<OomCounter> counters) =>
        string.Join(' ', counters.Select(counter => $"{counter.Key}:{counter.Value}{(counter.Unit == OomUnit.KiB ? "kB" : "")}"));

    private static string? Same(string expected, string? actual) => expected == actual ? null : $"{expected} expected, {actual} found";
}
