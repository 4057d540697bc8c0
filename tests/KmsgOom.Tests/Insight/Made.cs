using System.Collections.Immutable;
using System.Text;

namespace KmsgOom.Tests.Insight;

/// <summary>Events whose numbers are made up.</summary>
internal static class Made
{
    public static OomTask Task(int pid, long rss, int adjustment = 0, string name = "t") => new()
    {
        Pid = pid,
        Tgid = pid,
        RssPages = rss,
        SwapEntriesPages = 0,
        PageTablesBytes = 0,
        OomScoreAdj = adjustment,
        Name = new TaskName(Encoding.UTF8.GetBytes(name)),
    };

    public static OomEvent Event(ImmutableArray<OomTask> tasks, string release = "6.1.0") => new()
    {
        Id = "x",
        Kind = OomEventKind.Oom,
        Outcome = OomOutcome.Killed,
        Scope = OomScope.Unknown,
        Sections = OomSections.Tasks,
        Source = default,
        Kernel = new OomKernel { Release = release },
        Tasks = tasks,
    };
}
