using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Where the first line of a report is cut, or somebody's words, the first line that has a clock tells when it began.</summary>
public sealed class FirstClockTests
{
    private static readonly string[] Rest =
    [
        "indexer cpuset=/ mems_allowed=0", "CPU: 5 PID: 77 Comm: indexer Not tainted 4.4.0-1-generic #1", "Call Trace:", " dump_stack+0x63/0x82", " dump_header+0x5a/0x1c3",
        "Mem-Info:", "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name", "[   77]     0    77     1000      100      10       3        0             0 indexer",
        "Out of memory: Kill process 77 (indexer) score 9 or sacrifice child", "Killed process 77 (indexer) total-vm:4000kB, anon-rss:400kB, file-rss:0kB",
    ];

    [Theory]
    [InlineData("066.536886] indexer invoked oom-killer: gfp_mask=0x2400040, order=0, oom_score_adj=0\n")]
    [InlineData("indexer invoked oom-killer: gfp_mask=0x2400040, order=0, oom_score_adj=0\n")]
    [InlineData("[   12.000000] other line\nindexer invoked oom-killer: gfp_mask=0x2400040, order=0, oom_score_adj=0\n")]
    [InlineData("Tasks state (memory values in pages):\n", 6)]
    public void Event_WhoseFirstLineHasNoStamp_HasTheNextOnes(string first, int from = 0)
    {
        byte[] log = Encoding.Latin1.GetBytes(first + string.Concat(Rest[from..].Select((line, at) => $"[41066.{536_890 + at}] {line}\n")));

        OomEvent oomEvent = Assert.Single(OomLog.Parse(log, Golden.Options));

        Assert.Equal(TimeSpan.FromMicroseconds(41_066_536_890), oomEvent.Uptime);
        Assert.Null(oomEvent.Time);
        AssertIsSameAnyway(oomEvent, log);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "[41066.536890] ")]
    public void Event_WhoseFirstLineHasNoHeader_HasTimeAndHostOfTheNext(string before, string stamp)
    {
        string first = before + "indexer invoked oom-killer: gfp_mask=0x2400040, order=0, oom_score_adj=0\n";
        byte[] log = Encoding.Latin1.GetBytes(first + string.Concat(Rest.Select(line => $"Nov 17 06:19:30 node-1 kernel: {stamp}{line}\n")));

        OomEvent oomEvent = Assert.Single(OomLog.Parse(log, Golden.Options));

        Assert.Equal("node-1", oomEvent.Host);
        Assert.Equal("2026-11-17T06:19:30", oomEvent.Time?.ToString());
        Assert.Equal(stamp.Length > 0 ? TimeSpan.FromMicroseconds(41_066_536_890) : null, oomEvent.Uptime);
        AssertIsSameAnyway(oomEvent, log);
    }

    [Fact]
    public void Event_WhoseFirstLineHasAClock_KeepsIt()
    {
        string log = "Nov 17 06:19:30 node-1 kernel: indexer invoked oom-killer: gfp_mask=0x2400040, order=0, oom_score_adj=0\n"
            + string.Concat(Rest.Select(line => $"Nov 17 06:19:31 node-1 kernel: [41066.536890] {line}\n"));

        OomEvent oomEvent = Assert.Single(OomLog.Parse(log, Golden.Options));

        Assert.Equal("2026-11-17T06:19:30", oomEvent.Time?.ToString());
        Assert.Null(oomEvent.Uptime);
    }

    private static void AssertIsSameAnyway(OomEvent expected, byte[] log)
    {
        Assert.Equal(expected, Assert.Single(Chunks.ParseWithoutSkipping(log, Golden.Options)));
        using OomParser parser = new(Golden.Options);
        for (int cut = 1; cut < log.Length; cut++)
        {
            Assert.Equal(expected, Assert.Single(Chunks.ParseCut(parser, log, [cut])));
        }
    }
}
