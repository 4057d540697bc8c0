using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>The kernel's check of one zone for one request.</summary>
/// <remarks>Kernel: <c>mm/page_alloc.c</c>, <c>__zone_watermark_ok()</c>, <c>zone_watermark_fast()</c>, <c>gfp_to_alloc_flags()</c>.</remarks>
internal sealed class ZoneReplay(GfpRequest request, int order, int classzone, KernelVersion? version, int pageSize)
{
    // Watermarks, reserves and free pages of a damaged log may be anything; within these their sums cannot overflow.
    private const long Largest = 1L << 52;

    private readonly long _own = order >= 52 ? Largest : (1L << order) - 1;

    private bool IsAtLeast(int major, int minor, int patch = 0) => version is null || version.Value.IsAtLeast(major, minor, patch);

    /// <summary>Gets whether the reserve of high-order atomic requests is open to it (ALLOC_HARDER up to 6.2, ALLOC_NON_BLOCK and ALLOC_MIN_RESERVE since).</summary>
    private bool MayUseHighatomic => IsAtLeast(6, 3) ? request.IsHigh || IsNonBlocking : IsHarder;

    private bool IsNonBlocking => !request.MayReclaim && !request.IsNoMemalloc;

    private bool IsHarder => !request.IsNoMemalloc && (IsAtLeast(4, 4) ? request.IsAtomic : !request.MayReclaim);

    private bool MayTakeHighatomicBlock => IsAtLeast(6, 3) ? order > 0 && request.IsHigh && IsNonBlocking : IsHarder;

    public bool MayUseReserves => request.IsHigh || MayUseHighatomic || request.IgnoresWatermarks;

    public OomZoneCheck Check(int node, OomZone zone)
    {
        long? free = Pages(zone, "free");
        long? min = Pages(zone, "min");
        OomZoneCheck check = new()
        {
            Node = node,
            Zone = zone.Name,
            Verdict = OomZoneVerdict.Unknown,
            Reason = free is null ? "its free pages were not printed" : "its watermarks were not printed",
            FreePages = free,
            MinPages = min,
            LowPages = Pages(zone, "low"),
            HighPages = Pages(zone, "high"),
            BoostPages = Pages(zone, "boost"),
            ReservePages = classzone >= 0 && classzone < zone.LowmemReservePages.Length ? Math.Clamp(zone.LowmemReservePages[classzone], 0, Largest) : 0,
            CmaPages = Pages(zone, "free_cma"),
            HighatomicPages = Pages(zone, "free_highatomic") ?? Pages(zone, "reserved_highatomic"),
            LargestOrder = FindLargest(zone, _ => true),
            LargestUsableOrder = FindLargest(zone, types => IsUsable(types, request.IsMovable)),
        };
        return free is { } freePages && min is { } minPages ? Decide(check, zone, freePages, minPages) : check;
    }

    private OomZoneCheck Decide(OomZoneCheck check, OomZone zone, long free, long min)
    {
        long mark = request.IgnoresWatermarks ? 0 : Lower(min, check.BoostPages ?? 0);
        long needed = request.IgnoresWatermarks ? 0 : mark + check.ReservePages;
        long cma = request.IsMovable ? 0 : check.CmaPages ?? 0;
        long highatomic = MayUseHighatomic || request.IgnoresWatermarks || !IsAtLeast(4, 4) ? 0 : check.HighatomicPages ?? 0;
        long usable = free - _own - cma - highatomic;
        check = check with
        {
            UsablePages = usable,
            NeededPages = needed,

            // The last try before a kill has none of the request's privileges, not even CMA.
            PassesHigh = check.HighPages is { } high
                ? free - _own - (check.CmaPages ?? 0) - (IsAtLeast(4, 4) ? check.HighatomicPages ?? 0 : 0) > high + check.ReservePages && HasBlock(zone, high, free, false) is not false
                : null,
            CanCompact = order > 0 && IsAtLeast(2, 6, 35) ? MayCompact(check, free, min) : null,
        };
        if (usable > needed)
        {
            return HasBlock(zone, mark, free, request.IsMovable) switch
            {
                true => check with { Verdict = OomZoneVerdict.Passed, Reason = "would serve the request" },
                false => check with { Verdict = OomZoneVerdict.NoBlockOfOrder, Reason = DescribeBlocks(check) },
                null => check with { Reason = "its free blocks were not printed" },
            };
        }

        // What would be enough without the pages that this request may not count?
        return free - _own <= mark ? check with { Verdict = OomZoneVerdict.BelowMin, Reason = "free pages are not above the min watermark" }
            : free - _own <= needed ? check with { Verdict = OomZoneVerdict.BelowReserve, Reason = "what is above the min watermark is kept for requests that can use no higher zone (lowmem_reserve)" }
            : cma > 0 && (free - _own - highatomic > needed || cma >= highatomic) ? check with { Verdict = OomZoneVerdict.CmaOnly, Reason = "the free pages are CMA, for movable requests only" }
            : check with { Verdict = OomZoneVerdict.HighatomicOnly, Reason = "the free pages are reserved for atomic requests of higher order" };
    }

