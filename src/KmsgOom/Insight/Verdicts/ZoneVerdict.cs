namespace KmsgOom.Insight;

/// <summary>What the watermark check says of the cause: only where memory was there that the request could not use.</summary>
internal static class ZoneVerdict
{
    public static OomCause? FindCause(OomWatermarks? watermarks) => watermarks?.Verdict switch
    {
        OomWatermarkVerdict.ZoneExhausted or OomWatermarkVerdict.LowmemReserve => OomCause.ZoneExhaustion,
        OomWatermarkVerdict.PassesNow when watermarks.FreeAbovePages > 0 => OomCause.ZoneExhaustion,
        OomWatermarkVerdict.CmaOnly => OomCause.Cma,
        OomWatermarkVerdict.Fragmentation or OomWatermarkVerdict.OrderTooLarge => OomCause.Fragmentation,
        _ => null,
    };

    /// <summary>Makes the verdict; null where the machine as a whole was full.</summary>
    public static OomVerdict? TryMake(OomWatermarks? watermarks) => FindCause(watermarks) is { } cause
        ? new OomVerdict { Cause = cause, Sentence = $"{char.ToUpperInvariant(watermarks!.Sentence[0])}{watermarks.Sentence[1..]}.", Evidence = watermarks.Evidence, Advice = Advise(cause, watermarks) }
        : null;

    private static System.Collections.Immutable.ImmutableArray<string> Advise(OomCause cause, OomWatermarks watermarks) => (cause, watermarks) switch
    {
        (OomCause.Fragmentation, _) => ["raise vm.min_free_kbytes, or vm.watermark_boost_factor, so that larger blocks stay free; drivers that ask for large blocks should fall back to smaller ones"],
        (OomCause.Cma, _) => ["make the CMA area smaller (cma= on the kernel's command line): only movable pages may use it"],
        (_, { Verdict: OomWatermarkVerdict.LowmemReserve }) => ["raise the numbers of vm.lowmem_reserve_ratio: larger ones keep less back"],
        (_, { HighestZone: "DMA" or "DMA32" }) => ["look at the device or driver that asked: it can address low memory only (its DMA mask; an IOMMU or swiotlb helps), and at what else fills that zone"],
        (_, { Zones: var zones }) when zones.Any(zone => zone.Zone == "HighMem") => ["a 64-bit kernel has no such zone; else look for what holds lowmem (slab, page tables), and lower vm.lowmem_reserve_ratio's effect"],
        _ => ["memory that only movable pages may use is too large a part of the machine (kernelcore=, movablecore=, movable_node, memory plugged in as movable)"],
    };
}
