using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>Computes the sheet of a memory cgroup from its counters and statistics.</summary>
internal sealed class MemcgSheet
{
    private const int KiB = 1024;

    // What CPUs charge ahead and counters lag behind: 64 pages for each CPU, of which the log does not say how many there are
    // (64 pages of 16 KiB are 1 MiB a CPU), and pages that are on their way to swap.
    private const long SmallBytes = 1 << 20;
    private const int SmallPart = 20;

    private readonly OomEvent _event;
    private readonly OomMemcg _memcg;
    private readonly Sheet _sheet;
    private readonly MemcgStatSums _stats;

    private MemcgSheet(OomEvent oomEvent, OomMemcg memcg)
    {
        _event = oomEvent;
        _memcg = memcg;
        _sheet = new Sheet(oomEvent, OomSections.Memcg);
        _stats = new MemcgStatSums(_sheet, memcg);
        _sheet.SourcePrefix = _stats.KeyPrefix;
    }

    public static OomMemcgBalance? Of(OomEvent oomEvent, OomEvent? previous) =>
        oomEvent.Memcg is { Memory: not null } memcg ? new MemcgSheet(oomEvent, memcg).Compute(previous) : null;

    private OomMemcgBalance? Compute(OomEvent? previous)
    {
        ImmutableArray<OomMemcgCounter> counters = MemcgCounters.Of(_event, _memcg);
        if (_memcg.Memory is not { } memory || _sheet.Credible("memory usage", memory.UsageKiB, KiB) is not { } usage)
        {
            return null;
        }

        if (_stats.IsEmpty)
        {
            _sheet.Gap("The log has no statistics of the cgroup.");
        }
        else
        {
            AddUser();
            AddKernel();
        }

        bool isCut = _event.Missing.HasFlag(OomSections.Memcg);
        if (isCut)
        {
            _sheet.Gap("The statistics are cut (5.3 to 6.4 print them as one record of at most 1 KB on the console): what is missing is among the unexplained.");
        }

        KillGap? since = SincePrevious(previous);
        long unexplained = usage - _sheet.Sum();
        bool isSmall = Math.Abs(unexplained) <= Math.Max(SmallBytes, usage / SmallPart);
        return new OomMemcgBalance
        {
            Path = _memcg.Path,
            UsageBytes = usage,
            LimitBytes = memory.IsUnlimited ? null : Sheet.Clamp((Int128)memory.LimitKiB * KiB),
            Limit = MemcgCounters.Which(counters),
            Counters = counters,
            UnexplainedBytes = unexplained,
            IsUnexplainedConclusive = unexplained > 0 && !isSmall && !isCut && !_stats.IsEmpty && since is null,
            UnexplainedText = Explain(unexplained, isSmall, isCut, since),
            SincePreviousKill = since is { } gap ? TimeSpan.FromTicks(Math.Max(0, gap.Time.Ticks)) : null,
            SwapBytes = SwapBytes(),
            CacheText = MemcgCacheText.Of(_stats, usage),
            Buckets = _sheet.Take(),
            Gaps = _sheet.Gaps(),
        };
    }

    private void AddUser()
    {
        long anon = _stats["anon"] ?? _stats["rss"] ?? 0;
        long cache = _stats["file"] ?? _stats["cache"] ?? 0;
        long onFileLists = (_stats["active_file"] ?? 0) + (_stats["inactive_file"] ?? 0);
        long unevictable = _stats["unevictable"] ?? 0;
        string cacheKey = _stats["file"] is null ? "cache" : "file";

        // Before 4.12 shmem is not printed: it is the cache that is not on the lists of files, if nothing is locked.
        bool isDerived = _stats["shmem"] is null;
        long shmem = Math.Clamp(_stats["shmem"] ?? (cache - onFileLists - unevictable), 0, cache);
        long swapCache = SwapCache(anon, cache - shmem, onFileLists + unevictable);
        long outside = Math.Min(swapCache, cache - shmem);
        long file = cache - shmem - outside;
        _sheet.Add(OomBucketKind.Anon, anon, null, _stats["anon"] is null ? "rss" : "anon");

        // The swap cache is part of the cache; a page of it that a process maps is anonymous as well.
        long mapped = Math.Clamp(anon + cache - Lists(), 0, outside);
        _sheet.Add(OomBucketKind.SwapCache, outside - mapped, "in memory and in swap at once, and mapped by no process", "swapcached");
        _sheet.Add(OomBucketKind.File, file, null, cacheKey, "shmem");
        if (isDerived)
        {
            _sheet.Add(OomBucketKind.Shmem, shmem, "derived: cache that is not on the lists of files", cacheKey, "active_file", "inactive_file");
            _sheet.Gap("This kernel does not print shared memory and tmpfs of a cgroup (4.12 and later do).");
        }
        else
        {
            UserSheet.AddShmem(_sheet, shmem, file, _stats["file_mapped"] ?? _stats["mapped_file"]);
        }

        _sheet.Add(OomBucketKind.Hugetlb, _stats["hugetlb"], null, "hugetlb");
    }

