using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class AllocationProfileLineTests
{
    [Theory]
    [InlineData("127664128    31168 mm/page_ext.c:270 func:alloc_page_ext", "127664128", 127664128, 31168, "mm/page_ext.c:270", null, "alloc_page_ext")]
    [InlineData("122 MiB    31168 fs/xfs/xfs_buf.c:270 [xfs] func:xfs_buf_alloc", "122 MiB", 127926272, 31168, "fs/xfs/xfs_buf.c:270", "xfs", "xfs_buf_alloc")]
    [InlineData("1.50 GiB        5 mm/slub.c:2425 func:alloc_slab_page", "1.50 GiB", 1610612736, 5, "mm/slub.c:2425", null, "alloc_slab_page")]
    [InlineData("64.0 KiB        1 a.c:1 func:f", "64.0 KiB", 65536, 1, "a.c:1", null, "f")]
    [InlineData("512 B        1 a.c:1 func:f", "512 B", 512, 1, "a.c:1", null, "f")]
    [InlineData("-4096        0 a.c:1 func:f", "-4096", -4096, 0, "a.c:1", null, "f")]
    [InlineData("999 EiB        1 a.c:1 func:f", "999 EiB", long.MaxValue, 1, "a.c:1", null, "f")]
    public void Site_WithItsSize_IsRead(string message, string size, long bytes, long calls, string site, string? module, string function)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(AllocationProfileLine.TryParse(text, out AllocationProfileLine line));
        Assert.Equal((size, bytes, calls), (Latin1.Text(line.Size, text), line.Bytes, line.Calls));
        Assert.Equal((site, module, function), (Latin1.Text(line.Site, text), Latin1.Text(line.Module, text), Latin1.Text(line.Function, text)));
    }

    [Theory]
    [InlineData("Memory allocations:")]
    [InlineData("122 MiB fs/xfs/xfs_buf.c:270 func:f")]
    [InlineData("122 MiB    31168 fs/xfs/xfs_buf.c:270")]
    [InlineData("122 MiB    31168")]
    [InlineData("524158 pages RAM")]
    public void Site_OfAnythingElse_IsNone(string message) => Assert.False(AllocationProfileLine.TryParse(Latin1.Bytes(message), out _));

    [Theory]
    [InlineData("Memory allocations:", null)]
    [InlineData("Memory allocations (profiling is currently turned on):", true)]
    [InlineData("Memory allocations (profiling is currently turned off):", false)]
    public void Title_SaysWhetherProfilingIsOn(string message, bool? isOn)
    {
        Assert.True(Latin1.Bytes(message).AsSpan().StartsWith(AllocationProfileLine.Title));
        Assert.Equal(isOn, AllocationProfileLine.IsProfilingOn(Latin1.Bytes(message)));
    }
}
