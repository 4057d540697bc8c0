namespace KmsgOom;

/// <summary>The watermark check of one zone; all sizes are pages.</summary>
/// <remarks>Kernel: <c>mm/page_alloc.c</c>, <c>__zone_watermark_ok()</c> and, since 5.10, <c>__zone_watermark_unusable_free()</c>.</remarks>
public sealed record OomZoneCheck
{
    /// <summary>Gets the node.</summary>
    public required int Node { get; init; }

    /// <summary>Gets the name of the zone.</summary>
    public required string Zone { get; init; }

    /// <summary>Gets the result.</summary>
    public required OomZoneVerdict Verdict { get; init; }

    /// <summary>Gets why, in a few words.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets whether the request may take pages of this zone.</summary>
    public bool IsEligible => Verdict != OomZoneVerdict.NotEligible;

    /// <summary>Gets the free pages; null where not printed.</summary>
    public long? FreePages { get; init; }

    /// <summary>Gets the min watermark, boost included; null where not printed.</summary>
    public long? MinPages { get; init; }

    /// <summary>Gets the low watermark, at which kswapd begins; null where not printed.</summary>
    public long? LowPages { get; init; }

    /// <summary>Gets the high watermark, which the last try before a kill asks for; null where not printed.</summary>
    public long? HighPages { get; init; }

    /// <summary>Gets by how much fragmentation has raised the watermarks for a while; null where not printed (before 5.17).</summary>
    public long? BoostPages { get; init; }

    /// <summary>Gets the pages that a request of this kind must leave for requests that can use no higher zone; 0 in the request's own highest zone.</summary>
    public long ReservePages { get; init; }

    /// <summary>Gets the free pages kept for atomic requests of higher order (5.6 to 6.14: the whole reserve, used or not); null where not printed.</summary>
    public long? HighatomicPages { get; init; }

    /// <summary>Gets the free pages in CMA areas; null where not printed (before 3.7).</summary>
    public long? CmaPages { get; init; }

    /// <summary>
    /// Gets the free pages that count for this request: without those of CMA and of the reserve that it may not use, and without its own but one. May be
    /// negative. Null where unknown.
    /// </summary>
    public long? UsablePages { get; init; }

    /// <summary>Gets the pages that must be exceeded: the watermark as lowered for this request, and <see cref="ReservePages"/>. Null where unknown.</summary>
    public long? NeededPages { get; init; }

    /// <summary>Gets the pages that are missing for the check; 0 where it passes (but perhaps for a block of the order); null where unknown.</summary>
    public long? ShortPages => UsablePages is { } usable && NeededPages is { } needed ? Math.Max(0, needed - usable + 1) : null;

    /// <summary>Gets whether the last try before a kill would pass: it asks for the high watermark and does not count CMA; null where unknown.</summary>
    public bool? PassesHigh { get; init; }

    /// <summary>Gets the order of the largest free block of any kind; null where there is none, or no list was printed.</summary>
    public int? LargestOrder { get; init; }

    /// <summary>Gets the order of the largest free block that the request may take; null where there is none, or no list was printed.</summary>
    public int? LargestUsableOrder { get; init; }

    /// <summary>Gets whether enough pages were free for compaction to work with (<c>compaction_suitable()</c>); null for single pages, and before 2.6.35.</summary>
    public bool? CanCompact { get; init; }
}
