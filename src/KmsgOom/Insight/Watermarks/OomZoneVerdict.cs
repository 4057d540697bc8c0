namespace KmsgOom;

/// <summary>What the kernel's watermark check says of one zone, by the numbers that were printed.</summary>
public enum OomZoneVerdict
{
    /// <summary>The log lacks the numbers of the check (the free pages or the watermarks).</summary>
    Unknown,

    /// <summary>The request may not take pages of this zone: see <see cref="OomZoneCheck.Reason"/>.</summary>
    NotEligible,

    /// <summary>The request would be served.</summary>
    Passed,

    /// <summary>Free pages are not above the watermark.</summary>
    BelowMin,

    /// <summary>Free pages are above the watermark, but what is above is kept for requests that can use no higher zone (<c>lowmem_reserve</c>).</summary>
    BelowReserve,

    /// <summary>There would be enough, but it lies in CMA areas, which only movable requests may use.</summary>
    CmaOnly,

    /// <summary>There would be enough, but it is reserved for atomic requests of higher order.</summary>
    HighatomicOnly,

    /// <summary>There is enough, but no block of the order that the request may take: fragmentation.</summary>
    NoBlockOfOrder,
}
