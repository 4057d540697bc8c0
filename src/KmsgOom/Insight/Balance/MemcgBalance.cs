namespace KmsgOom.Insight;

/// <summary>Divides the usage of a cgroup by its statistics.</summary>
/// <remarks>Up to 5.2 each descendant has a line of its own that does not include its children; later one block covers all.</remarks>
internal static class MemcgBalance
{
    private static readonly TimeSpan StillFreeing = TimeSpan.FromSeconds(1);

    public static OomBalance? Make(OomEvent oomEvent, OomEvent? previous)
    {
        if (oomEvent.Memcg is not { Memory: { } memory, Stats.IsEmpty: false } memcg || memory.UsageKiB is < 0 or > long.MaxValue / 1024)
        {
            return null;
        }

        BalanceSheet sheet = new(1);
        Statistics statistics = new(memcg);
        if (statistics.Has("anon"))
        {
            AddUnified(sheet, statistics);
        }
        else
        {
            AddLegacy(sheet, statistics, memcg.Kmem);
        }

        if (oomEvent.Missing.HasFlag(OomSections.Memcg))
        {
            sheet.Notes.Add("the statistics are cut off in this log: what is missing is part of the remainder");
        }

        if (IsStillFreeing(oomEvent, previous))
        {
            sheet.Notes.Add("another kill in the same group came less than a second before: the remainder is memory that was still being freed, no leak");
        }

        return sheet.Close(memory.UsageKiB * 1024, "memory: usage", "usage - all statistics: charges that the CPUs keep in advance, kernel memory without a counter");
    }

    private static void AddUnified(BalanceSheet sheet, Statistics statistics)
    {
        Int128 shmem = statistics["shmem"];
        Int128 slab = Int128.Max(statistics["slab"], statistics["slab_reclaimable"] + statistics["slab_unreclaimable"]);
        Int128 slabReclaimable = Int128.Min(slab, statistics["slab_reclaimable"]);
        sheet.Add("anon", statistics["anon"], "anon");
        sheet.Add("shmem", shmem, "shmem");

        // "file" counts shared memory and the swap cache, whose pages are "anon" while they are mapped.
        sheet.Add("file", statistics["file"] - shmem - statistics["swapcached"], "file - shmem - swapcached");
        sheet.Add("slab_reclaimable", slabReclaimable, "slab_reclaimable");
        sheet.Add("slab_unreclaimable", slab - slabReclaimable, "slab_unreclaimable");
        sheet.Add("kernel_stacks", statistics["kernel_stack"], "kernel_stack");
        sheet.Add("page_tables", statistics["pagetables"], "pagetables");
        sheet.Add("secondary_page_tables", statistics["sec_pagetables"], "sec_pagetables");
        sheet.Add("per_cpu", statistics["percpu"], "percpu");
        sheet.Add("vmalloc", statistics["vmalloc"], "vmalloc");
        Int128 named = slab + statistics["kernel_stack"] + statistics["pagetables"] + statistics["sec_pagetables"] + statistics["percpu"] + statistics["vmalloc"];
        sheet.Add("kernel_other", statistics["kernel"] - named, "kernel - its parts");
        sheet.Add("sockets", statistics["sock"], "sock");
        sheet.Add("compressed_swap", statistics["zswap"], "zswap");
    }

    private static void AddLegacy(BalanceSheet sheet, Statistics statistics, OomMemcgUsage? kmem)
    {
        Int128 shmem = statistics["shmem"];
        sheet.Add("anon", statistics["rss"], "rss");
        sheet.Add("shmem", shmem, "shmem");
        sheet.Add("file", statistics["cache"] - shmem - statistics["swapcached"], statistics.Has("shmem") ? "cache - shmem" : "cache (with shared memory: these kernels do not tell it apart)");
        sheet.Add("kernel", kmem is { } usage ? (Int128)usage.UsageKiB * 1024 : 0, "kmem: usage");
    }

    private static bool IsStillFreeing(OomEvent oomEvent, OomEvent? previous)
    {
        if (previous is null || previous.Victims.IsEmpty || previous.Host != oomEvent.Host || previous.Memcg?.Path != oomEvent.Memcg?.Path)
        {
            return false;
        }

        TimeSpan? apart = TimeApart.Of(oomEvent.Uptime, previous.Victims[^1].Uptime) ?? (oomEvent.Time?.DateTime - previous.Time?.DateTime);
        return apart is { } gap && gap >= TimeSpan.Zero && gap < StillFreeing;
    }

    /// <summary>The statistics of a cgroup and its descendants together, in bytes.</summary>
    private readonly struct Statistics(OomMemcg memcg)
    {
        // On cgroup v1 since 6.5 the same block has the group's own values first and the subtree's behind "total_".
        private readonly bool _hasTotals = memcg.Stats.Length == 1 && memcg.Stats[0]["total_rss"] is not null;

        public Int128 this[string key]
        {
            get
            {
                Int128 sum = 0;
                foreach (OomMemcgStats stats in memcg.Stats.AsSpan())
                {
                    sum += Math.Max(0, stats[_hasTotals ? $"total_{key}" : key] ?? 0);
                }

                return sum;
            }
        }

        public bool Has(string key) => memcg.Stats.Any(stats => stats[key] is not null);
    }
}
