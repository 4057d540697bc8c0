namespace KmsgOom.Insight;

/// <summary>What the watermark check says of the cause: only where memory was there that the request could not use.</summary>
internal static class ZoneVerdict
{
    public static OomCause? FindCause(OomWatermarks? watermarks) => watermarks?.Verdict switch
    {
        OomWatermarkVerdict.ZoneExhausted or OomWatermarkVerdict.LowmemReserve => OomCause.ZoneExhaustion,
        OomWatermarkVerdict.CmaOnly => OomCause.Cma,
        OomWatermarkVerdict.Fragmentation or OomWatermarkVerdict.OrderTooLarge => OomCause.Fragmentation,
        _ => null,
    };

    /// <summary>Makes the verdict; null where the machine as a whole was full.</summary>
    public static OomVerdict? TryMake(OomWatermarks? watermarks) => FindCause(watermarks) is { } cause
        ? new OomVerdict { Cause = cause, Sentence = watermarks!.Sentence, Evidence = watermarks.Evidence, Advice = Advise(cause) }
        : null;

    private static System.Collections.Immutable.ImmutableArray<string> Advise(OomCause cause) => cause switch
    {
        OomCause.Fragmentation => ["raise vm.min_free_kbytes, or vm.watermark_boost_factor, so that larger blocks stay free; drivers that ask for large blocks should fall back to smaller ones"],
        OomCause.Cma => ["make the CMA area smaller (cma= on the kernel's command line): only movable pages may use it"],
        _ => ["a 64-bit kernel has no such zone; else look for what holds lowmem (slab, page tables), and lower vm.lowmem_reserve_ratio's effect"],
    };
}
