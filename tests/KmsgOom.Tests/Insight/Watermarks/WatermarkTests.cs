using static KmsgOom.Tests.Insight.Watermarks.SomeZones;

namespace KmsgOom.Tests.Insight.Watermarks;

/// <summary>The watermark check against arithmetic done by hand.</summary>
public sealed class WatermarkTests
{
    /// <summary>raspberrypi/linux #3872: 519 MB free, 513 MB of it CMA. 132864 - 131328 = 1536 pages usable, 4096 needed.</summary>
    [Fact]
    public void Cma_IsNotForTheKernel()
    {
        OomWatermarks check = OomWatermarks.Of(Machine("5.4.51-v8+", "GFP_KERNEL", 0, Zone("Normal", 531456, 16384, ("free_cma", 525312)).With(0, 0)))!;

        Assert.Equal(OomWatermarkVerdict.CmaOnly, check.Verdict);
        Assert.Equal("Normal has 519 MiB free, but 513 MiB of it is CMA, which GFP_KERNEL may not use", check.Sentence);
        OomZoneCheck zone = Assert.Single(check.Zones);
        Assert.Equal((OomZoneVerdict.CmaOnly, 1536L, 4096L, 2561L, 2561L), (zone.Verdict, zone.UsablePages, zone.NeededPages, zone.ShortPages, check.ShortPages));
        Assert.False(check.MayUseCma);
    }

    /// <summary>The same zone serves a movable page; but the last try before a kill counts without CMA.</summary>
    [Fact]
    public void Cma_IsForMovablePages()
    {
        OomWatermarks check = OomWatermarks.Of(Machine("5.4.51-v8+", "GFP_HIGHUSER_MOVABLE", 0, Zone("Normal", 531456, 16384, ("free_cma", 525312)).With(0, 0)))!;

        Assert.Equal((OomWatermarkVerdict.PassesNow, true), (check.Verdict, check.MayUseCma));
        Assert.False(check.Zones[0].PassesHigh);
        Assert.Equal(
            "by the printed numbers Normal would serve the request (519 MiB free, 513 MiB of it CMA, 16 MiB to be left): memory was freed between the failure and the report",
            check.Sentence);
    }

    [Theory]
    [InlineData("5.10.0", OomWatermarkVerdict.HighatomicOnly, 500)]
    [InlineData("4.3.0", OomWatermarkVerdict.PassesNow, 3000)]
    public void Highatomic_IsNotForOthers(string release, OomWatermarkVerdict verdict, long usable)
    {
        OomWatermarks check = OomWatermarks.Of(Machine(release, "GFP_KERNEL", 0, Zone("Normal", 12000, 4000, ("reserved_highatomic", 10000)).With(0, 0)))!;
        Assert.Equal((verdict, usable), (check.Verdict, check.Zones[0].UsablePages));
    }

    /// <summary>Of a reserve of 10,000 KiB only 400 are free: those are what the request cannot have.</summary>
    [Fact]
    public void Highatomic_CountsItsFreePart_WherePrinted()
    {
        OomZone zone = Zone("Normal", 12000, 4000, ("reserved_highatomic", 10000), ("free_highatomic", 400)).With(0, 0);
        Assert.Equal(2900, OomWatermarks.Of(Machine("6.17.0", "GFP_KERNEL", 0, zone))!.Zones[0].UsablePages);
    }

    /// <summary>corpus 012's machine: 32-bit, 1 GB of HighMem that a kernel request may not have; DMA misses its reserve by one page and one.</summary>
    [Fact]
    public void LowZones_RunOut_BesideFreeHighMem()
    {
        OomEvent oomEvent = Machine(
            "5.7.0",
            "GFP_USER|__GFP_WRITE",
            0,
            Zone("DMA", 3360, 68, ("managed", 15912)).With(0, 824, 1947, 1947),
            Zone("Normal", 4300, 7732, ("managed", 860000)).With(0, 0, 8980, 8980),
            Zone("HighMem", 1048740, 512, ("managed", 1149544)).With(0, 0, 0, 0));
        OomWatermarks check = OomWatermarks.Of(oomEvent)!;

        Assert.Equal("DMA Normal HighMem Movable", string.Join(' ', check.ZoneOrder));
        Assert.Equal((OomWatermarkVerdict.ZoneExhausted, "Normal", 2L), (check.Verdict, check.HighestZone, check.ShortPages));
        Assert.Equal([OomZoneVerdict.BelowReserve, OomZoneVerdict.BelowMin, OomZoneVerdict.NotEligible], check.Zones.Select(zone => zone.Verdict));
        Assert.Equal((840L, 841L), (check.Zones[0].UsablePages, check.Zones[0].NeededPages));
        Assert.Equal("HighMem has 1024 MiB free, but GFP_USER|__GFP_WRITE may use no zone above Normal: Normal has 4300 KiB free, 3436 KiB short of its min watermark (7732 KiB)", check.Sentence);
    }

