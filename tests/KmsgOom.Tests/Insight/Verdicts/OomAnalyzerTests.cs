using System.Runtime.CompilerServices;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Verdicts;

public class OomAnalyzerTests
{
    [Fact]
    public void Analyzer_ThatRemembersAnEvent_LetsGoOfItsText()
    {
        OomAnalyzer analyzer = new();
        WeakReference lines = Analyze(analyzer);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(lines.IsAlive);
        GC.KeepAlive(analyzer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Analyze(OomAnalyzer analyzer)
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log"))));
        analyzer.Analyze(oomEvent);
        return new WeakReference(oomEvent.KeptLines);
    }
}
