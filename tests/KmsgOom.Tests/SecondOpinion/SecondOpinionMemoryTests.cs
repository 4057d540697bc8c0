namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The examples of the format reference from the reaper on: what is left, what is free.</summary>
public sealed class SecondOpinionMemoryTests
{
    [Fact]
    public void Lines_without_a_victim()
    {
        Assert.NotNull(NoKillableGrammar.TryParse("Out of memory and no killable processes..."));
        Assert.Equal(
            new Panic("Out of memory: system-wide panic_on_oom is enabled", false),
            PanicGrammar.TryParse("Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled\n"));
        Assert.Equal(
            new Panic("System is deadlocked on memory", true),
            PanicGrammar.TryParse("---[ end Kernel panic - not syncing: System is deadlocked on memory ]---"));
        Assert.Null(PanicGrammar.TryParse("Kernel panic - not syncing: Attempted to kill init!"));
    }

    [Theory]
    [InlineData("oom_kill_process: 13 callbacks suppressed", "oom_kill_process", 13)]
    [InlineData("__ratelimit: 2 callbacks suppressed", "__ratelimit", 2)]
    [InlineData("printk: 7 messages suppressed.", "printk", 7)]
    public void Suppressed(string message, string source, long count) =>
        Assert.Equal(new Suppressed(source, count), SuppressedGrammar.TryParse(message));

    [Theory]
    [InlineData("awk: page allocation failure. order:5, mode:0xd0", "awk", "page allocation failure", 5, null, null)]
    [InlineData("awk: page allocation failure: order:5, mode:0xdc0(GFP_KERNEL|__GFP_ZERO), nodemask=0,2,cpuset=a b,mems_allowed=0-3", "awk", "page allocation failure", 5, "0,2", "a b")]
    [InlineData("awk: page allocation stalls for 10004ms, order:0, mode:0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null)", "awk", "page allocation stalls for 10004ms", 0, null, null)]
    [InlineData("modprobe: vmalloc error: size 8192, page order 0, failed to allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM), nodemask=(null),cpuset=/,mems_allowed=0", "modprobe", "vmalloc error: size 8192, page order 0, failed to allocate pages", 0, null, "/")]
    public void Allocation_failure(string message, string comm, string reason, int? order, string? nodemask, string? cpuset)
    {
        AllocationFailure? failure = AllocationFailureGrammar.TryParse(message);

        Assert.NotNull(failure);
        Assert.Equal((comm, reason, order), (failure.Comm, failure.Reason, failure.Order));
        Assert.Equal((nodemask, cpuset), (failure.Nodemask, failure.Cpuset));
    }

    [Theory]
    [InlineData("Active:12 inactive:3 dirty:0 writeback:0 unstable:0 free:9 slab:1 mapped:2 pagetables:4", 9)]
    [InlineData("active_anon:1 inactive_anon:2 isolated_anon:3\n active_file:4 inactive_file:5 isolated_file:6\n free:7 free_pcp:8 free_cma:9", 9)]
    [InlineData(" mapped:360 shmem:1485 pagetables:310", 3)]
    [InlineData("Free pages:       12345kB (0kB HighMem)", 2)]
    public void Global_counters(string message, int count) => Assert.Equal(count, GlobalCountersGrammar.TryParse(message)?.Counters.Count);

