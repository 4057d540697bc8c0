using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Computes the sheet of the machine from the Mem-Info block.</summary>
/// <remarks>
/// The traps: the lists of anonymous memory hold tmpfs too; unevictable memory is of all kinds; <c>pagecache</c> holds tmpfs and the swap cache;
/// <c>free</c> holds CMA and the atomic reserve, but not the CPUs' lists; huge pages of pools are in no list.
/// </remarks>
internal sealed class MachineSheet
{
    private const int MaxSlabCaches = 5;
    private const int KiB = 1024;
    private const int SmallPart = 20;

    private readonly OomEvent _event;
    private readonly OomMemory _memory;
    private readonly Sheet _sheet;

    private MachineSheet(OomEvent oomEvent, OomMemory memory)
    {
        _event = oomEvent;
        _memory = memory;
        _sheet = new Sheet(oomEvent, OomSections.MemInfo);
    }

    public static OomBalance? Of(OomEvent oomEvent) =>
        oomEvent.Memory is { } memory ? new MachineSheet(oomEvent, memory).Compute() : null;

    private OomBalance? Compute()
    {
        if (_memory.Counters.IsEmpty || Base() is not { Bytes: > 0 } found)
        {
            return null;
        }

        UserSheet.Add(_sheet, _memory, Pages, _event.PageSize);
        AddKernel();
        AddHugetlb();
        FreeSheet.Add(_sheet, _memory, Pages, _event.PageSize);
        AddBalloon(found.Bytes);
        if (found.IsOfPrintedZones && _sheet.Sum() > found.Bytes + (found.Bytes / SmallPart))
        {
            found = (_sheet.Sum(), "what the counters add up to; the log has no totals, and not all zones are in it", [], true);
        }

        long unexplained = found.Bytes - _sheet.Sum();
        AddGaps(found.Bytes);
        return new OomBalance
        {
            BaseBytes = found.Bytes,
            BaseText = found.Text,
            BaseEvidence = _sheet.Evidence(found.Sources),
            UnevictableBytes = Pages("unevictable"),
            Swap = SwapSheet.Of(_event, _sheet),
            SlabCaches = [.. _memory.UnreclaimableSlab.OrderByDescending(slab => slab.TotalKiB).Take(MaxSlabCaches)],
            Allocations = _memory.Allocations,
            Gaps = _sheet.Gaps(),
            Buckets = _sheet.Take(),
            UnexplainedBytes = unexplained,
            UnexplainedText = unexplained < 0
                ? $"The counters exceed the memory by {Amount.Of(-unexplained)}: the kernel reads them one after the other, and each CPU keeps some of its counts to itself."
                : "In no counter: memory of drivers, network buffers, vmalloc and per-CPU areas, and of a hypervisor's balloon where it is not printed; and the drift of counters that are read one after the other.",
        };
    }

    private long? Pages(string key) => _sheet.Credible(key, _memory.Counters.Get(key), _event.PageSize);

    private (long Bytes, string Text, string[] Sources, bool IsOfPrintedZones)? Base()
    {
        long? ram = _sheet.Credible("pages RAM", _memory.RamPages, _event.PageSize);
        long? reserved = _sheet.Credible("pages reserved", _memory.ReservedPages, _event.PageSize);
        long managed = SumZones("managed") ?? 0;

        // 3.11 to 3.13 assign the reserved pages of each zone where they should be added.
        bool isLastZoneOnly = KernelVersion.Parse(_event.Kernel?.Release) is { Major: 3, Minor: >= 11 and <= 13 };
        if (isLastZoneOnly && managed > 0)
        {
            return (managed, "managed pages of the printed zones (3.11 to 3.13 print the reserved pages of the last zone only)", ["managed"], false);
        }

        if (ram is { } all && reserved is { } without && all > without)
        {
            return (all - without, "pages RAM minus pages reserved", ["pages ram", "pages of ram", "pages reserved", "reserved pages"], false);
        }

        if (managed > 0)
        {
            return (managed, "managed pages of the printed zones; the log has no totals", ["managed"], true);
        }

        if (ram is > 0)
        {
            return (ram.Value, "pages RAM; the log does not tell how many of them are reserved", ["pages ram", "pages of ram"], false);
        }

        return SumZones("present") is > 0 and var present
            ? (present, "present pages of the printed zones; the log has no totals, and reserved pages are among the unexplained", ["present"], true)
            : null;
    }