    /// <summary>Since 6.2 no zone above the request's is printed; what is free there is what no printed zone has: 200,000 pages less the 500 of DMA32.</summary>
    [Theory]
    [InlineData(200_000, OomWatermarkVerdict.ZoneExhausted, OomCause.ZoneExhaustion)]
    [InlineData(600, OomWatermarkVerdict.Exhausted, OomCause.Processes)]
    public void LowZone_RunsOut_BesideZonesThatAreNotPrinted(long free, OomWatermarkVerdict verdict, OomCause cause)
    {
        OomEvent oomEvent = Machine("6.12.0", "GFP_KERNEL|GFP_DMA32", 0, Zone("DMA32", 2000, 4000, ("managed", 400000)).With(0, 0, 1000, 1000, 1000));
        oomEvent = oomEvent with
        {
            Memory = oomEvent.Memory! with { RamPages = 1_000_000, ReservedPages = 0, Counters = [new OomCounter("free", free, OomUnit.Pages), new OomCounter("inactive_anon", 700_000, OomUnit.Pages), new OomCounter("active_anon", 0, OomUnit.Pages), new OomCounter("shmem", 0, OomUnit.Pages)], PageCachePages = 0 },
        };

        Assert.Equal(verdict, OomWatermarks.Of(oomEvent)!.Verdict);
        OomVerdict conclusion = OomAnalysis.Of(oomEvent).Verdict;
        Assert.Equal(cause, conclusion.Cause);
        Assert.Equal(cause == OomCause.ZoneExhaustion, conclusion.Sentence.StartsWith("779 MiB are free in zones that are not printed, but GFP_KERNEL|GFP_DMA32 may use no zone above DMA32", StringComparison.Ordinal));
    }

    /// <summary>Numbers of a damaged log do not overflow: 4,096 zones of all that is believed.</summary>
    [Fact]
    public void FreePages_ThatAreTooMany_AreNoError()
    {
        OomNode[] nodes = [.. Enumerable.Range(0, 4096).Select(node => new OomNode { Node = node, Zones = [Zone("DMA", 0, 4000), Zone("Normal", long.MaxValue, 4)] })];

        Assert.Equal(OomWatermarkVerdict.ZoneExhausted, OomWatermarks.Of(On("6.1.0", "GFP_KERNEL|GFP_DMA", 0, nodes))!.Verdict);
    }

    /// <summary>Above min there is room, but the last try asks for high: 4000 * 3 / 2 = 6000 KiB; no order would have been served.</summary>
    [Theory]
    [InlineData(5000, OomWatermarkVerdict.BelowHigh)]
    [InlineData(9000, OomWatermarkVerdict.Fragmentation)]
    public void MissingBlock_IsFragmentation_OnlyWhereThereIsRoom(long free, OomWatermarkVerdict verdict)
    {
        OomWatermarks check = OomWatermarks.Of(Machine("6.12.0", "GFP_KERNEL", 2, Zone("Normal", free, 4000).With(0, 0).Blocks((0, free / 4, "U"))))!;

        Assert.Equal((verdict, OomZoneVerdict.NoBlockOfOrder), (check.Verdict, check.Zones[0].Verdict));
        Assert.Equal(verdict == OomWatermarkVerdict.BelowHigh, check.Sentence.EndsWith("which the last try before a kill asks for; nor has it a block of order 2", StringComparison.Ordinal));
    }

