using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Says in a sentence why the allocation failed.</summary>
internal sealed class WatermarkSentence(OomEvent oomEvent, GfpRequest request, int order, string highest, ImmutableArray<OomZoneCheck> zones, long above)
{
    private readonly bool _hasNodes = zones.Any(zone => zone.Node != zones[0].Node);

    /// <summary>Tells whether vmalloc failed for another reason than a refused page.</summary>
    public static bool IsOfVmalloc(OomEvent oomEvent)
    {
        KeptLines lines = oomEvent.KeptLines;
        return lines.Find(OomSections.Trigger, ": vmalloc error: ") is >= 0 and int at && !lines.GetTrimmed(at).Contains("failed to allocate pages", StringComparison.Ordinal);
    }

    public string Describe(OomWatermarkVerdict verdict, bool isAssumed) => verdict switch
    {
        OomWatermarkVerdict.Manual => "nothing had failed: a person asked for a kill (SysRq-f)",
        OomWatermarkVerdict.RequestUnknown => $"the request is not in the log: a page fault ran out of memory (mask 0); {DescribeUserPage()}",
        OomWatermarkVerdict.PassesNow => DescribePassed(true) + (above > 0 ? $"; {request.Text} may use no zone above {highest}, and there {Size(above)} were free" : ""),
        OomWatermarkVerdict.BelowHigh => DescribePassed(false),
        OomWatermarkVerdict.OrderTooLarge => string.Create(CultureInfo.InvariantCulture, $"a block of order {order} ({Size((long)Int128.Min(Int128.One << order, long.MaxValue))}) is larger than any that this kernel manages"),
        OomWatermarkVerdict.Fragmentation => DescribeFragmentation(),
        OomWatermarkVerdict.CmaOnly => DescribeLocked(OomZoneVerdict.CmaOnly, zone => zone.CmaPages, $"is CMA, which {request.Text} may not use"),
        OomWatermarkVerdict.HighatomicOnly => DescribeLocked(OomZoneVerdict.HighatomicOnly, zone => zone.HighatomicPages, "is reserved for atomic requests of higher order"),
        OomWatermarkVerdict.ZoneExhausted => DescribeZone(),
        OomWatermarkVerdict.NodesExhausted => $"no memory was left on the nodes that the request may use{DescribeMain()}",
        OomWatermarkVerdict.LowmemReserve => $"the free memory is kept for requests that can use no higher zone: {DescribeHeld()} (sysctl vm.lowmem_reserve_ratio)",
        OomWatermarkVerdict.Exhausted => DescribeExhausted(),
        _ => IsOfVmalloc(oomEvent) ? "vmalloc failed before any page was refused: the zones do not tell why"
            : isAssumed ? $"the request is not in the log; {DescribeUserPage()}"
            : zones.Any(zone => zone.Verdict == OomZoneVerdict.Passed) ? "the request insisted on one node that is not in the log, and not all nodes are used up"
            : zones.All(zone => !zone.IsEligible) ? "no zone that the request may use is in the log"
            : "the log lacks the zones' numbers",
    };

    private string DescribeUserPage()
    {
        OomZoneCheck? open = zones.FirstOrDefault(zone => zone.Verdict == OomZoneVerdict.Passed);
        return open is null ? "a page of a process would find none" : $"a page of a process would find one in {Name(open)} by the printed numbers";
    }

    private string DescribePassed(bool isHigh)
    {
        OomZoneCheck zone = zones.Where(zone => zone.Verdict is OomZoneVerdict.Passed or OomZoneVerdict.NoBlockOfOrder).MaxBy(zone => zone.UsablePages - zone.NeededPages)!;
        string block = zone.Verdict == OomZoneVerdict.NoBlockOfOrder ? string.Create(CultureInfo.InvariantCulture, $"; nor has it a block of order {order}") : "";
        string cma = request.IsMovable && zone.CmaPages > 0 ? $", {Size(zone.CmaPages)} of it CMA" : "";
        return isHigh
            ? $"by the printed numbers {Name(zone)} would serve the request ({Size(zone.FreePages)} free{cma}, {Size(zone.NeededPages)} to be left): memory was freed between the failure and the report"
            : $"almost no memory was left: {Name(zone)} has {Size(zone.FreePages)} free{cma}, by now above its min watermark ({Size(zone.NeededPages)}) but not above the high one ({Size(zone.HighPages)}), which the last try before a kill asks for{block}";
    }

