using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class SlubLineTests
{
    [Theory]
    [InlineData("SLUB: Unable to allocate memory on node -1 (gfp=0x20)")]
    [InlineData("SLUB: Unable to allocate memory on node -1, gfp=0x1080020(GFP_ATOMIC)")]
    [InlineData("cache: kmalloc-64, object size: 64, buffer size: 64, default order: 0, min order: 0")]
    [InlineData("node 0: slabs: 5, objs: 20, free: 0")]
    public void Line_OfTheAllocator_IsOne(string text) => Assert.True(SlubLine.IsMatch(Latin1.Bytes(text)));

    [Theory]
    [InlineData("SLUB: HWalign=64, Order=0-3, MinObjects=0, CPUs=2, Nodes=1")]
    [InlineData("cache: disabled")]
    [InlineData("node 0: deferred pages initialised in 12ms")]
    public void Line_OfAnythingElse_IsNone(string text) => Assert.False(SlubLine.IsMatch(Latin1.Bytes(text)));
}
