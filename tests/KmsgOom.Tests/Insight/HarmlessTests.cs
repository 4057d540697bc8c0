using CsCheck;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight;

/// <summary>Conclusions never throw, whatever the event says, and whatever is missing from it.</summary>
public sealed class HarmlessTests
{
    [Fact]
    public void RandomEvents_AreAnalysed() => GenEvent.Event.Sample(AnalyseAll, iter: 2_000);

    [Fact]
    public void Goldens_AreAnalysed()
    {
        foreach (string path in Directory.EnumerateFiles(Repository.Goldens, "*.log"))
        {
            AnalyseLog(path);
        }
    }

    [CapturesFact]
    public void Captures_AreAnalysed()
    {
        foreach (string path in CaptureLogs.All().Where(path => CaptureLogs.Form(path) is "kmsg" or "dmesg"))
        {
            AnalyseLog(path);
        }
    }

    [CorpusFact]
    public void PostedLogs_AreAnalysed()
    {
        foreach (string path in Directory.EnumerateFiles(Repository.Corpus!, "*.log"))
        {
            AnalyseLog(path);
        }
    }

    /// <summary>An event that came through JSON has no lines; the conclusions are the same but for the lines that prove them.</summary>
    [Fact]
    public void EventsReadFromJson_HaveTheSameVerdict()
    {
        foreach (string path in Directory.EnumerateFiles(Repository.Goldens, "*.log"))
        {
            foreach (OomEvent oomEvent in OomLog.Parse(File.ReadAllBytes(path), Golden.Options))
            {
                OomAnalysis expected = OomAnalysis.Of(oomEvent);
                OomAnalysis actual = OomAnalysis.Of(OomJson.Parse(OomJson.ToJson(oomEvent)));
                Assert.Equal((expected.Verdict.Cause, expected.Verdict.Sentence), (actual.Verdict.Cause, actual.Verdict.Sentence));
                Assert.Equal(expected.Machine?.Buckets.Select(bucket => (bucket.Kind, bucket.Bytes)), actual.Machine?.Buckets.Select(bucket => (bucket.Kind, bucket.Bytes)));
                Assert.Equal(expected.Workload.Level, actual.Workload.Level);
            }
        }
    }

    private static void AnalyseLog(string path)
    {
        OomAnalyzer analyzer = new();
        foreach (OomEvent oomEvent in OomLog.Parse(File.ReadAllBytes(path), Golden.Options))
        {
            OomAnalysis analysis = analyzer.Analyze(oomEvent);
            Assert.NotEmpty(analysis.Verdict.Sentence);
            Assert.Equal(OomJson.ToJson(OomJson.Parse(OomJson.ToJson(oomEvent))), OomJson.ToJson(OomJson.Parse(OomJson.ToJson(oomEvent, analysis))));
        }
    }

    private static void AnalyseAll(OomEvent oomEvent)
    {
        OomAnalysis analysis = OomAnalysis.Of(oomEvent, new OomAnalysisOptions { NodeMemoryBytes = 1 }, oomEvent);
        Assert.NotEmpty(OomJson.ToJson(oomEvent, analysis));
        Assert.NotEmpty(new KmsgOom.Cli.Text.TextReport(usesColors: false).Render(oomEvent, analysis));
    }
}
