using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class MemInfoLineTests
{
    private const string Zone = "free:15360kB boost:0kB min:268kB low:332kB high:396kB reserved_highatomic:0KB active_anon:0kB present:15992kB managed:15360kB mlocked:0kB bounce:0kB";

    [Theory]
    [InlineData("active_anon:1 inactive_anon:2 isolated_anon:0")]
    [InlineData("Node 0 active_anon:968kB inactive_anon:32280kB isolated(anon):0kB shmem_thp: 0kB all_unreclaimable? no")]
    [InlineData("Node 0 active_anon:968kB all_unreclaimable? no Balloon:0kB gpu_active:0kB gpu_reclaim:0kB")]
    [InlineData("Node 0 DMA " + Zone)]
    [InlineData("Node 1 Normal " + Zone)]
    [InlineData("DMA " + Zone)]
    [InlineData("DMA32 " + Zone)]
    [InlineData("Normal " + Zone)]
    [InlineData("HighMem " + Zone)]
    [InlineData("Movable " + Zone)]
    [InlineData("Device " + Zone)]
    [InlineData("Node 0 DMA per-cpu:")]
    [InlineData("DMA per-cpu:")]
    [InlineData("HighMem per-cpu: empty")]
    [InlineData("lowmem_reserve[]: 0 1980 1980 1980")]
    [InlineData("protections[]: 0 0 0")]
    [InlineData("Node 0 DMA: 1*4kB (U) 1*8kB (U) 0*16kB = 12kB")]
    [InlineData("Normal: 184*4kB (M) 203*8kB (ME) = 4776kB")]
    [InlineData("Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB")]
    [InlineData("3405 total pagecache pages")]
    [InlineData("0 pages in swap cache")]
    [InlineData("Swap cache stats: add 0, delete 0, find 0/0")]
    [InlineData("Swap cache: add 0, delete 0, find 0/0, race 0+0")]
    [InlineData("Free swap  = 0kB")]
    [InlineData("Free swap:            0kB")]
    [InlineData("Free pages:       12345kB (0kB HighMem)")]
    [InlineData("Total swap = 0kB")]
    [InlineData("131072 pages RAM")]
    [InlineData("131072 pages of RAM")]
    [InlineData("0 pages of HIGHMEM")]
    [InlineData("0 pages HighMem")]
    [InlineData("0 pages HighMem/MovableOnly")]
    [InlineData("4096 pages reserved")]
    [InlineData("4096 reserved pages")]
    [InlineData("100 pages shared")]
    [InlineData("100 pages non-shared")]
    [InlineData("100 pages swap cached")]
    [InlineData("0 pages in pagetable cache")]
    [InlineData("0 pages cma reserved")]
    [InlineData("0 pages hwpoisoned")]
    [InlineData("Unreclaimable slab info:")]
    public void MemInfo_WithItsOwnWords_IsRecognisedAnywhere(string message)
    {
        Assert.True(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: true));
        Assert.True(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: false));
    }

    /// <summary>Section 10.1: before 2.6.32 the block may begin with these, in 2.6.9 without any header.</summary>
    [Theory]
    [InlineData("Active:120 inactive:33 dirty:0 writeback:0 unstable:0 free:512 slab:9 mapped:7 pagetables:2")]
    [InlineData("Active_anon:120 active_file:33 inactive_anon:5")]
    public void MemInfo_BeginningWithOldCounters_IsRecognisedAnywhere(string message)
    {
        Assert.True(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: true));
        Assert.True(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: false));
    }

    [Theory]
    [InlineData("active_file:2 inactive_file:3 isolated_file:0")]
    [InlineData("unevictable:0 dirty:1 writeback:0 unstable:0")]
    [InlineData("free:512 slab:9 mapped:7 pagetables:2 bounce:0")]
    [InlineData("inactive_file:5 unevictable:0 dirty:1 writeback:0 unstable:0")]
    [InlineData("slab_reclaimable:1 slab_unreclaimable:2")]
    [InlineData("mapped:1 shmem:2 pagetables:3 bounce:0")]
    [InlineData("sec_pagetables:0 bounce:0")]
    [InlineData("kernel_misc_reclaimable:0")]
    [InlineData("free:512 free_pcp:1 free_cma:0")]
    [InlineData("free_cma:0")]
    [InlineData("isolated(file):0kB mapped:2504kB")]
    [InlineData("shmem_thp: 0kB shmem_pmdmapped: 0kB")]
    [InlineData("all_unreclaimable? yes")]
    [InlineData("CPU    0: hi:  186, btch:  31 usd:   0")]
    [InlineData("CPU    0: Hot: hi:  186, btch:  31 usd:   0   Cold: hi:   62, btch:  15 usd:   0")]
    [InlineData("Name                      Used          Total")]
    [InlineData("122 MiB    31168 fs/xfs/xfs_buf.c:270 [xfs] func:xfs_buf_alloc")]
    [InlineData("127664128    31168 mm/page_ext.c:270 func:alloc_page_ext")]
    public void MemInfo_WithCommonWords_IsRecognisedInside(string message) =>
        Assert.True(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: true));

    [Theory]
    [InlineData("watchdog: 5")]
    [InlineData("watchdog: 5 of 6")]
    [InlineData("watchdog: ")]
    [InlineData("watchdog:")]
    public void OtherWords_WithAColon_AreNoCounters(string message) =>
        Assert.False(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: true));

    [Theory]
    [InlineData("kmalloc-2048            1024KB       2048KB")]
    [InlineData("task_struct                1KB          1KB")]
    [InlineData("TCP                       30KB         60KB")]
    [InlineData("UDPv6                     30KB         60KB")]
    [InlineData("Acpi-Operand              30KB         60KB")]
    [InlineData("PING                      30KB         60KB")]
    [InlineData("pid                       30KB         60KB")]
    [InlineData("lsm_file_cache            30KB         60KB")]
    [InlineData("fsnotify_mark(x):y/z      30KB         60KB")]
    [InlineData("9p-fcall-cache            30KB         60KB")]
    public void SlabRow_OfAnyName_IsRecognisedInside(string message) =>
        Assert.True(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: true));

    [Theory]
    [InlineData("Memory allocations:")]
    [InlineData("Memory allocations (profiling is currently turned on):")]
    [InlineData("excessive unreclaimable slab but cannot dump stats")]
    public void Title_OfATablePart_IsRecognisedInside(string message) =>
        Assert.True(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: true));

    [Theory]
    [InlineData("DMA: empty")]
    [InlineData("cpu 0 hot: low 2, high 6, batch 1")]
    [InlineData("cpu 0 cold: high 62, batch 31 used:0")]
    [InlineData("12 pages dirty")]
    [InlineData("12 pages writeback")]
    [InlineData("12 pages mapped")]
    [InlineData("12 pages slab")]
    [InlineData("12 pages pagetables")]
    [InlineData("12 free pages")]
    [InlineData("12 slab pages")]
    public void MemInfo_Until2626_IsRecognisedInside(string message) =>
        Assert.True(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: true));

    [Theory]
    [InlineData("eth0: link up")]
    [InlineData("Node: 5")]
    [InlineData("DMA32 zone: 1000 pages")]
    [InlineData("systemd[1]: Started x")]
    [InlineData("12 pages printed")]
    [InlineData("Active: active (running)")]
    public void MemInfo_OfOtherWords_IsNone(string message) => Assert.False(MemInfoLine.IsMatch(Latin1.Bytes(message), isInside: false));

    [Theory]
    [InlineData("Node 0 DMA: 1*4kB (U) 1*8kB (U) 0*16kB = 12kB", 4096)]
    [InlineData("Normal: 184*4kB (M) 203*8kB (ME) = 4776kB", 4096)]
    [InlineData("Node 0 DMA: 25*16kB (UME) 3*32kB (E) = 4776kB", 16384)]
    [InlineData("Node 0 Normal: 25*64kB (UME) 3*128kB (E) = 4776kB", 65536)]
    public void PageSize_OfABuddyLine_IsItsFirstBlock(string message, int expected)
    {
        Assert.True(MemInfoLine.TryReadPageSize(Latin1.Bytes(message), isRest: false, out int pageSize));
        Assert.Equal(expected, pageSize);
    }

    [Theory]
    [InlineData("Node 0 DMA " + Zone)]
    [InlineData("4*64kB (E) 2*128kB (E) = 512kB")]
    [InlineData("Node 0 DMA: 1*5kB (U) = 12kB")]
    [InlineData("Node 0 DMA: 1*0kB (U) = 12kB")]
    [InlineData("Node 0 DMA: x*4kB (U) = 12kB")]
    [InlineData("Node 0 DMA: 1*4")]
    public void PageSize_OfAnotherLine_IsNotRead(string message) => Assert.False(MemInfoLine.TryReadPageSize(Latin1.Bytes(message), isRest: false, out _));
}
