using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class TriggerLineTests
{
    [Theory]
    [InlineData("oom-killer: gfp_mask=0xd0, order=0", null, 0xd0u, null, null, 0, null, null)]
    [InlineData("oom-killer: gfp_mask=0xd0", null, 0xd0u, null, null, null, null, null)]
    [InlineData("httpd invoked oom-killer: gfp_mask=0x201d2, order=0, oomkilladj=0", "httpd", 0x201d2u, null, null, 0, 0, null)]
    [InlineData("sshd invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=-17", "sshd", 0x201dau, null, null, 0, -17, null)]
    [InlineData("osmcore_L invoked oom-killer: gfp_mask=0x200da, order=0, oom_adj=-17, oom_score_adj=-1000", "osmcore_L", 0x200dau, null, null, 0, -17, -1000)]
    [InlineData("thrash invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0", "thrash", 0xd0u, null, null, 0, null, 0)]
    [InlineData("a invoked oom-killer: gfp_mask=0x24201ca(GFP_HIGHUSER_MOVABLE|__GFP_COLD), order=2, oom_score_adj=1000",
        "a", 0x24201cau, "GFP_HIGHUSER_MOVABLE|__GFP_COLD", null, 2, null, 1000)]
    [InlineData("a invoked oom-killer: gfp_mask=0x24201ca(GFP_HIGHUSER_MOVABLE|__GFP_COLD), nodemask=0,2-3, order=0, oom_score_adj=0",
        "a", 0x24201cau, "GFP_HIGHUSER_MOVABLE|__GFP_COLD", "0,2-3", 0, null, 0)]
    [InlineData("a invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=0-1,  order=0, oom_score_adj=0",
        "a", 0x14200cau, "GFP_HIGHUSER_MOVABLE", "0-1", 0, null, 0)]
    [InlineData("mem invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null),  order=0, oom_score_adj=0",
        "mem", 0x14200cau, "GFP_HIGHUSER_MOVABLE", null, 0, null, 0)]
    [InlineData("a invoked oom-killer: gfp_mask=0x240****(GFP_KERNEL), order=0, oom_score_adj=1", "a", null, "GFP_KERNEL", null, 0, null, 1)]
    [InlineData("a invoked oom-killer: gfp_mask=0x****(GFP_KERNEL), order=3, oom_score_adj=1", "a", null, "GFP_KERNEL", null, 3, null, 1)]
    [InlineData("a invoked oom-killer: gfp_mask=0x24****, order=0, oom_score_adj=1", "a", null, null, null, 0, null, 1)]
    [InlineData("CPU 0/KVM invoked oom-killer: gfp_mask=0x15000c0(GFP_KERNEL_ACCOUNT), nodemask=(null), order=0, oom_score_adj=0",
        "CPU 0/KVM", 0x15000c0u, "GFP_KERNEL_ACCOUNT", null, 0, null, 0)]
    [InlineData("a invoked oom-killer: gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE), nodemask=, order=0, oom_score_adj=0",
        "a", 0x6200cau, "GFP_HIGHUSER_MOVABLE", "", 0, null, 0)]
    [InlineData("kworker/0:2 invoked oom-killer: order=-1, oom_score_adj=0, gfp_mask=0x24000c0(GFP_KERNEL)", "kworker/0:2", 0x24000c0u, "GFP_KERNEL", null, -1, null, 0)]
    [InlineData("a invoked oom-killer: order=0, oom_score_adj=-17, gfp_mask=0x24201ca(GFP_HIGHUSER_MOVABLE|__GFP_COLD)",
        "a", 0x24201cau, "GFP_HIGHUSER_MOVABLE|__GFP_COLD", null, 0, null, -17)]
    [InlineData("python3 invoked oom-killer: gfp_mask=0x0(), order=0, oom_score_adj=0", "python3", 0u, "", null, 0, null, 0)]
    [InlineData("kworker/3:1 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0", "kworker/3:1", 0xcc0u, "GFP_KERNEL", null, -1, null, 0)]
    [InlineData("a invoked oom-killer: gfp_mask=0x2000cc0(GFP_KERNEL|0x2000000), order=0, oom_score_adj=-998", "a", 0x2000cc0u, "GFP_KERNEL|0x2000000", null, 0, null, -998)]
    [InlineData("a invoked oom-killer: gfp_mask=0xffffffff(GFP_KERNEL), order=10, oom_score_adj=0", "a", uint.MaxValue, "GFP_KERNEL", null, 10, null, 0)]
    public void Trigger_OfEveryEra_IsReadWhole(
        string message, string? name, uint? mask, string? flags, string? nodemask, int? order, int? oomAdj, int? oomScoreAdj)
    {
        byte[] line = Latin1.Bytes(message);

        Assert.True(TriggerLine.IsMatch(line));
        Assert.True(TriggerLine.TryParse(line, out TriggerLine trigger));
        Assert.Equal(name, Latin1.Text(trigger.Name, line));
        Assert.Equal(mask, trigger.GfpMask);
        Assert.Equal(flags, Latin1.Text(trigger.GfpFlags, line));
        Assert.Equal(nodemask, Latin1.Text(trigger.Nodemask, line));
        Assert.Equal(order, trigger.Order);
        Assert.Equal(oomAdj, trigger.OomAdj);
        Assert.Equal(oomScoreAdj, trigger.OomScoreAdj);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Trigger_WithHostileName_KeepsItWhole(string name)
    {
        byte[] line = Latin1.Bytes(name + " invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=3, oom_score_adj=-5");

        Assert.True(TriggerLine.IsMatch(line));
        Assert.True(TriggerLine.TryParse(line, out TriggerLine trigger));
        Assert.Equal(name, Latin1.Text(trigger.Name, line));
        Assert.Equal(0xcc0u, trigger.GfpMask);
        Assert.Equal(3, trigger.Order);
        Assert.Equal(-5, trigger.OomScoreAdj);
    }

    [Fact]
    public void Trigger_CutBehindItsWords_IsStillATrigger()
    {
        byte[] line = Latin1.Bytes("mem invoked oom-killer: ");

        Assert.True(TriggerLine.TryParse(line, out TriggerLine trigger));
        Assert.Equal("mem", Latin1.Text(trigger.Name, line));
        Assert.Null(trigger.GfpMask);
        Assert.Null(trigger.Order);
        Assert.Null(trigger.OomScoreAdj);
    }

    [Theory]
    [InlineData("mem cpuset=/ mems_allowed=0")]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE")]
    [InlineData("systemd: the oom-killer was invoked")]
    [InlineData("sysrq: Manual OOM execution")]
    [InlineData("line invoked oom-killer now")]
    public void Trigger_WithoutItsWords_IsNone(string message)
    {
        Assert.False(TriggerLine.IsMatch(Latin1.Bytes(message)));
        Assert.False(TriggerLine.TryParse(Latin1.Bytes(message), out _));
    }
}