    // Atomic requests may go below the watermark.
    private long Lower(long min, long boost)
    {
        long mark = order == 0 && request.IsHigh && IsAtLeast(5, 10) ? Math.Max(0, min - boost) : min;
        mark -= request.IsHigh ? mark / 2 : 0;
        return mark - ((IsAtLeast(6, 3) ? request.IsHigh && IsNonBlocking : IsHarder) ? mark / 4 : 0);
    }

    /// <summary>Tells whether a block of the order is there; null where no blocks were printed.</summary>
    private bool? HasBlock(OomZone zone, long mark, long free, bool withCma)
    {
        if (order == 0)
        {
            return true;
        }

        if (zone.Buddy.IsEmpty)
        {
            return null;
        }

        bool hasTypes = zone.Buddy.Any(blocks => blocks.Types.Length > 0);
        if (version is null ? !hasTypes : !IsAtLeast(4, 4))
        {
            return IsAboveAtEachOrder(zone, mark, free);
        }

        return zone.Buddy.Any(blocks => blocks.Order >= order && blocks.Count > 0 && IsUsable(blocks.Types, withCma));
    }

    // Up to 4.3: half the watermark must be free in blocks above each order.
    private bool IsAboveAtEachOrder(OomZone zone, long mark, long free)
    {
        long left = free - _own;
        for (int below = 0; below < order && below < 52; below++)
        {
            foreach (OomBuddy blocks in zone.Buddy)
            {
                left -= blocks.Order == below ? (long)Int128.Clamp((Int128)blocks.Count << below, 0, Largest) : 0;
            }

            mark >>= 1;
            if (left <= mark)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsUsable(string types, bool withCma) =>
        types.Length == 0 || types.AsSpan().ContainsAny("UMER") || (withCma && types.Contains('C', StringComparison.Ordinal))
        || (MayTakeHighatomicBlock && types.Contains('H', StringComparison.Ordinal));

    private static int? FindLargest(OomZone zone, Func<string, bool> isMeant)
    {
        int? largest = null;
        foreach (OomBuddy blocks in zone.Buddy)
        {
            largest = blocks.Count > 0 && isMeant(blocks.Types) && !(blocks.Order <= largest) ? blocks.Order : largest;
        }

        return largest;
    }

    private string DescribeBlocks(OomZoneCheck check) =>
        check.LargestOrder >= order && !(check.LargestUsableOrder >= order) ? "its blocks of the order are of kinds that the request may not take (CMA, atomic reserve, isolated)"
        : check.LargestUsableOrder >= order ? "too little of it is in blocks of the order"
        : check.LargestUsableOrder is { } largest ? $"no free block is large enough (order {largest.ToString(CultureInfo.InvariantCulture)} at most)"
        : "it has no free block that the request may take";

    // compaction_suitable(): copies need room of twice the order.
    private bool MayCompact(OomZoneCheck check, long free, long min)
    {
        bool isNew = IsAtLeast(4, 9);
        long mark = (isNew && order <= 3 ? min : check.LowPages ?? min) + Math.Min(Largest, 2 * (_own + 1));
        long highatomic = IsAtLeast(4, 4) ? check.HighatomicPages ?? 0 : 0;
        return free - highatomic - (isNew ? 0 : check.CmaPages ?? 0) > mark + check.ReservePages;
    }

    private long? Pages(OomZone zone, string key)
    {
        foreach (ref readonly OomCounter counter in zone.Counters.AsSpan())
        {
            if (counter.Key == key)
            {
                return Math.Clamp(counter.Unit == OomUnit.Pages ? counter.Value : counter.Value / Math.Max(1, pageSize / 1024), -Largest, Largest);
            }
        }

        return null;
    }
}
