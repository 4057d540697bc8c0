using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>What the rest of a report proves, and what it does not.</summary>
public sealed class CutReportTests
{
    private static readonly string[] Seed = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log"));

    /// <summary>Up to 5.2 the statistics are of the limit's cgroup first and of its descendants then.</summary>
    [Fact]
    public void StatisticsOfADescendant_AreNotTakenForTheLimits()
    {
        int first = Array.FindIndex(Seed, line => line.Contains("Memory cgroup stats for", StringComparison.Ordinal));
        for (int start = first; start <= first + 2; start++)
        {
            OomEvent oom = Parse(Seed[start..]);
            Assert.Equal(OomScope.Memcg, oom.Scope);
            Assert.Null(oom.Memcg!.Path);
            Assert.Null(OomAnalysis.Of(oom).Workload.Limit);
        }
    }

    [Fact]
    public void StatisticsBehindTheCounters_NameTheLimit()
    {
        // Without its "Task in" line, which has the name too.
        int counters = Array.FindIndex(Seed, line => line.Contains("memory: usage", StringComparison.Ordinal));
        Assert.Equal("/kubepods/burstable/podbc001ffa-68fc-11e9-92d7-5ef9efd9374c", Parse(Seed[counters..]).Memcg!.Path);
    }

    /// <summary>Who searches a log for such lines has only them.</summary>
    [Theory]
    [InlineData("[   1.000001] ", "[   2.000001] ", 2)]
    [InlineData("Nov 23 18:17:43 node-a kernel: ", "Nov 23 18:18:43 node-a kernel: ", 2)]
    [InlineData("Nov 23 18:17:43 node-a kernel: ", "Nov 23 18:17:43 node-a kernel: ", 1)]
    [InlineData("[   1.000001] ", "[   1.000001] ", 1)]
    public void SecondLineThatEachReportHasOnce_BeginsTheNext(string first, string second, int events)
    {
        string log = $"{first}Task in /a/1 killed as a result of limit of /a\n{first}memory: usage 8kB, limit 8kB, failcnt 3\n"
            + $"{second}Task in /a/1 killed as a result of limit of /a\n{second}memory: usage 8kB, limit 8kB, failcnt 4\n";

        Assert.Equal(events, OomLog.Parse(log).Length);
        Assert.Equal(events, Chunks.ParseInPieces(Encoding.UTF8.GetBytes(log), 5, OomParserOptions.Default).Length);
        Assert.Equal(events, Chunks.ParseWithoutSkipping(Encoding.UTF8.GetBytes(log), OomParserOptions.Default).Length);
    }

    [Theory]
    [InlineData("Memory cgroup out of memory: Killed process 141 (")]
    [InlineData("Memory cgroup out of memory: Killed process 141, ")]
    public void VictimWhoseNameIsCutOff_IsCalledAsInTheTable(string kill)
    {
        string[] lines = Encoding.UTF8.GetString(Golden.Read("6.1-amd64-v2-k8s.dmesg.log")).Split('\n');
        int at = Array.FindIndex(lines, line => line.Contains("Killed process 141", StringComparison.Ordinal));
        lines[at] = lines[at][..lines[at].IndexOf("Memory cgroup", StringComparison.Ordinal)] + kill;

        OomVictim victim = Assert.Single(OomLog.Parse(string.Join('\n', lines[..(at + 1)]) + "\n", Golden.Options)[0].Victims);
        Assert.Equal((141, "worker"), (victim.Pid, victim.Name.ToString()));
    }

    [Fact]
    public void AnnouncementOfNobody_BeginsNoEvent() =>
        Assert.Empty(OomLog.Parse("\"Out of memory: Kill process .* \\\\(worker\\\\)\",\nOut of memory: Kill process .* \\(x\\)\n"));

    public static TheoryData<string> Tables =>
        [.. Golden.Names.Where(static name => name.EndsWith(".dmesg.log", StringComparison.Ordinal) && !name.Contains("written", StringComparison.Ordinal) && Encoding.UTF8.GetString(Golden.Read(name)).Contains("pid  ]", StringComparison.Ordinal))];

    /// <summary>A ring buffer that was written over begins anywhere, mostly in the longest part of a report.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void LogThatBeginsInATable_KeepsItsRows(string name)
    {
        string[] lines = Encoding.UTF8.GetString(Golden.Read(name)).Split('\n');
        int header = Array.FindIndex(lines, line => line.Contains("pid  ]", StringComparison.Ordinal));
        OomEvent whole = OomLog.Parse(string.Join('\n', lines[header..]), Golden.Options)[0];
        foreach (string torn in (string[])["", "27053      412 sshd\n"])
        {
            string log = torn + string.Join('\n', lines[(header + 1)..]);
            OomEvent cut = OomLog.Parse(log, Golden.Options)[0];
            Assert.Equal(whole.Tasks.AsEnumerable(), cut.Tasks);
            Assert.Equal(whole.Victims.Select(victim => victim.Pid), cut.Victims.Select(victim => victim.Pid));
            Assert.Empty(cut.UnknownLines);
            byte[] bytes = Encoding.UTF8.GetBytes(log);
            Assert.Equal(cut.Tasks.AsEnumerable(), Chunks.ParseInPieces(bytes, 11, Golden.Options)[0].Tasks);
            Assert.Equal(cut.Tasks.AsEnumerable(), Chunks.ParseWithoutSkipping(bytes, Golden.Options)[0].Tasks);
        }
    }

    [Fact]
    public void RowsBehindALostHeader_AreRead()
    {
        string[] lines = Encoding.UTF8.GetString(Golden.Read(Golden.Names.First(name => name.EndsWith("v2-k8s.dmesg.log", StringComparison.Ordinal)))).Split('\n');
        int title = Array.FindIndex(lines, line => line.Contains("Tasks state", StringComparison.Ordinal));
        OomEvent whole = OomLog.Parse(string.Join('\n', lines), Golden.Options)[0];
        OomEvent cut = OomLog.Parse(string.Join('\n', lines.Where((_, at) => at != title && at != title + 1)), Golden.Options)[0];

        Assert.Equal(whole.Tasks.AsEnumerable(), cut.Tasks);
        Assert.Empty(cut.UnknownLines);
    }

    private static OomEvent Parse(string[] lines) => Assert.Single(OomLog.Parse(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
}
