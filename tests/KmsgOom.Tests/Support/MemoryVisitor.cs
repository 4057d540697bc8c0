namespace KmsgOom.Tests.Support;

/// <summary>Looks at everything that the view of a Mem-Info block shows.</summary>
internal static class MemoryVisitor
{
    /// <summary>Counts the values of a block.</summary>
    public static long Visit(OomMemoryView memory)
    {
        long values = Count(memory.RamPages) + Count(memory.ReservedPages) + Count(memory.PageCachePages) + Count(memory.SwapCachePages) + Count(memory.HighMemPages)
            + Count(memory.CmaReservedPages) + Count(memory.HwpoisonedPages) + Count(memory.SwapTotalKiB) + Count(memory.SwapFreeKiB) + Count(memory.GetPages("free"u8))
            + memory.Hugepages.Length;
        for (int at = 0; at < memory.CounterCount; at++)
        {
            values += memory.GetCounter(at, out _, out _).Length > 0 ? 1 : 0;
        }

        for (int at = 0; at < memory.NodeCount; at++)
        {
            OomNodeView node = memory.GetNode(at);
            values += Count(node.Get("active_anon"u8)) + (node.AllUnreclaimable is null ? 0 : 1);
        }

        for (int at = 0; at < memory.ZoneCount; at++)
        {
            values += Visit(memory.GetZone(at));
        }

        for (int at = 0; at < memory.SlabCount; at++)
        {
            values += memory.GetSlab(at, out _, out _).Length > 0 ? 1 : 0;
        }

        for (int at = 0; at < memory.AllocationCount; at++)
        {
            values += memory.GetAllocation(at, out _, out _).Length > 0 ? 1 : 0;
        }

        return values;
    }

    private static long Visit(OomZoneView zone)
    {
        long values = zone.NameUtf8.Length > 0 ? 1 : 0;
        values += Count(zone.Get("free"u8)) + zone.LowmemReservePages.Length;
        for (int order = 0; order < zone.BuddyCount; order++)
        {
            _ = zone.GetBuddy(order, out long count);
            values += count > 0 ? 1 : 0;
        }

        return values;
    }

    private static long Count(long? value) => value is null ? 0 : 1;
}