    /// <summary>Gets the swap cache inside the page cache: printed since 5.12 (v1: 6.8); before, what the cache has beyond its lists where there is swap.</summary>
    private long SwapCache(long anon, long withoutShmem, long onLists)
    {
        if (_stats["swapcached"] is { } printed)
        {
            return printed;
        }

        bool hasSwap = SwapBytes() is > 0 && _stats.IsVersion2 && _stats["active_file"] is not null;
        return hasSwap ? Math.Clamp(withoutShmem - onLists, 0, Math.Max(0, anon)) : 0;
    }

    private long Lists() => Sum("inactive_anon", "active_anon", "inactive_file", "active_file", "unevictable");

    private void AddKernel()
    {
        _sheet.Add(OomBucketKind.KernelStacks, _stats["kernel_stack"], null, "kernel_stack");
        _sheet.Add(OomBucketKind.PageTables, _stats["pagetables"], null, "pagetables");
        _sheet.Add(OomBucketKind.SecondaryPageTables, _stats["sec_pagetables"], null, "sec_pagetables");
        _sheet.Add(OomBucketKind.PerCpu, _stats["percpu"], null, "percpu");
        _sheet.Add(OomBucketKind.Vmalloc, _stats["vmalloc"], null, "vmalloc");
        _sheet.Add(OomBucketKind.Zswap, _stats["zswap"], null, "zswap");
        long slab = Sum("slab_reclaimable", "slab_unreclaimable");
        _sheet.Add(OomBucketKind.SlabReclaimable, _stats["slab_reclaimable"], null, "slab_reclaimable");
        _sheet.Add(OomBucketKind.SlabUnreclaimable, _stats["slab_unreclaimable"], null, "slab_unreclaimable");
        if (slab == 0)
        {
            slab = _stats["slab"] ?? 0;
            _sheet.Add(OomBucketKind.SlabUndivided, slab, null, "slab");
        }

        // On v1 the memory of sockets is not charged to the memory counter.
        if (_memcg.MemorySwap is not { UsageKiB: > 0 })
        {
            _sheet.Add(OomBucketKind.Sockets, _stats["sock"], null, "sock");
        }

        long named = slab + Sum("kernel_stack", "pagetables", "sec_pagetables", "percpu", "vmalloc", "zswap");
        long? kmem = _memcg.Kmem is { UsageKiB: > 0 } counter ? _sheet.Credible("kmem usage", counter.UsageKiB, KiB) : null;
        long? kernel = _stats["kernel"] ?? kmem;
        if (kernel is null)
        {
            _sheet.Gap("This kernel does not print the sum of the cgroup's kernel memory (cgroup v2 since 5.18 does): what has no counter of its own is among the unexplained.");
            return;
        }

        _sheet.Add(OomBucketKind.KernelOther, kernel - named, "kernel memory without a counter of its own", _stats["kernel"] is null ? "kmem: usage" : "kernel");
    }

    private long Sum(params ReadOnlySpan<string> keys)
    {
        long sum = 0;
        foreach (string key in keys)
        {
            sum += _stats[key] ?? 0;
        }

        return sum;
    }

    private long? SwapBytes()
    {
        if (_memcg.Swap is { } swap)
        {
            return _sheet.Credible("swap usage", swap.UsageKiB, KiB);
        }

        return _stats["swap"]
            ?? (_memcg is { MemorySwap: { UsageKiB: > 0 } both, Memory: { } memory }
                ? Math.Max(0, Sheet.Clamp(((Int128)both.UsageKiB - memory.UsageKiB) * KiB))
                : null);
    }

    /// <summary>Tells how long before there was a kill in the same cgroup: its memory may still be charged while no statistic has it any more.</summary>
    private KillGap? SincePrevious(OomEvent? previous) =>
        previous is { Outcome: OomOutcome.Killed, Memcg.Path: { } path } && path == _memcg.Path ? KillGap.Of(_event, previous) : null;

    private string Explain(long unexplained, bool isSmall, bool isCut, KillGap? since)
    {
        if (since is { } gap && unexplained > 0 && !isSmall)
        {
            return $"Another kill in this cgroup was {gap} before: its victim was still giving its memory back. Not a leak.";
        }

        return (unexplained, isSmall) switch
        {
            (_, _) when _stats.IsEmpty => "There are no statistics to explain the usage with.",
            (0, _) => "The counters explain the usage to the byte.",
            (_, true) => "Within what CPUs charge ahead (up to 64 pages each), counters lag behind, and is on its way to swap.",
            ( < 0, _) => "The counters exceed the usage: they are updated in batches and lag behind what was given back already.",
            _ when isCut => "Part of it may be in the statistics that are cut.",
            _ when _stats["kernel"] is null => "Kernel memory that this kernel does not print, or memory that a task was still giving back.",
            _ => "In no counter: memory that a task was still giving back, or charged pages that no statistic covers.",
        };
    }
}