    [Fact]
    public void Node_and_zone()
    {
        NodeLine? node = NodeLineGrammar.TryParse("Node 0 active_anon:968kB isolated(file):768kB shmem_thp: 4kB pages_scanned:7 all_unreclaimable? no Balloon:8kB");
        Assert.NotNull(node);
        Assert.Equal((0, false), (node.Node, node.AllUnreclaimable));
        Assert.Equal(
            [new("active_anon", 968, "kB"), new("isolated(file)", 768, "kB"), new("shmem_thp", 4, "kB"), new("pages_scanned", 7, null), new("Balloon", 8, "kB")],
            node.Counters);

        ZoneLine? zone = ZoneLineGrammar.TryParse("Node 1 DMA32 free:3100kB boost:2048kB reserved_highatomic:0KB free_cma:0kB");
        Assert.NotNull(zone);
        Assert.Equal((1, "DMA32", null), (zone.Node, zone.Zone, zone.AllUnreclaimable));
        Assert.Equal(new Counter("reserved_highatomic", 0, "KB"), zone.Counters[2]);
        Assert.Null(ZoneLineGrammar.TryParse("Normal free:8kB min:4kB pages_scanned:0 all_unreclaimable? yes")?.Node);

        Assert.Equal([0L, 295, -1], ReserveGrammar.TryParse("lowmem_reserve[]: 0 295 -1")?.Pages);
        Assert.Equal([0L, 8, 16], ReserveGrammar.TryParse("protections[]: 0 8 16")?.Pages);
    }

    [Fact]
    public void Buddy()
    {
        BuddyLine? line = BuddyGrammar.TryParse("Node 0 DMA: 1*4kB (U) 2*8kB (UME) 0*16kB = 20kB");
        Assert.NotNull(line);
        Assert.Equal((0, "DMA", 20L), (line.Node, line.Zone, line.TotalKiB));
        Assert.Equal([new(1, 4, "U"), new(2, 8, "UME"), new(0, 16, null)], line.Orders);
        Assert.Equal(11, BuddyGrammar.TryParse("Normal: 184*4kB (M) 203*8kB (ME) 101*16kB (UME) 13*32kB (ME) 2*64kB (ME) 2*128kB (E) 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB = 4776kB")?.Orders.Count);
    }

    [Fact]
    public void Totals_and_tables()
    {
        Assert.Equal(
            new Hugepages(0, 1, 2, 3, 2048),
            HugepagesGrammar.TryParse("Node 0 hugepages_total=1 hugepages_free=2 hugepages_surp=3 hugepages_size=2048kB"));
        Assert.Equal(new PageTotal(1485, "total pagecache pages"), PageTotalGrammar.TryParse("1485 total pagecache pages"));
        Assert.Equal(new PageTotal(0, "pages HighMem/MovableOnly"), PageTotalGrammar.TryParse("0 pages HighMem/MovableOnly"));
        Assert.Null(PageTotalGrammar.TryParse("12 pages of prose"));
        Assert.Equal(new SwapSpace(false, 8), SwapSpaceGrammar.TryParse("Free swap  = 8kB"));
        Assert.Equal(new SwapSpace(false, 8), SwapSpaceGrammar.TryParse("Free swap:            8kB"));
        Assert.Equal(new SwapSpace(true, 16), SwapSpaceGrammar.TryParse("Total swap = 16kB"));
        Assert.Equal(new SwapCache(1, 2, 3, 4, null), SwapCacheGrammar.TryParse("Swap cache stats: add 1, delete 2, find 3/4"));
        Assert.Equal(new SwapCache(1, 2, 3, 4, (5, 6)), SwapCacheGrammar.TryParse("Swap cache: add 1, delete 2, find 3/4, race 5+6"));
        Assert.Equal(new SlabRow("kmalloc-2048", 1024, 2048), SlabGrammar.TryParse("kmalloc-2048            1024KB       2048KB"));
        Assert.Equal(
            new AllocationProfileRow("127664128", 31168, "mm/page_ext.c", 270, null, "alloc_page_ext"),
            AllocationProfileGrammar.TryParse("   127664128    31168 mm/page_ext.c:270 func:alloc_page_ext"));
        Assert.Equal(
            new AllocationProfileRow("122 MiB", 31168, "fs/xfs/xfs_buf.c", 270, "xfs", "xfs_buf_alloc"),
            AllocationProfileGrammar.TryParse("     122 MiB    31168 fs/xfs/xfs_buf.c:270 [xfs] func:xfs_buf_alloc"));
    }
}
