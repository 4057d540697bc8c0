namespace KmsgOom;

/// <summary>Why an allocation failed, over all zones.</summary>
public enum OomWatermarkVerdict
{
    /// <summary>The log cannot tell: see <see cref="OomWatermarks.Sentence"/>.</summary>
    Unknown,

    /// <summary>Nothing had failed: a person asked for a kill (SysRq-f).</summary>
    Manual,

    /// <summary>The request is not in the log: a page fault ran out of memory (mask 0, 2.6.29 to 5.15).</summary>
    RequestUnknown,

    /// <summary>Every zone that the request may use was used up.</summary>
    Exhausted,

    /// <summary>Every allowed node was used up, and the cpuset or the memory policy allows no other.</summary>
    NodesExhausted,

    /// <summary>The zones that the request may use were used up; another zone has free memory (32-bit: HighMem; or Movable; or all above DMA).</summary>
    ZoneExhausted,

    /// <summary>The free memory is kept for requests that can use no higher zone (<c>vm.lowmem_reserve_ratio</c>).</summary>
    LowmemReserve,

    /// <summary>Half or more of the free memory lies in CMA areas, which this request may not use.</summary>
    CmaOnly,

    /// <summary>Half or more of the free memory is reserved for atomic requests of higher order.</summary>
    HighatomicOnly,

    /// <summary>Enough is free, but not in blocks of the order asked for.</summary>
    Fragmentation,

    /// <summary>The order is larger than any block that this kernel manages.</summary>
    OrderTooLarge,

    /// <summary>Used up: a zone has climbed above its min watermark since, but none above the high one, which the last try before a kill asks for.</summary>
    BelowHigh,

    /// <summary>By the printed numbers the request would be served: memory was freed between the failure and the report.</summary>
    PassesNow,
}