    private void AddKernel()
    {
        long? reclaimable = Pages("slab_reclaimable");
        long? unreclaimable = Pages("slab_unreclaimable");
        _sheet.Add(OomBucketKind.SlabReclaimable, reclaimable, null, "slab_reclaimable");
        _sheet.Add(OomBucketKind.SlabUnreclaimable, unreclaimable, null, "slab_unreclaimable");
        if (reclaimable is null && unreclaimable is null)
        {
            _sheet.Add(OomBucketKind.SlabUndivided, Pages("slab"), null, "slab");
        }

        _sheet.Add(OomBucketKind.KernelMiscReclaimable, Pages("kernel_misc_reclaimable"), null, "kernel_misc_reclaimable");
        _sheet.Add(OomBucketKind.PageTables, Pages("pagetables"), null, "pagetables");
        _sheet.Add(OomBucketKind.SecondaryPageTables, Pages("sec_pagetables"), null, "sec_pagetables");
        _sheet.Add(OomBucketKind.Bounce, Pages("bounce"), null, "bounce");
        _sheet.Add(OomBucketKind.KernelStacks, SumEither("kernel_stack") + (SumEither("shadow_call_stack") ?? 0), null, "kernel_stack", "shadow_call_stack");
        _sheet.Add(OomBucketKind.WritebackTemp, SumEither("writeback_tmp"), null, "writeback_tmp");
        _sheet.Add(OomBucketKind.Zspages, SumZones("zspages"), null, "zspages");
        _sheet.Add(OomBucketKind.GpuActive, SumNodes("gpu_active"), null, "gpu_active");
        _sheet.Add(OomBucketKind.GpuReclaimable, SumNodes("gpu_reclaim"), null, "gpu_reclaim");
        _sheet.Add(OomBucketKind.Hwpoisoned, _sheet.Credible("hwpoisoned", _memory.HwpoisonedPages, _event.PageSize), null, "hwpoisoned");
    }

    private void AddHugetlb()
    {
        long used = 0;
        long free = 0;
        foreach (OomHugepages pool in _memory.Hugepages)
        {
            // Two pools of one node have two sizes; a pool's part is bounded before it is added.
            long size = Math.Clamp(pool.SizeKiB, 0, Sheet.MaxBytes / KiB) * KiB;
            if (_sheet.Credible("hugepages_total", pool.Total, size) is not { } total)
            {
                continue;
            }

            long unused = Math.Min(_sheet.Credible("hugepages_free", pool.Free, size) ?? 0, total);
            free = Math.Min(free + unused, Sheet.MaxBytes);
            used = Math.Min(used + total - unused, Sheet.MaxBytes);
        }

        _sheet.Add(OomBucketKind.HugetlbUsed, used, "pages of the pools that processes hold; they are in no other counter", "hugepages_total");
        _sheet.Add(OomBucketKind.HugetlbFree, free, "set aside and unused; only users of huge pages may have it", "hugepages_free");
    }

    /// <summary>Most balloon drivers take their pages out of the managed ones, some do not: then they fit into what is left.</summary>
    private void AddBalloon(long all)
    {
        if (SumNodes("balloon") is not (> 0 and var balloon))
        {
            return;
        }

        if (balloon <= all - _sheet.Sum())
        {
            _sheet.Add(OomBucketKind.Balloon, balloon, "memory that the hypervisor took back", "balloon");
        }
        else
        {
            _sheet.Gap($"The balloon has {Amount.Of(balloon)}: more than no other counter explains, so its driver takes it off the machine's memory; it is not in the sheet.");
        }
    }

    private void AddGaps(long all)
    {
        if (SumEither("kernel_stack") is null)
        {
            _sheet.Gap("This kernel does not print kernel stacks here; they are among the unexplained.");
        }

        if (_memory.PageCachePages is null)
        {
            _sheet.Gap("The page cache has no line of its own; unevictable memory counts as anonymous.");
        }

        if (SumZones("managed") is { } managed && managed < all - (all / 100))
        {
            _sheet.Gap($"Only zones with {Amount.Of(managed)} of {Amount.Of(all)} are printed (the request could use no others): what is printed by node or zone (kernel stacks, huge pages, reserves) is of them alone.");
        }

        if (_event.IsInterleaved || _event.LostMessages > 0)
        {
            _sheet.Gap("Lines of this report may be lost or of another one.");
        }

        if (_event.PageSizeSource == OomPageSizeSource.Assumed)
        {
            _sheet.Gap(string.Create(CultureInfo.InvariantCulture, $"Pages are assumed to have {_event.PageSize} bytes."));
        }
    }

    /// <summary>Sums a counter that moved from the zones to the nodes (kernel stacks in 5.9, others in 4.8).</summary>
    private long? SumEither(string key) => SumNodes(key) ?? SumZones(key);

    private long? SumNodes(string key)
    {
        long? sum = null;
        foreach (OomNode node in _memory.Nodes)
        {
            Add(ref sum, key, node.Counters);
        }

        return sum;
    }

    private long? SumZones(string key)
    {
        long? sum = null;
        foreach (OomNode node in _memory.Nodes)
        {
            foreach (OomZone zone in node.Zones)
            {
                Add(ref sum, key, zone.Counters);
            }
        }

        return sum;
    }

    private void Add(ref long? sum, string key, ImmutableArray<OomCounter> counters)
    {
        if (_sheet.Credible(key, counters.Get(key), KiB) is { } bytes)
        {
            sum = Math.Min((sum ?? 0) + bytes, Sheet.MaxBytes);
        }
    }
}
