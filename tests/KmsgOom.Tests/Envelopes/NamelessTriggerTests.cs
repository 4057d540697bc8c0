using System.Text;
using KmsgOom.Lines;
using KmsgOom.Tests.Support;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Envelopes;

/// <summary>The trigger of kernels up to 2.6.18 names no task; what stands before it is a wrapper.</summary>
public sealed class NamelessTriggerTests
{
    private static readonly string[] Report =
    [
        "oom-killer: gfp_mask=0x1d2, order=0", "DMA per-cpu:", "cpu 0 hot: low 2, high 6, batch 1", "cpu 0 cold: low 0, high 2, batch 1", "Normal per-cpu: empty",
        "Free pages:        2192kB (0kB HighMem)", "Active:2113 inactive:643 dirty:0 writeback:0 unstable:0 free:548 slab:2233 mapped:1518 pagetables:210",
        "DMA free:1260kB min:60kB low:120kB high:180kB active:5912kB inactive:5788kB present:16384kB", "protections[]: 0 0 0", "Swap cache: add 1, delete 1, find 0/0, race 0+0",
        "Free swap:            0kB", "65536 pages of RAM", "Out of Memory: Killed process 77 (indexer).",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("    ")]
    [InlineData("\t")]
    [InlineData("> ")]
    [InlineData("laptop ")]
    [InlineData("srv2: ")]
    [InlineData("Nov 17 06:19:30 sleeper ")]
    [InlineData("Nov 17 06:19:30 sleeper kernel: ")]
    [InlineData("Aug 14 15:02:56 [kernel] ")]
    [InlineData("site=berlin unit=4 ")]
    public void Report_BehindAnyWrapper_IsTheSame(string before)
    {
        byte[] wrapped = Encoding.Latin1.GetBytes(string.Concat(Report.Select(line => before + line + "\n")));
        OomEvent expected = Comparable(Assert.Single(OomLog.Parse(string.Join('\n', Report), Golden.Options)));

        OomEvent actual = Assert.Single(OomLog.Parse(wrapped, Golden.Options));

        Assert.Equal(expected, Comparable(actual));
        Assert.Equal(OomSections.Trigger, actual.Sections & OomSections.Trigger);
        Assert.Empty(actual.UnknownLines);
        Assert.Equal(actual, Assert.Single(Chunks.ParseWithoutSkipping(wrapped, Golden.Options)));
        for (int cut = 1; cut < wrapped.Length; cut++)
        {
            Assert.Equal(actual, Assert.Single(Chunks.ParseCut(wrapped, [cut], Golden.Options)));
        }
    }

    [Theory]
    [InlineData("laptop ")]
    [InlineData("Nov 17 06:19:30 sleeper ")]
    [InlineData("Aug 14 15:02:56 [kernel] ")]
    public void SecondTrigger_BehindTheSameWrapper_IsAnotherEvent(string before)
    {
        string log = string.Concat(Report.Concat(Report.Select(line => line.Replace("77", "78", StringComparison.Ordinal))).Select(line => before + line + "\n"));

        Assert.Equal([77, 78], OomLog.Parse(log, Golden.Options).Select(oomEvent => Assert.Single(oomEvent.Victims).Pid));
    }

    [Theory]
    [InlineData("we saw oom-killer: gfp_mask= and so on")]
    [InlineData("we saw oom-killer: gfp_mask=0x and so on")]
    [InlineData("we saw oom-killer: gfp_mask=0xd2 and so on")]
    [InlineData("we saw oom-killer: gfp_mask=0xd2, order=")]
    [InlineData("we saw \"oom-killer: gfp_mask=0xd2\"")]
    [InlineData("pre-oom-killer: gfp_mask=number")]
    [InlineData("noom-killer: gfp_mask=0xd2")]
    [InlineData("indexer invoked oom-killer: gfp_mask=0xd2, order=0")]
    [InlineData("oom-killer: gfp_mask=0xd2")]
    public void Text_ThatIsNoWrapperAndTrigger_IsNone(string line) => Assert.Equal(-1, TriggerLine.FindNameless(Latin1.Bytes(line)));

    [Theory]
    [InlineData("Subject: Re: thrashing and oom-killer: gfp_mask=0x201d2, order=0\nFrom: somebody\n", 0)]
    [InlineData("laptop oom-killer: gfp_mask=0x1d2\n", 0)]
    [InlineData("laptop oom-killer: gfp_mask=0x1d2\nlaptop DMA per-cpu:\n", 1)]
    [InlineData("    oom-killer: gfp_mask=0x1d2\n", 1)]
    [InlineData("Nov 17 06:19:30 sleeper oom-killer: gfp_mask=0x1d2\n", 1)]
    public void Trigger_BehindSomebodysWords_NeedsAnotherLine(string log, int events) => Assert.Equal(events, OomLog.Parse(log, Golden.Options).Length);

    [Fact]
    public void Trigger_WithAName_KeepsIt()
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse("laptop kernel: indexer invoked oom-killer: gfp_mask=0xd2, order=0\n", Golden.Options));

        Assert.EndsWith("indexer", oomEvent.Trigger?.Name?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("> ")]
    [InlineData(">")]
    [InlineData(">> ")]
    [InlineData("> > ")]
    public void QuotedTrigger_Alone_HasTheTasksName(string mark)
    {
        string line = $"{mark}indexer invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=0\n";

        Assert.Equal("indexer", Assert.Single(OomLog.Parse(line, Golden.Options)).Trigger?.Name?.ToString());
    }

    [Theory]
    [InlineData("> ", "Node 0 DMA free:15884kB min:40kB low:48kB high:60kB active_anon:0kB inactive_anon:0kB present:15688kB")]
    [InlineData("> ", "2097136 pages RAM")]
    [InlineData(">", "2097136 pages RAM")]
    [InlineData(">", "Node 0 DMA free:15884kB min:40kB low:48kB high:60kB active_anon:0kB inactive_anon:0kB present:15688kB")]
    [InlineData("> ", "indexer cpuset=/ mems_allowed=0")]
    [InlineData(">", "Call Trace:")]
    [InlineData(">", "CPU: 1 PID: 77 Comm: indexer Not tainted 4.4.0-1-generic #1")]
    public void QuotedTrigger_BeforeAnyLine_IsQuotedText(string mark, string next)
    {
        string[] lines = ["indexer invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=0", next, "0 pages reserved", "Out of memory: Kill process 77 (indexer) score 9 or sacrifice child"];
        byte[] quoted = Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => mark + line + "\n")));

        OomEvent oomEvent = Assert.Single(OomLog.Parse(quoted, Golden.Options));

        Assert.Equal("indexer", oomEvent.Trigger?.Name?.ToString());
        Assert.Empty(oomEvent.UnknownLines);
        Assert.Equal(Comparable(Assert.Single(OomLog.Parse(string.Join('\n', lines), Golden.Options))), Comparable(oomEvent));
        Assert.Equal(oomEvent, Assert.Single(Chunks.ParseWithoutSkipping(quoted, Golden.Options)));
        Assert.All(Enumerable.Range(1, quoted.Length - 1), cut => Assert.Equal(oomEvent, Assert.Single(Chunks.ParseCut(quoted, [cut], Golden.Options))));
    }

    private static OomEvent Comparable(OomEvent oomEvent) => FormRules.Normalize(oomEvent);
}
