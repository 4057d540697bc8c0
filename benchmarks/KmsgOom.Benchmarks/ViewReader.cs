namespace KmsgOom.Benchmarks;

/// <summary>Reads every field of a view, as a consumer that wants everything would.</summary>
internal static class ViewReader
{
    /// <summary>Reads all fields; the sum keeps the compiler from skipping any.</summary>
    public static long ReadAll(OomEventView view)
    {
        long sum = (long)view.Kind + (long)view.Outcome + (long)view.Scope + (long)view.Constraint + (long)view.Sections + (long)view.Missing;
        sum += view.LineNumber + view.ByteOffset + view.LineCount + view.ForeignLines + view.SuppressedBefore + view.LostMessages;
        sum += view.HostUtf8.Length + view.PanicUtf8.Length + view.TextLineCount + (view.IsInterleaved ? 1 : 0);
        sum += view.PageSize + (long)view.PageSizeSource + (view.Uptime?.Ticks ?? 0) + (view.Time is { } time ? time.GetHashCode() : 0);
        return sum + Read(view.Trigger) + Read(view.Kernel) + ReadTrace(view) + Read(view.Memcg) + Read(view.Memory) + Read(view.Tasks) + Read(view.Victims);
    }

    private static long Read(OomTriggerView trigger) =>
        (trigger.Name?.Length ?? 0) + (trigger.Pid ?? 0) + (trigger.Uid ?? 0) + (trigger.Cpu ?? 0) + (trigger.GfpMask ?? 0) + (trigger.Order ?? 0)
        + (trigger.OomScoreAdj ?? 0) + (trigger.OomAdj ?? 0) + trigger.GfpFlagsUtf8.Length + trigger.NodemaskUtf8.Length
        + trigger.CpusetUtf8.Length + trigger.MemsAllowedUtf8.Length;

    private static long Read(OomKernelView kernel) =>
        kernel.ReleaseUtf8.Length + kernel.VersionUtf8.Length + kernel.TaintedUtf8.Length + kernel.HardwareUtf8.Length;

    private static long ReadTrace(OomEventView view)
    {
        long sum = 0;
        OomTextList trace = view.CallTrace;
        for (int i = 0; i < trace.Count; i++)
        {
            sum += trace[i].Length;
        }

        for (int i = 0; i < view.RegisterCount; i++)
        {
            view.GetRegister(i, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            sum += name.Length + value.Length;
        }

        return sum;
    }

    private static long Read(OomMemcgView memcg)
    {
        long sum = memcg.PathUtf8.Length + memcg.TaskPathUtf8.Length + (memcg.OomGroup ? 1 : 0);
        sum += Read(memcg.Memory) + Read(memcg.MemorySwap) + Read(memcg.Swap) + Read(memcg.Kmem);
        sum += memcg.Protection is { } protection ? protection.MinKiB + protection.LowKiB : 0;
        for (int i = 0; i < memcg.StatsCount; i++)
        {
            sum += memcg.GetStatsPath(i, out int firstValue).Length + firstValue;
        }

        for (int i = 0; i < memcg.ValueCount; i++)
        {
            sum += memcg.GetValue(i, out long value).Length + value;
        }

        return sum;
    }

    /// <summary>Reads the Mem-Info block, which is parsed when it is asked for: every counter, block and reserve of it.</summary>
    private static long Read(OomMemoryView memory)
    {
        long sum = (memory.RamPages ?? 0) + (memory.ReservedPages ?? 0) + (memory.PageCachePages ?? 0) + (memory.SwapCachePages ?? 0) + (memory.HighMemPages ?? 0)
            + (memory.CmaReservedPages ?? 0) + (memory.HwpoisonedPages ?? 0) + (memory.SwapTotalKiB ?? 0) + (memory.SwapFreeKiB ?? 0) + memory.Hugepages.Length
            + memory.SlabCount + memory.AllocationCount;
        for (int i = 0; i < memory.CounterCount; i++)
        {
            sum += memory.GetCounter(i, out long value, out _).Length + value;
        }

        for (int i = 0; i < memory.NodeCount; i++)
        {
            sum += memory.GetNode(i).Get("active_anon"u8) ?? 0;
        }

        for (int i = 0; i < memory.ZoneCount; i++)
        {
            OomZoneView zone = memory.GetZone(i);
            sum += zone.NameUtf8.Length + zone.LowmemReservePages.Length + (zone.Get("free"u8) ?? 0) + (zone.Get("min"u8) ?? 0);
            for (int order = 0; order < zone.BuddyCount; order++)
            {
                sum += zone.GetBuddy(order, out long count).Length + count;
            }
        }

        return sum;
    }

    private static long Read(OomMemcgUsage? usage) => usage is { } present ? present.UsageKiB + present.LimitKiB + (long)present.FailCount : 0;

    private static long Read(ReadOnlySpan<OomTask> tasks)
    {
        long sum = 0;
        foreach (ref readonly OomTask task in tasks)
        {
            sum += task.Pid + task.Tgid + task.Uid + task.TotalVmPages + task.RssPages + (task.RssAnonPages ?? 0) + (task.RssFilePages ?? 0)
                + (task.RssShmemPages ?? 0) + (task.PageTablesBytes ?? 0) + (task.SwapEntriesPages ?? 0) + (task.OomScoreAdj ?? 0) + task.Name.Length;
        }

        return sum;
    }

    private static long Read(ReadOnlySpan<OomVictim> victims)
    {
        long sum = 0;
        foreach (ref readonly OomVictim victim in victims)
        {
            sum += victim.Pid + victim.Name.Length + (victim.Score ?? 0) + (victim.Announced?.Pid ?? 0) + (victim.Uptime?.Ticks ?? 0)
                + (victim.Time is { } time ? time.GetHashCode() : 0) + (victim.TotalVmKiB ?? 0) + (victim.AnonRssKiB ?? 0) + (victim.FileRssKiB ?? 0)
                + (victim.ShmemRssKiB ?? 0) + (victim.Uid ?? 0) + (victim.PageTablesKiB ?? 0) + (victim.OomScoreAdj ?? 0)
                + (victim.Reaper?.AnonRssKiB ?? 0);
        }

        return sum;
    }
}
