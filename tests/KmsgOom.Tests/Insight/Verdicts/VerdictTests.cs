using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Verdicts;

/// <summary>The cause of each captured scenario is known, because the scenario made it.</summary>
public sealed class VerdictTests
{
    private static readonly Dictionary<string, OomCause> Wanted = new()
    {
        ["global-noswap"] = OomCause.LeakSuspect,
        ["global-swap"] = OomCause.LeakSuspect,
        ["global-shmem"] = OomCause.Tmpfs,
        ["global-sysrq"] = OomCause.Manual,
        ["numa-cpuset"] = OomCause.Binding,
        ["numa-mempolicy"] = OomCause.Binding,
        ["v1-k8s"] = OomCause.ContainerLimit,
        ["v2-k8s"] = OomCause.ContainerLimit,
        ["v1-k8s-podlimit"] = OomCause.PodLimit,
        ["v2-k8s-podlimit"] = OomCause.PodLimit,
        ["panic-on-oom-2"] = OomCause.PanicPolicy,
    };

    [CapturesFact]
    public void FirstEvent_OfEachScenario_HasItsCause()
    {
        List<string> wrong = [];
        HashSet<string> seen = [];
        foreach (string path in CaptureLogs.All().Where(path => CaptureLogs.Form(path) is "kmsg" or "console"))
        {
            string scenario = Path.GetFileName(CaptureLogs.Scenario(path));
            if (Wanted.TryGetValue(scenario, out OomCause cause) && CaptureLogs.Parse(path).FirstOrDefault(oomEvent => oomEvent.Kind == OomEventKind.Oom && oomEvent.Trigger is not null) is { } oomEvent)
            {
                seen.Add(scenario);
                OomVerdict verdict = OomAnalysis.Of(oomEvent).Verdict;
                if (verdict.Cause != cause)
                {
                    wrong.Add($"{CaptureLogs.Name(path)}: {verdict.Cause}: {verdict.Sentence}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(seen.Count >= 9, string.Join(' ', seen));
    }

    /// <summary>Kills of one group within a second: the memory of the first was on its way back.</summary>
    [CapturesFact]
    public void ConcurrentKills_AreNoLeak()
    {
        string path = CaptureLogs.All().First(path => path.EndsWith("amd64-6.12.117+deb13/v2-concurrent.kmsg.log", StringComparison.Ordinal));
        OomAnalyzer analyzer = new();
        OomAnalysis[] analyses = [.. CaptureLogs.Parse(path).Select(analyzer.Analyze)];
        Assert.Contains(analyses, analysis => analysis.Verdict.Cause == OomCause.SecondKill);
        Assert.DoesNotContain(analyses, analysis => analysis.Verdict.Cause == OomCause.LeakSuspect);
    }

    [Fact]
    public void EachVerdict_IsProven()
    {
        foreach (string path in Directory.EnumerateFiles(Repository.Goldens, "*.log"))
        {
            foreach (OomEvent oomEvent in OomLog.Parse(File.ReadAllBytes(path), Golden.Options))
            {
                OomVerdict verdict = OomAnalysis.Of(oomEvent).Verdict;
                if (verdict.Cause != OomCause.NotDeterminable)
                {
                    Assert.True(verdict.Evidence.Any(evidence => evidence.Line > 0 && oomEvent.Lines.Any(line => line.Number == evidence.Line && line.Text.Trim() == evidence.Text)), $"{Path.GetFileName(path)}: {verdict.Sentence}");
                }
            }
        }
    }
}