    private string DescribeFragmentation()
    {
        OomZoneCheck zone = zones.Where(zone => zone.Verdict == OomZoneVerdict.NoBlockOfOrder).MaxBy(zone => zone.FreePages)!;
        string blocks = zone.LargestOrder >= order && !(zone.LargestUsableOrder >= order) ? string.Create(CultureInfo.InvariantCulture, $"its blocks of order {order} are of kinds that the request may not take (CMA, atomic reserve, isolated)")
            : zone.LargestUsableOrder >= order ? string.Create(CultureInfo.InvariantCulture, $"too little of it in blocks of order {order}")
            : zone.LargestUsableOrder is { } largest ? string.Create(CultureInfo.InvariantCulture, $"in blocks of order {largest} ({Size(1L << Math.Clamp(largest, 0, 52))}) at most")
            : "in no block that the request may take";
        string compaction = oomEvent.KeptLines.Find(OomSections.None, "COMPACTION is disabled") >= 0 ? "; this kernel cannot compact"
            : zone.CanCompact switch
            {
                true => "; enough was free to compact, and it did not help",
                false => "; too little was free to compact",
                null => "",
            };
        return string.Create(CultureInfo.InvariantCulture, $"no free block of order {order} ({Size(1L << order)}): fragmentation; {Name(zone)} has {Size(zone.FreePages)} free, {blocks}{compaction}");
    }

    private string DescribeLocked(OomZoneVerdict verdict, Func<OomZoneCheck, long?> locked, string why)
    {
        OomZoneCheck zone = zones.Where(zone => zone.Verdict == verdict).MaxBy(locked)!;
        return $"{Name(zone)} has {Size(zone.FreePages)} free, but {Size(locked(zone))} of it {why}{DescribeBoost(zone)}";
    }

    private string DescribeZone()
    {
        OomZoneCheck? zone = zones.Where(zone => ZoneLayout.IsAbove(zone.Zone, highest) && zone.FreePages > zone.HighPages).MaxBy(zone => zone.FreePages);
        string free = zone is null ? $"{Size(above)} are free in zones that are not printed" : $"{Name(zone)} has {Size(zone.FreePages)} free";
        return $"{free}, but {request.Text} may use no zone above {highest}{DescribeMain()}";
    }

    private string DescribeExhausted()
    {
        string held = DescribeHeld();
        return $"no memory was left{DescribeMain()}{(held.Length > 0 ? $"; kept for requests that can use no higher zone: {held}" : "")}";
    }

    // The zone that matters most: the one with the largest watermark. (DMA is often the nearest, and never what ran out.)
    private string DescribeMain()
    {
        OomZoneCheck? zone = zones.Where(zone => zone.IsEligible && zone.Verdict != OomZoneVerdict.Unknown).MaxBy(zone => zone.MinPages);
        if (zone is null)
        {
            return "";
        }

        if (zone.Verdict is OomZoneVerdict.Passed or OomZoneVerdict.NoBlockOfOrder)
        {
            return $": {Name(zone)} has {Size(zone.FreePages)} free, not above its high watermark ({Size(zone.HighPages)})";
        }

        string mark = zone.ReservePages > 0 ? "min watermark and reserve" : "min watermark";
        return $": {Name(zone)} has {Size(zone.FreePages)} free{DescribeCma(zone)}, {Size(zone.ShortPages)} short of its {mark} ({Size(zone.NeededPages)}){DescribeBoost(zone)}";
    }

    private string DescribeCma(OomZoneCheck zone) => zone switch
    {
        { Verdict: OomZoneVerdict.CmaOnly } => $" ({Size(zone.CmaPages)} of it CMA, not for this request)",
        { Verdict: OomZoneVerdict.HighatomicOnly } => $" ({Size(zone.HighatomicPages)} of it reserved for atomic requests)",
        _ => "",
    };

    private string DescribeBoost(OomZoneCheck zone) =>
        zone.BoostPages > 0 && zone.ShortPages <= zone.BoostPages ? $"; min is raised by {Size(zone.BoostPages)} for a while, against fragmentation" : "";

    private string DescribeHeld() =>
        string.Join(", ", from zone in zones
                          where zone.Verdict == OomZoneVerdict.BelowReserve
                          select $"{Size(zone.FreePages - zone.MinPages)} in {Name(zone)}");

    private string Name(OomZoneCheck zone) => _hasNodes ? string.Create(CultureInfo.InvariantCulture, $"{zone.Zone} of node {zone.Node}") : zone.Zone;

    private string Size(long? pages)
    {
        double kib = (pages ?? 0) * Math.Max(1, oomEvent.PageSize / 1024.0);
        return Math.Abs(kib) switch
        {
            < 10 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{kib:F0} KiB"),
            < 10.0 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{kib / 1024:F0} MiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{kib / 1024 / 1024:F1} GiB"),
        };
    }
}
