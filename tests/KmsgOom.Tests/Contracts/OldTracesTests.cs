using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Call traces of old kernels and rare machines, each in a report.</summary>
public sealed class OldTracesTests
{
    [Fact]
    public void FramesInBraces_AreFrames() => AssertFrames(
        """
        oom-killer: gfp_mask=0x201d2, order=0

        Call Trace:
               <ffffffff802500fd>{out_of_memory+55}
               <ffffffff80251238>{__alloc_pages+531} <ffffffff8025301f>{:ext3:ext3_readpage+206}
               <ffffffff8020a02d>{error_exit+0}

        Mem-info:
        DMA per-cpu:
        Out of Memory: Kill process 5 (a) score 9 and children.
        Out of memory: Killed process 5 (a).
        """,
        "<ffffffff802500fd>{out_of_memory+55}",
        "<ffffffff80251238>{__alloc_pages+531} <ffffffff8025301f>{:ext3:ext3_readpage+206}",
        "<ffffffff8020a02d>{error_exit+0}");

    [Fact]
    public void FrameBehindTheTitle_IsAFrame() => AssertFrames(
        """
        oom-killer: gfp_mask=0x201d2, order=0
        Call Trace:<ffffffff8013a6f5>{printk_ratelimit+21} <ffffffff802500fd>{out_of_memory+55}
               <ffffffff8020a02d>{error_exit+0}
        Out of memory: Killed process 5 (a).
        """,
        "<ffffffff8013a6f5>{printk_ratelimit+21} <ffffffff802500fd>{out_of_memory+55}",
        "<ffffffff8020a02d>{error_exit+0}");

    [Fact]
    public void ArmWithoutSymbols_HasFrames() => AssertFrames(
        """
        a invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=0
        Backtrace:
        Function entered at [<c0011738>] from [<c03019b8>]
         r6:c032f1c4 r5:000000d0 r4:00000001 r3:c03a71c8
        Function entered at [<c03019a0>] from [<c00558f4>]
        Mem-info:
        Killed process 5 (a)
        """,
        "Function entered at [<c0011738>] from [<c03019b8>]",
        "Function entered at [<c03019a0>] from [<c00558f4>]");

    [Theory]
    [InlineData("oom-killer: gfp_mask=0x1d2")]
    [InlineData("oom-killer: gfp_mask=0x1d2\nMem-info:\nFree pages:        3932kB (112kB HighMem)")]
    public void I386_PrintsNoTitle(string before) => AssertFrames(
        before + """

         [<c0103dfd>] dump_stack+0x1e/0x22
         [<c013ec1c>] out_of_memory+0x97/0xcf
        Out of Memory: Killed process 5 (a).
        """,
        "[<c0103dfd>] dump_stack+0x1e/0x22",
        "[<c013ec1c>] out_of_memory+0x97/0xcf");

    /// <summary>Behind Mem-Info it is another CPU's where the report has a trace of its own, or should have one.</summary>
    [Theory]
    [InlineData(" [<c0103dfd>] dump_stack+0x1e/0x22")]
    [InlineData("CPU: 0 PID: 5 Comm: a Not tainted 3.10.0 #1")]
    public void FramesBehindMemInfo_OfAReportThatHasItsOwn_AreForeign(string own)
    {
        OomEvent oomEvent = Parse($"a invoked oom-killer: gfp_mask=0x1d2, order=0, oom_score_adj=0\n{own}\nMem-Info:\n [<c013ec1c>] io_schedule+0x97/0xcf\nKilled process 5 (a)\n");

        Assert.DoesNotContain("[<c013ec1c>] io_schedule+0x97/0xcf", oomEvent.CallTrace.Select(frame => frame.ToString()));
    }

    private static void AssertFrames(string log, params string[] frames)
    {
        OomEvent oomEvent = Parse(log + "\n");

        Assert.Equal(frames, oomEvent.CallTrace.Select(frame => frame.ToString()));
        Assert.Empty(oomEvent.UnknownLines);
        Assert.Equal(5, Assert.Single(oomEvent.Victims).Pid);
    }

    private static OomEvent Parse(string log) => Assert.Single(OomLog.Parse(Encoding.UTF8.GetBytes(log), Golden.Options));
}
