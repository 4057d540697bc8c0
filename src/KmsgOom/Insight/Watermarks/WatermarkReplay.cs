using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>Runs the check over all zones and draws the conclusion.</summary>
internal static class WatermarkReplay
{
    private const int LargestOrder = 52;

    // Of zones that are not printed nobody knows the watermarks: less than a twentieth of the machine may be just these.
    private const int UnseenPart = 20;

    public static OomWatermarks Make(OomEvent oomEvent, OomMemory memory)
    {
        KernelVersion? printed = KernelVersion.Parse(oomEvent.Kernel?.Release);
        KernelVersion? version = printed ?? (IsOld(memory) ? new KernelVersion(2, 6, 32, 0) : null);
        GfpRequest? known = GfpRequest.Of(oomEvent, printed);
        GfpRequest request = known ?? GfpRequest.UserPage;
        ImmutableArray<string> layout = ZoneLayout.Find(memory, printed);
        string highest = ZoneLayout.FindHighest(layout, request);
        int order = Math.Clamp(oomEvent.Trigger?.Order ?? 0, 0, LargestOrder);
        ZoneReplay replay = new(request, order, layout.IndexOf(highest), version, oomEvent.PageSize);
        NodeLimits nodes = NodeLimits.Of(oomEvent.Trigger, request, version);
        ImmutableArray<OomZoneCheck> zones =
        [
            .. from node in memory.Nodes
               from zone in node.Zones
               select Restrict(replay.Check(node.Node, zone), request, highest, nodes),
        ];
        OomZoneCheck[] eligible = [.. zones.Where(zone => zone.IsEligible)];
        long above = known is null ? 0 : FreeAbove(memory, highest, nodes, zones);
        OomWatermarkVerdict verdict = Decide(oomEvent, memory, known, order, highest, nodes, zones, eligible, above);
        WatermarkSentence text = new(oomEvent, request, order, highest, zones, above);
        return new OomWatermarks
        {
            Verdict = verdict,
            Sentence = text.Describe(verdict, known is null),
            FreeAbovePages = above,
            Request = known?.Text,
            Order = order,
            HighestZone = known is null ? null : highest,
            MayUseCma = known is { IsMovable: true },
            MayUseReserves = known is not null && replay.MayUseReserves,
            ShortPages = known is null || verdict == OomWatermarkVerdict.Manual ? null : eligible.Min(zone => zone.ShortPages),
            ZoneOrder = layout,
            Zones = zones,
            Assumptions = FindAssumptions(oomEvent, memory, printed, known, layout, zones),
            Evidence = WatermarkEvidence.Collect(oomEvent, verdict, order, zones),
        };
    }

    private static OomZoneCheck Restrict(OomZoneCheck check, GfpRequest request, string highest, NodeLimits nodes) =>
        ZoneLayout.Rank(check.Zone) > ZoneLayout.Rank(highest)
            ? check with { Verdict = OomZoneVerdict.NotEligible, Reason = $"{request.Text} may use no zone above {highest}" }
        : nodes.Exclude(check.Node) is { } reason ? check with { Verdict = OomZoneVerdict.NotEligible, Reason = reason }
        : check;

