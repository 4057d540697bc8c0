using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Kills that other kernels and other programs tell of, behind the wrappers they come in.</summary>
public sealed class OtherKillersTests
{
    private static readonly string Foreign = string.Concat(Enumerable.Repeat("Jan  2 03:04:05 node1 cron[7]: nothing to do\n", 100));

    [Fact]
    public void OpenVz6_KillsInAContainer()
    {
        const string Log = """
            Nov 24 12:17:04 node1 kernel: [  758.653313] Out of memory in UB 123: OOM killed process 21738 (php-cgi) score 9 vm:123kB, rss:45kB, swap:6kB
            Nov 24 12:17:07 node1 kernel: [  761.803617] Out of memory in UB 123: OOM killed process 21747 (php-cgi) score 0 vm:123kB, rss:46kB, swap:6kB

            """;
        OomEvent[] events = Parse(Foreign + Log);

        Assert.Equal([21738, 21747], events.SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid));
        Assert.All(events, oomEvent => Assert.Equal((OomEventKind.Oom, OomScope.Unknown, OomOutcome.Killed), (oomEvent.Kind, oomEvent.Scope, oomEvent.Outcome)));
        OomVictim first = events[0].Victims[0];
        Assert.Equal(("php-cgi", 9L, 123L, 45L, 45L), (first.Name.ToString(), first.Score, first.TotalVmKiB, first.WholeRssKiB, first.RssKiB));
    }

    [Theory]
    [InlineData("10-24 14:24:26.342   710   710 I lowmemorykiller: Kill 'com.example.maps' (17933), uid 10446, oom_score_adj 900 to free 140528kB rss, 37404kB swap; reason: low watermark")]
    [InlineData("10-24 14:24:26.342   710   710 I lmkd    : Kill 'com.example.maps' (17933), uid 10446, oom_score_adj 900 to free 140528kB rss, 37404kB swap; reason: low watermark")]
    [InlineData("[   12.345678] lowmemorykiller: Kill 'com.example.maps' (17933), uid 10446, oom_adj 900 to free 140528kB")]
    public void Lmkd_KillsByItsOwnRules(string line)
    {
        OomEvent oomEvent = Assert.Single(Parse(Foreign + line + "\n"));

        Assert.Equal(OomEventKind.UserspaceKill, oomEvent.Kind);
        OomVictim victim = Assert.Single(oomEvent.Victims);
        Assert.Equal((17933, "om.example.maps", 10446u, 900, 140528L), (victim.Pid, victim.Name.ToString(), victim.Uid, victim.OomScoreAdj, victim.WholeRssKiB));
    }

    [Theory]
    [InlineData("killing process 27541 \"bash\" with signal 15: badness 550, VmRSS 9 MiB")]
    [InlineData("Jun 12 06:39:16 node1 earlyoom[397]: killing process 27541 \"bash\" with signal 15: badness 550, VmRSS 9 MiB")]
    [InlineData("Killing process 'bash' with signal 15, pid: 27541, badness: 550, VmRSS: 9 MiB")]
    [InlineData("Jun 12 06:39:16: sending SIGTERM to process 27541 \"bash\": badness 550, VmRSS 9 MiB")]
    public void OldEarlyoom_Kills(string line)
    {
        OomEvent oomEvent = Assert.Single(Parse(Foreign + line + "\n"));

        Assert.Equal(OomEventKind.UserspaceKill, oomEvent.Kind);
        OomVictim victim = Assert.Single(oomEvent.Victims);
        Assert.Equal((27541, "bash", 550L, 9216L), (victim.Pid, victim.Name.ToString(), victim.Score, victim.WholeRssKiB));
        Assert.Equal(line.StartsWith("Jun", StringComparison.Ordinal), oomEvent.Time is not null);
    }

    private static OomEvent[] Parse(string log) => [.. OomLog.Parse(Encoding.UTF8.GetBytes(log), Golden.Options)];
}
