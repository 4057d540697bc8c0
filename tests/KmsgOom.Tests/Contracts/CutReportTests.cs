using System.Text;

namespace KmsgOom.Tests.Contracts;

/// <summary>What the rest of a report proves, and what it does not.</summary>
public sealed class CutReportTests
{
    private static readonly string[] Seed = File.ReadAllLines(Path.Combine(Support.Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log"));

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

    private static OomEvent Parse(string[] lines) => Assert.Single(OomLog.Parse(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
}