    private static OomWatermarkVerdict Decide(
        OomEvent oomEvent, OomMemory memory, GfpRequest? known, int order, string highest, NodeLimits nodes, ImmutableArray<OomZoneCheck> zones, OomZoneCheck[] eligible, long above)
    {
        if (oomEvent.IsManual)
        {
            return OomWatermarkVerdict.Manual;
        }

        if (known is null)
        {
            return oomEvent.Trigger is { GfpMask: 0 } ? OomWatermarkVerdict.RequestUnknown : OomWatermarkVerdict.Unknown;
        }

        bool Has(OomZoneVerdict verdict) => Array.Exists(eligible, zone => zone.Verdict == verdict);
        if (WatermarkSentence.IsOfVmalloc(oomEvent) || eligible.All(zone => zone.Verdict == OomZoneVerdict.Unknown))
        {
            return OomWatermarkVerdict.Unknown;
        }

        if (Has(OomZoneVerdict.Passed))
        {
            // On which node the request insisted is not printed.
            bool isSomewhere = known.Value.IsThisNode && eligible.Any(zone => zone.Node != eligible[0].Node) && eligible.Any(zone => zone.Verdict != OomZoneVerdict.Passed);
            return isSomewhere ? OomWatermarkVerdict.Unknown
                : !IsBelowHigh(oomEvent, eligible, OomZoneVerdict.Passed) ? OomWatermarkVerdict.PassesNow
                : above > 0 ? OomWatermarkVerdict.ZoneExhausted
                : OomWatermarkVerdict.BelowHigh;
        }

        // A machine that would have no single page to give away is full, whatever the order.
        bool hasNoBlock = Has(OomZoneVerdict.NoBlockOfOrder);
        return order > 0 && IsEveryListShort(memory, order) ? OomWatermarkVerdict.OrderTooLarge
            : hasNoBlock && !IsBelowHigh(oomEvent, eligible, OomZoneVerdict.NoBlockOfOrder) ? OomWatermarkVerdict.Fragmentation
            : eligible.Any(zone => IsLocked(zone, OomZoneVerdict.CmaOnly)) ? OomWatermarkVerdict.CmaOnly
            : eligible.Any(zone => IsLocked(zone, OomZoneVerdict.HighatomicOnly)) ? OomWatermarkVerdict.HighatomicOnly
            : above > 0 ? OomWatermarkVerdict.ZoneExhausted
            : oomEvent.Scope is OomScope.Cpuset or OomScope.Mempolicy || zones.Any(zone => IsElsewhere(zone, highest, nodes)) ? OomWatermarkVerdict.NodesExhausted
            : hasNoBlock ? OomWatermarkVerdict.BelowHigh
            : IsHeldBack(memory, eligible, oomEvent) ? OomWatermarkVerdict.LowmemReserve
            : OomWatermarkVerdict.Exhausted;
    }

    private static bool IsEveryListShort(OomMemory memory, int order) =>
        memory.Nodes.SelectMany(node => node.Zones).All(zone => !zone.Buddy.IsEmpty && zone.Buddy.Max(blocks => blocks.Order) < order);

    // A little CMA tips the scale in a machine that is used up, but is not why.
    private static bool IsLocked(OomZoneCheck zone, OomZoneVerdict verdict) =>
        zone.Verdict == verdict && (verdict == OomZoneVerdict.CmaOnly ? zone.CmaPages : zone.HighatomicPages) >= zone.FreePages / 2;