    /// <summary>
    /// Free pages must be more than watermark and reserve: 1276 = 112 + 4 * 291 is too little, one page more is enough; the high one is 168, and 1332 = 168 + 4
    /// * 291.
    /// </summary>
    [Theory]
    [InlineData(1276, OomWatermarkVerdict.Exhausted)]
    [InlineData(1280, OomWatermarkVerdict.BelowHigh)]
    [InlineData(1332, OomWatermarkVerdict.BelowHigh)]
    [InlineData(1336, OomWatermarkVerdict.PassesNow)]
    public void Reserve_IsOfTheHighestZoneOfTheRequest(long free, OomWatermarkVerdict verdict)
    {
        OomEvent oomEvent = Machine(
            "5.10.0",
            "GFP_HIGHUSER_MOVABLE|__GFP_ZERO",
            0,
            Zone("DMA", free, 112, ("managed", 15908)).With(0, 291, 291, 291, 291),
            Zone("DMA32", 2016, 2124, ("managed", 308720)).With(0, 0, 0, 0, 0));
        OomWatermarks check = OomWatermarks.Of(oomEvent)!;
        Assert.Equal((verdict, "Movable"), (check.Verdict, check.HighestZone));
        Assert.Equal("DMA DMA32 Normal Movable Device", string.Join(' ', check.ZoneOrder));
    }

    [Fact]
    public void Reserve_ThatHoldsAlmostAll_IsTheReason()
    {
        OomEvent oomEvent = Machine(
            "5.10.0",
            "GFP_KERNEL",
            0,
            Zone("DMA32", 1900000, 4000, ("managed", 2000000)).With(0, 0, 500000, 500000),
            Zone("Normal", 4000, 4000, ("managed", 4000000)).With(0, 0, 0, 0));
        Assert.Equal(OomWatermarkVerdict.LowmemReserve, OomWatermarks.Of(oomEvent)!.Verdict);
    }

    /// <summary>60 MB free in single pages: 15000 - 7 of them count, far above 1000; no block of order 3 but for a CMA one.</summary>
    [Theory]
    [InlineData("GFP_KERNEL", OomWatermarkVerdict.Fragmentation)]
    [InlineData("GFP_HIGHUSER_MOVABLE", OomWatermarkVerdict.PassesNow)]
    public void Blocks_OfTheOrder_AreMissing(string flags, OomWatermarkVerdict verdict)
    {
        OomZone zone = Zone("Normal", 60000, 4000).With(0, 0).Blocks((0, 14000, "UME"), (1, 492, "UE"), (3, 2, "C"));
        OomWatermarks check = OomWatermarks.Of(Machine("6.1.0", flags, 3, zone))!;

        Assert.Equal(verdict, check.Verdict);
        Assert.Equal((14993L, 3, true), (check.Zones[0].UsablePages, check.Zones[0].LargestOrder, check.Zones[0].CanCompact));
    }

    [Fact]
    public void Fragmentation_SaysWhatIsLeft()
    {
        OomZone zone = Zone("Normal", 60000, 4000).With(0, 0).Blocks((0, 14000, "UME"), (1, 500, "UE"));
        Assert.Equal(
            "no free block of order 3 (32 KiB): fragmentation; Normal has 59 MiB free, in blocks of order 1 (8 KiB) at most; enough was free to compact, and it did not help",
            OomWatermarks.Of(Machine("6.1.0", "GFP_KERNEL", 3, zone))!.Sentence);
    }

    /// <summary>
    /// Up to 4.3 half the watermark must be left above each order. 4000 free pages, min 2000, order 2: 3997 left; minus 3000 single pages is 997, not above 1000.
    /// From 4.4 on any block does. With 2900 single pages 1097 are left, and then 1097 - 2*98 = 901 above 500.
    /// </summary>
    [Theory]
    [InlineData("3.10.0-957.el7.x86_64", 3000, OomWatermarkVerdict.Fragmentation)]
    [InlineData("3.10.0-957.el7.x86_64", 2900, OomWatermarkVerdict.PassesNow)]
    [InlineData("4.4.0", 3000, OomWatermarkVerdict.PassesNow)]
    public void Orders_AreCheckedOneByOne_Until43(string release, long single, OomWatermarkVerdict verdict)
    {
        OomZone zone = Zone("Normal", 16000, 8000).With(0, 0).Blocks((0, single, "UM"), (1, 98, "U"), (2, (4000 - single - 196) / 4, "M"));
        Assert.Equal(verdict, OomWatermarks.Of(Machine(release, "GFP_KERNEL", 2, zone))!.Verdict);
    }

    [Fact]
    public void Orders_BeyondTheAllocator_CannotBeServed()
    {
        OomZone zone = Zone("Normal", 600000, 4000).With(0, 0).Blocks((10, 140, "M"));
        Assert.Equal(OomWatermarkVerdict.OrderTooLarge, OomWatermarks.Of(Machine("6.1.0", "GFP_KERNEL|__GFP_COMP", 11, zone))!.Verdict);
        Assert.Equal(OomWatermarkVerdict.PassesNow, OomWatermarks.Of(Machine("6.1.0", "GFP_KERNEL|__GFP_COMP", 10, zone))!.Verdict);
    }

