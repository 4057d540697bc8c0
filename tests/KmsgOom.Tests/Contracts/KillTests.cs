using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>No kill is lost and none is invented, whatever happens to the lines around it.</summary>
public sealed partial class KillTests
{
    private static readonly string[][] Logs =
    [
        .. Golden.Names
            .Where(name => name.EndsWith(".dmesg.log", StringComparison.Ordinal) || name.EndsWith(".dmesg-T.log", StringComparison.Ordinal)
                || name.EndsWith(".rsyslog-syslog.log", StringComparison.Ordinal))
            .Select(name => Encoding.Latin1.GetString(Golden.Read(name)).Split('\n'))
            .Where(lines => lines.Length < 700),
    ];

    private static readonly Gen<string[]> Damaged =
        from picks in Gen.Int[0, Logs.Length - 1].Array[1, 3]
        from seed in Gen.Int
        select Damage(picks, new Random(seed));

    [Fact]
    public void Pids_OfKillLines_AreThoseOfTheEvents() => Damaged.Sample(
        lines =>
        {
            string text = string.Join('\n', lines);
            int[] named = [.. KillLine().Matches(text).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Distinct().Order()];
            IEnumerable<OomEvent> events = OomLog.Parse(Encoding.Latin1.GetBytes(text), Golden.Options);
            int[] found = [.. events.Where(oomEvent => oomEvent.Kind == OomEventKind.Oom).SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid).Distinct().Order()];
            Assert.Equal(named, found);
        },
        iter: 300);

    /// <summary>Wherever in a report it stands, and whatever is around it: a kill line that is one on its own is one there.</summary>
    [Theory]
    [InlineData("<m>", "</m>")]
    [InlineData("[ 5] ", "")]
    [InlineData("(", ")")]
    [InlineData("[node-1] ", ",")]
    [InlineData("R12: 0 ", "")]
    [InlineData("Node 0 ", ".")]
    [InlineData("Warning  OOMKilling  3m  k  ", " |")]
    [InlineData("{\"MESSAGE\":\"", "\"}")]
    [InlineData("    ", "...")]
    public void Kill_AnywhereInAReport_IsFound(string before, string after)
    {
        string kill = before + "Memory cgroup out of memory: Killed process 777 (worker) total-vm:36076kB, anon-rss:34324kB, file-rss:0kB, shmem-rss:580kB, UID:1000 pgtables:108kB oom_score_adj:937" + after;
        foreach (string name in (string[])["6.1-amd64-v2-k8s.dmesg-S.log", "7.3-amd64-global-swap.dmesg.log"])
        {
            string[] lines = Encoding.Latin1.GetString(Golden.Read(name)).TrimEnd('\n').Split('\n');
            int end = Array.FindIndex(lines, line => line.Contains("Killed process", StringComparison.Ordinal));
            for (int at = 0; at <= end; at++)
            {
                byte[] log = Encoding.Latin1.GetBytes(string.Join('\n', [.. lines[..at], kill, .. lines[at..]]));
                Assert.Contains(OomLog.Parse(log, Golden.Options), oomEvent => oomEvent.Victims.Any(victim => victim.Pid == 777));
            }
        }
    }

    [Theory]
    [InlineData("ts=2024-03-09T08:15:08.840376Z level=info host=web-1 file=/var/log/kern.log unit=kernel msg=\"", "\"")]
    [InlineData("oom-tests-6f7d8c9b54-x2x7q | worker-node-17.eu-central-1.compute.internal | kern | ", "")]
    [InlineData("web-1,kern,warning,0,/var/log/kern.log,2024-03-09 08:15:08.840376 +0000 UTC,\"", "\",17")]
    public void Kills_AloneBehindALongWrapperNobodyToldUsOf_AreFound(string before, string after)
    {
        const string Values = " (a) total-vm:17644kB, anon-rss:16116kB, file-rss:0kB, shmem-rss:516kB, UID:0 pgtables:72kB oom_score_adj:0";
        string log = $"{before}Memory cgroup out of memory: Killed process 5{Values}{after}\n{before}x{after}\n{before}Out of memory: Killed process 6{Values}{after}\n";

        ImmutableArray<OomEvent> events = OomLog.Parse(log);

        Assert.Equal([5, 6], events.SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid));
        Assert.Equal([OomScope.Memcg, OomScope.Global], events.Select(oomEvent => oomEvent.Scope));
    }

    [Fact]
    public void Kill_OfAnEarlierTime_IsNotThatOfTheReportBeforeIt()
    {
        const string NewestFirst = """
            Mar  9 15:27:32 web-1 kernel: java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            Mar  9 08:15:30 web-1 kernel: Out of memory: Killed process 287 (mysqld) total-vm:26852kB, anon-rss:22688kB, file-rss:580kB, shmem-rss:0kB
            """;

        ImmutableArray<OomEvent> events = OomLog.Parse(NewestFirst);

        Assert.Equal([OomOutcome.Unfinished, OomOutcome.Killed], events.Select(oomEvent => oomEvent.Outcome));
        Assert.Null(events[1].Trigger);
    }

    /// <summary>Drops, doubles, cuts and splices lines of one to three logs.</summary>
    private static string[] Damage(int[] picks, Random random)
    {
        List<string> lines = [];
        int[] positions = new int[picks.Length];
        while (true)
        {
            int[] open = [.. Enumerable.Range(0, picks.Length).Where(log => positions[log] < Logs[picks[log]].Length)];
            if (open.Length == 0)
            {
                return [.. lines];
            }

            int chosen = open[random.Next(open.Length)];
            int count = random.Next(1, 80);
            for (; count > 0 && positions[chosen] < Logs[picks[chosen]].Length; count--)
            {
                string line = Logs[picks[chosen]][positions[chosen]++];
                switch (random.Next(40))
                {
                    case 0:
                        break;
                    case 1:
                        lines.Add(line);
                        lines.Add(line);
                        break;
                    case 2:
                        lines.Add("[   99.000000] eth0: link becomes ready");
                        lines.Add(line);
                        break;
                    default:
                        lines.Add(line);
                        break;
                }
            }
        }
    }

    [GeneratedRegex(@"(?:memory|\]|kernel:)(?: \(\w+\))?:? Killed process (\d+)")]
    private static partial Regex KillLine();
}
