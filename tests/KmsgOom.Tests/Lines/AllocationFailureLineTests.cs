using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class AllocationFailureLineTests
{
    [Theory]
    [InlineData("swapper: page allocation failure. order:1, mode:0x20", "swapper", 1, 0x20u, null)]
    [InlineData("kworker/0:1: page allocation failure: order:5, mode:0x40d0", "kworker/0:1", 5, 0x40d0u, null)]
    [InlineData("java: page allocation failure: order:4, mode:0x2040d0(GFP_TEMPORARY|__GFP_COMP)", "java", 4, 0x2040d0u, "GFP_TEMPORARY|__GFP_COMP")]
    [InlineData("java: page allocation failure: order:4, mode:0x14040c0(GFP_KERNEL|__GFP_COMP), nodemask=(null)", "java", 4, 0x14040c0u, "GFP_KERNEL|__GFP_COMP")]
    [InlineData("java: page allocation failure: order:0, mode:0xa20(GFP_ATOMIC), nodemask=(null),cpuset=/,mems_allowed=0-1", "java", 0, 0xa20u, "GFP_ATOMIC")]
    [InlineData("java: page allocation failure: order:0, mode:0x0(), nodemask=0,2-3", "java", 0, 0u, "")]
    [InlineData("java: page allocation stalls for 10012ms, order:0, mode:0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null)", "java", 0, 0x14200cau, "GFP_HIGHUSER_MOVABLE")]
    [InlineData("modprobe: vmalloc: allocation failure: 8392704 bytes, mode:0x14000c0(GFP_KERNEL), nodemask=(null)", "modprobe", null, 0x14000c0u, "GFP_KERNEL")]
    [InlineData("modprobe: vmalloc: allocation failure, allocated 4096 of 8392704 bytes, mode:0xcc0(GFP_KERNEL), nodemask=(null),cpuset=/,mems_allowed=0",
        "modprobe", null, 0xcc0u, "GFP_KERNEL")]
    [InlineData("kworker/u4:0: vmemmap alloc failure: order:9, mode:0x4cc0(GFP_KERNEL|__GFP_RETRY_MAYFAIL), nodemask=(null)",
        "kworker/u4:0", 9, 0x4cc0u, "GFP_KERNEL|__GFP_RETRY_MAYFAIL")]
    [InlineData("insmod: vmalloc error: size 17592186044416, exceeds total pages, mode:0xcc0(GFP_KERNEL), nodemask=(null)", "insmod", null, 0xcc0u, "GFP_KERNEL")]
    [InlineData("insmod: vmalloc error: size 4096, failed to map pages, mode:0xcc0(GFP_KERNEL), nodemask=(null)", "insmod", null, 0xcc0u, "GFP_KERNEL")]
    [InlineData("insmod: vmalloc error: size 4096, failed to allocated page array size 8, mode:0xcc0(GFP_KERNEL), nodemask=(null)", "insmod", null, 0xcc0u, "GFP_KERNEL")]
    [InlineData("insmod: vmalloc error: size 4096, vm_struct allocation failed, mode:0xcc0(GFP_KERNEL), nodemask=(null)", "insmod", null, 0xcc0u, "GFP_KERNEL")]
    [InlineData("insmod: vmalloc error: size 2097152, page order 9, failed to allocate pages, mode:0xcc0(GFP_KERNEL), nodemask=(null)", "insmod", 9, 0xcc0u, "GFP_KERNEL")]
    public void Failure_OfEveryEra_IsRead(string message, string name, int? order, uint mask, string? flags)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(AllocationFailureLine.IsMatch(text));
        Assert.True(AllocationFailureLine.TryParse(text, out AllocationFailureLine line));
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal(order, line.Order);
        Assert.Equal(mask, line.GfpMask);
        Assert.Equal(flags, Latin1.Text(line.GfpFlags, text));
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    [InlineData("order:7")]
    [InlineData("a, mode:0x1")]
    public void Failure_WithHostileName_KeepsItWhole(string name)
    {
        byte[] text = Latin1.Bytes(name + ": page allocation failure: order:3, mode:0xcc0(GFP_KERNEL), nodemask=(null)");

        Assert.True(AllocationFailureLine.IsMatch(text));
        Assert.True(AllocationFailureLine.TryParse(text, out AllocationFailureLine line));
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal(3, line.Order);
        Assert.Equal(0xcc0u, line.GfpMask);
    }

    [Theory]
    [InlineData("SLUB: Unable to allocate memory on node -1 (gfp=0x20)")]
    [InlineData("SLUB: Unable to allocate memory on node -1, gfp=0x1080020(GFP_ATOMIC)")]
    [InlineData("  cache: kmalloc-64, object size: 64, buffer size: 64, default order: 0, min order: 0")]
    [InlineData("swapper: page allocation failure")]
    [InlineData("cfg80211: change, mode:0x2")]
    public void Failure_WithoutItsWords_IsNone(string message) => Assert.False(AllocationFailureLine.IsMatch(Latin1.Bytes(message)));
}