    /// <summary>min 1000 pages. Atomic: half, and of that a quarter less: 375. GFP_NOWAIT: a quarter less up to 4.3 only.</summary>
    [Theory]
    [InlineData("4.3.0", "GFP_ATOMIC", 375)]
    [InlineData("4.15.0", "GFP_ATOMIC", 375)]
    [InlineData("6.12.0", "GFP_ATOMIC", 375)]
    [InlineData("6.12.0", "GFP_ATOMIC|__GFP_NOMEMALLOC", 500)]
    [InlineData("4.3.0", "GFP_NOWAIT", 750)]
    [InlineData("6.12.0", "GFP_NOWAIT", 1000)]
    [InlineData("6.12.0", "GFP_KERNEL|__GFP_HIGH", 500)]
    [InlineData("6.12.0", "GFP_KERNEL", 1000)]
    [InlineData("6.12.0", "GFP_KERNEL|__GFP_MEMALLOC", 0)]
    public void Watermark_IsLowerForWhoCannotWait(string release, string flags, long needed) =>
        Assert.Equal(needed, OomWatermarks.Of(Machine(release, flags, 0, Zone("Normal", 1000, 4000).With(0, 0)))!.Zones[0].NeededPages);

    [Fact]
    public void Boost_IsSaid_WhereItDecides()
    {
        // corpus 035: 29116 - 4376 = 24740 kB usable, min 26624 of which 18432 are boost. CMA tips the scale, but is not half of what is free.
        OomWatermarks check = OomWatermarks.Of(Machine("6.8.1", "GFP_KERNEL", 0, Zone("Normal", 29116, 26624, ("boost", 18432), ("free_cma", 4376)).With(0, 0)))!;
        Assert.Equal((OomWatermarkVerdict.Exhausted, OomZoneVerdict.CmaOnly), (check.Verdict, check.Zones[0].Verdict));
        Assert.Equal(
            "no memory was left: Normal has 28 MiB free (4376 KiB of it CMA, not for this request), 1888 KiB short of its min watermark (26 MiB); min is raised by 18 MiB for a while, against fragmentation",
            check.Sentence);
        Assert.Equal(472, check.ShortPages);
    }

    [Theory]
    [InlineData("0-1,3", null, true, false, true)]
    [InlineData(null, "0,2", false, true, true)]
    [InlineData(null, null, false, false, false)]
    public void Nodes_ThatArePutOffLimits_DoNotCount(string? nodemask, string? memsAllowed, bool excludes2, bool excludes3, bool isBound)
    {
        OomEvent oomEvent = On("6.1.0", "GFP_HIGHUSER_MOVABLE", 0, [.. Enumerable.Range(0, 4).Select(node => new OomNode { Node = node, Zones = [Zone("Normal", node < 2 ? 1000 : 90000, 4000).With(0, 0, 0, 0)] })]);
        OomWatermarks check = OomWatermarks.Of(oomEvent with { Trigger = oomEvent.Trigger! with { Nodemask = nodemask, MemsAllowed = memsAllowed } })!;
        Assert.Equal((excludes2, excludes3), (!check.Zones[2].IsEligible, !check.Zones[3].IsEligible));

        // The other one of the two has room.
        Assert.Equal(OomWatermarkVerdict.PassesNow, check.Verdict);
        Assert.Equal(isBound, check.Zones.Any(zone => zone.Verdict == OomZoneVerdict.NotEligible));
    }

    [Fact]
    public void Nodes_OfTheCpuset_RunOut()
    {
        OomEvent oomEvent = On("6.1.0", "GFP_HIGHUSER_MOVABLE", 0, [.. Enumerable.Range(0, 2).Select(node => new OomNode { Node = node, Zones = [Zone("Normal", node < 1 ? 1000 : 90000, 4000).With(0, 0, 0, 0)] })]);
        OomWatermarks check = OomWatermarks.Of(oomEvent with { Scope = OomScope.Cpuset, Trigger = oomEvent.Trigger! with { MemsAllowed = "0" } })!;
        Assert.Equal(OomWatermarkVerdict.NodesExhausted, check.Verdict);
        Assert.Equal("no memory was left on the nodes that the request may use: Normal of node 0 has 1000 KiB free, 3004 KiB short of its min watermark (4000 KiB)", check.Sentence);
    }