    // Zones say how much they manage since 3.8.
    private static bool IsOld(OomMemory memory)
    {
        foreach (OomNode node in memory.Nodes)
        {
            foreach (OomZone zone in node.Zones)
            {
                if (zone.Counters.Get("managed") is not null)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Tells whether all zones of a verdict are below their high watermark, which the last try before a kill asks for.</summary>
    private static bool IsBelowHigh(OomEvent oomEvent, OomZoneCheck[] eligible, OomZoneVerdict verdict) =>
        oomEvent.Kind == OomEventKind.Oom && eligible.All(zone => zone.Verdict != verdict || zone.UsablePages <= zone.HighPages + zone.ReservePages);

    /// <summary>
    /// Gets what is free in zones above the request's that have plenty; 0 where none has. Zones that a request may not use are not printed since 6.2: there it
    /// is what no printed zone has.
    /// </summary>
    private static long FreeAbove(OomMemory memory, string highest, NodeLimits nodes, ImmutableArray<OomZoneCheck> zones)
    {
        OomZoneCheck[] above = [.. zones.Where(zone => ZoneLayout.IsAbove(zone.Zone, highest))];
        if (above.Length > 0)
        {
            return Math.Max(0, SumFree(above.Where(zone => nodes.Exclude(zone.Node) is null && zone.FreePages > zone.HighPages)));
        }

        bool isCut = ZoneLayout.Rank(highest) < ZoneLayout.Rank("Normal") && !zones.IsEmpty && zones.All(zone => zone.FreePages is not null);
        return isCut && memory is { RamPages: > 0 and var ram } && memory.Counters.Get("free") is { } free && (Int128)free - SumFree(zones) is var unseen && unseen > ram / UnseenPart
            ? (long)Int128.Min(unseen, ram) : 0;
    }

    /// <summary>Sums free pages; a damaged log has no more than fit.</summary>
    private static long SumFree(IEnumerable<OomZoneCheck> zones) =>
        (long)Int128.Clamp(zones.Aggregate(Int128.Zero, (sum, zone) => sum + (zone.FreePages ?? 0)), long.MinValue, long.MaxValue);

    private static bool IsElsewhere(OomZoneCheck zone, string highest, NodeLimits nodes) =>
        ZoneLayout.Rank(zone.Zone) <= ZoneLayout.Rank(highest) && nodes.Exclude(zone.Node) is not null && zone.FreePages > zone.HighPages;

    // As a rule reserves hold a few per mille; that is no reason, but part of being exhausted. Only vm.lowmem_reserve_ratio makes them large.
    private static bool IsHeldBack(OomMemory memory, OomZoneCheck[] eligible, OomEvent oomEvent)
    {
        Int128 managed = 0;
        Int128 held = 0;
        foreach (OomZoneCheck zone in eligible)
        {
            OomZone? printed = memory.Nodes.FirstOrDefault(node => node.Node == zone.Node)?.Zones.FirstOrDefault(other => other.Name == zone.Zone);
            managed += Math.Max(0, printed?.Counters.Get("managed") ?? printed?.Counters.Get("present") ?? 0) / Math.Max(1, oomEvent.PageSize / 1024);
            held += zone.Verdict == OomZoneVerdict.BelowReserve ? (zone.FreePages ?? 0) - (zone.MinPages ?? 0) : 0;
        }

        return managed > 0 && held > managed / 10;
    }

    private static ImmutableArray<string> FindAssumptions(
        OomEvent oomEvent, OomMemory memory, KernelVersion? version, GfpRequest? known, ImmutableArray<string> layout, ImmutableArray<OomZoneCheck> zones)
    {
        ImmutableArray<string>.Builder list = ImmutableArray.CreateBuilder<string>();
        void Add(bool isAssumed, string text)
        {
            if (isAssumed)
            {
                list.Add(text);
            }
        }

        OomZone[] printed = [.. memory.Nodes.SelectMany(node => node.Zones)];
        Add(version is null, IsOld(memory) ? "that the kernel is 2.6.32 or about as old: its release was not printed" : "that the kernel is a recent one: its release was not printed");
        Add(known is null, "that a page of a process was asked for: the request was not printed");
        Add(oomEvent.Trigger?.Order is null, "that single pages were asked for: the order was not printed");
        Add(layout.IsEmpty, "that no zone keeps pages for lower requests (lowmem_reserve): the log does not tell which of its numbers counts");
        Add(known is { IsThisNode: true } && printed.Length > 0 && memory.Nodes.Length > 1, "that any node would do: the request insisted on one that was not printed");
        Add(
            printed.Any(zone => zone.Counters.Get("reserved_highatomic") is null && zone.Buddy.Any(blocks => blocks.Types.Contains('H', StringComparison.Ordinal))),
            "that nothing is reserved for atomic requests: there is such a reserve (H), but its size was not printed");
        Add(
            version is { } late && late.IsAtLeast(6, 13) && printed.Any(zone => zone.Counters.Get("reserved_highatomic") > 0 && zone.Counters.Get("free_highatomic") is null),
            "that all of reserved_highatomic is free: the free part was not printed");
        Add(zones.Any(zone => zone.Verdict == OomZoneVerdict.Unknown), "that zones whose numbers were not printed would not have served the request");
        return list.ToImmutable();
    }
}
