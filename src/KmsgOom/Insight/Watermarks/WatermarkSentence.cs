using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Says in a sentence why the allocation failed.</summary>
internal sealed class WatermarkSentence(OomEvent oomEvent, GfpRequest request, int order, string highest, ImmutableArray<OomZoneCheck> zones)
{
    private readonly bool _hasNodes = zones.Any(zone => zone.Node != zones[0].Node);

    /// <summary>Tells whether vmalloc failed for another reason than a refused page.</summary>
    public static bool IsOfVmalloc(OomEvent oomEvent)
    {
        foreach (OomLine line in oomEvent.Lines.AsSpan())
        {
            if (line.Section == OomSections.Trigger && line.Text.Contains(": vmalloc error: ", StringComparison.Ordinal))
            {
                return !line.Text.Contains("failed to allocate pages", StringComparison.Ordinal);
            }
        }

        return false;
    }

    public string Describe(OomWatermarkVerdict verdict, bool isAssumed) => verdict switch
    {
        OomWatermarkVerdict.Manual => "nothing had failed: a person asked for a kill (SysRq-f)",
        OomWatermarkVerdict.RequestUnknown => $"the request is not in the log: a page fault ran out of memory (mask 0); {DescribeUserPage()}",
        OomWatermarkVerdict.PassesNow => DescribePassed(),
        OomWatermarkVerdict.OrderTooLarge => Invariant($"a block of order {order} ({Size((long)Int128.Min(Int128.One << order, long.MaxValue))}) is larger than any that this kernel manages"),
        OomWatermarkVerdict.Fragmentation => DescribeFragmentation(),
        OomWatermarkVerdict.CmaOnly => DescribeLocked(OomZoneVerdict.CmaOnly, zone => zone.CmaPages, $"is CMA, which {request.Text} may not use"),
        OomWatermarkVerdict.HighatomicOnly => DescribeLocked(OomZoneVerdict.HighatomicOnly, zone => zone.HighatomicPages, "is reserved for atomic requests of higher order"),
        OomWatermarkVerdict.ZoneExhausted => DescribeZone(),
        OomWatermarkVerdict.NodesExhausted => $"no memory was left on the nodes that the request may use{DescribeNearest()}",
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

    private string DescribePassed()
    {
        OomZoneCheck zone = zones.Where(zone => zone.Verdict == OomZoneVerdict.Passed).MaxBy(zone => zone.UsablePages - zone.NeededPages)!;
        string text = $"by the printed numbers {Name(zone)} would serve the request ({Size(zone.FreePages)} free, {Size(zone.NeededPages)} to be left)";
        return oomEvent.Kind == OomEventKind.Oom && !zones.Any(other => other is { Verdict: OomZoneVerdict.Passed, PassesHigh: not false })
            ? $"{text}, but not the last try before a kill, which asks for the high watermark ({Size(zone.HighPages)})"
            : $"{text}: memory was freed between the failure and the report";
    }

    private string DescribeFragmentation()
    {
        OomZoneCheck zone = zones.Where(zone => zone.Verdict == OomZoneVerdict.NoBlockOfOrder).MaxBy(zone => zone.FreePages)!;
        string blocks = zone.LargestOrder >= order && !(zone.LargestUsableOrder >= order) ? Invariant($"its blocks of order {order} are of kinds that the request may not take (CMA, atomic reserve, isolated)")
            : zone.LargestUsableOrder >= order ? Invariant($"too little of it in blocks of order {order}")
            : zone.LargestUsableOrder is { } largest ? Invariant($"in blocks of order {largest} ({Size(1L << Math.Clamp(largest, 0, 52))}) at most")
            : "in no block that the request may take";
        string compaction = oomEvent.Lines.AsSpan().ToArray().Any(line => line.Text.Contains("COMPACTION is disabled", StringComparison.Ordinal)) ? "; this kernel cannot compact"
            : zone.CanCompact switch
            {
                true => "; enough was free to compact, and it did not help",
                false => "; too little was free to compact",
                null => "",
            };
        return Invariant($"no free block of order {order} ({Size(1L << order)}): fragmentation; {Name(zone)} has {Size(zone.FreePages)} free, {blocks}{compaction}");
    }

    private string DescribeLocked(OomZoneVerdict verdict, Func<OomZoneCheck, long?> locked, string why)
    {
        OomZoneCheck zone = zones.Where(zone => zone.Verdict == verdict).MaxBy(locked)!;
        return $"{Name(zone)} has {Size(zone.FreePages)} free, but {Size(locked(zone))} of it {why}{DescribeBoost(zone)}";
    }

    private string DescribeZone()
    {
        OomZoneCheck zone = zones.Where(zone => ZoneLayout.Rank(zone.Zone) > ZoneLayout.Rank(highest) && zone.Zone != "Device" && zone.FreePages > zone.HighPages).MaxBy(zone => zone.FreePages)!;
        return $"{Name(zone)} has {Size(zone.FreePages)} free, but {request.Text} may use no zone above {highest}{DescribeNearest()}";
    }

    private string DescribeExhausted()
    {
        string held = DescribeHeld();
        return $"no memory was left{DescribeNearest()}{(held.Length > 0 ? $"; of the rest {held} is kept for requests that can use no higher zone" : "")}";
    }

    // The zone that came closest.
    private string DescribeNearest()
    {
        OomZoneCheck? zone = zones.Where(zone => zone.IsEligible && zone.Verdict != OomZoneVerdict.Unknown).MinBy(zone => zone.ShortPages);
        if (zone is null)
        {
            return "";
        }

        string mark = zone.ReservePages > 0 ? $"min watermark and reserve of {Size(zone.NeededPages)}" : $"min watermark of {Size(zone.NeededPages)}";
        return $": {Name(zone)} has {Size(zone.FreePages)} free, not above its {mark}{DescribeBoost(zone)}";
    }

    private string DescribeBoost(OomZoneCheck zone) =>
        zone.BoostPages > 0 && zone.ShortPages <= zone.BoostPages ? $" (raised by {Size(zone.BoostPages)} for a while, against fragmentation)" : "";

    private string DescribeHeld() =>
        string.Join(", ", from zone in zones
                          where zone.Verdict == OomZoneVerdict.BelowReserve
                          select $"{Size(zone.FreePages - zone.MinPages)} in {Name(zone)}");

    private string Name(OomZoneCheck zone) => _hasNodes ? Invariant($"{zone.Zone} of node {zone.Node}") : zone.Zone;

    private string Size(long? pages)
    {
        double kib = (pages ?? 0) * Math.Max(1, oomEvent.PageSize / 1024.0);
        return Math.Abs(kib) switch
        {
            < 10 * 1024 => Invariant($"{kib:F0} KiB"),
            < 10.0 * 1024 * 1024 => Invariant($"{kib / 1024:F0} MiB"),
            _ => Invariant($"{kib / 1024 / 1024:F1} GiB"),
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