    [Fact]
    public void Request_ThatIsUnknown_IsSaidToBe()
    {
        OomEvent oomEvent = Machine("5.10.0", "", 0, Zone("Normal", 1000, 4000).With(0, 0));
        OomWatermarks check = OomWatermarks.Of(oomEvent.OfMask(0))!;
        Assert.Equal((OomWatermarkVerdict.RequestUnknown, null, null), (check.Verdict, check.Request, check.ShortPages));

        Assert.Equal(OomWatermarkVerdict.Unknown, OomWatermarks.Of(oomEvent with { Trigger = null })!.Verdict);
        Assert.Equal(OomWatermarkVerdict.Manual, OomWatermarks.Of(oomEvent with { Trigger = new OomTrigger { GfpMask = 0xcc0, GfpFlags = ["GFP_KERNEL"], Order = -1 } })!.Verdict);
        Assert.Equal(OomWatermarkVerdict.Manual, OomWatermarks.Of(oomEvent.OfMask(0xd0) with { CallTrace = ["? moom_callback+0x20/0x20"] })!.Verdict);
        Assert.Null(OomWatermarks.Of(oomEvent with { Scope = OomScope.Memcg }));
        Assert.Null(OomWatermarks.Of(oomEvent with { Memory = null }));
    }

    /// <summary>Masks without names, format reference 9.1.</summary>
    [Theory]
    [InlineData("2.6.25", 0x1280d2u, "Movable", true)]
    [InlineData("2.6.31-20-generic", 0x201dau, "Movable", true)]
    [InlineData("3.10.0", 0x3000d0u, "Normal", false)]
    [InlineData("3.10.0", 0x201d2u, "HighMem", false)]
    [InlineData("2.6.32", 0xd1u, "DMA", false)]
    [InlineData("4.4.0", 0x24200cau, "Movable", true)]
    public void Masks_OfOldKernels_TellTheZone(string release, uint mask, string highest, bool isMovable)
    {
        OomEvent oomEvent = Machine(
            release,
            "",
            0,
            Zone("DMA", 1000, 4000, ("managed", 16000)).With(0, 800, 2700, 2700),
            Zone("Normal", 1000, 4000, ("managed", 800000)).With(0, 0, 15000, 15000),
            Zone("HighMem", 1000, 4000, ("managed", 1900000)).With(0, 0, 0, 0));
        OomWatermarks check = OomWatermarks.Of(oomEvent.OfMask(mask))!;
        Assert.Equal((highest, isMovable), (check.HighestZone, check.MayUseCma));
        Assert.False(check.MayUseReserves);
    }

    [Theory]
    [InlineData("2.6.18", "DMA,DMA32,Normal,HighMem", 4)]
    [InlineData("2.6.32", "DMA,DMA32,Normal,Movable", 4)]
    [InlineData("6.1.0", "DMA,DMA32,Normal,Movable,Device", 5)]
    public void ZoneOrder_IsThatOfTheBuild(string release, string order, int count)
    {
        long[] dma = [0, 2775, .. Enumerable.Repeat(15915L, count - 2)];
        long[] dma32 = [0, 0, .. Enumerable.Repeat(13140L, count - 2)];
        OomEvent oomEvent = Machine(
            release,
            "GFP_KERNEL",
            0,
            Zone("DMA", 1000, 400, ("present", 16000)).With(dma),
            Zone("DMA32", 1000, 4000, ("present", 2900000)).With(dma32),
            Zone("Normal", 1000, 4000, ("present", 13500000)).With(new long[count]));
        Assert.Equal(order, string.Join(',', OomWatermarks.Of(oomEvent)!.ZoneOrder));
        Assert.Equal(15915, OomWatermarks.Of(oomEvent)!.Zones[0].ReservePages);
    }

    /// <summary>16 KiB pages: 2288 kB are 143 pages.</summary>
    [Fact]
    public void Pages_MayBeLarger()
    {
        OomEvent oomEvent = Machine("6.12.117", "GFP_KERNEL", 0, Zone("DMA", 1584, 2288).With(0, 0, 0, 0, 0)) with { PageSize = 16384 };
        OomZoneCheck zone = OomWatermarks.Of(oomEvent)!.Zones[0];
        Assert.Equal((99L, 143L, 45L), (zone.FreePages, zone.MinPages, zone.ShortPages));
    }
}
