using KmsgOom.Cli.Text;

namespace KmsgOom.Tests.Cli;

/// <summary>Hand-made events, one per thing that can happen.</summary>
internal static class SomeEvents
{
    public const string Pod = "/kubepods/burstable/podbc001ffa-68fc-11e9-92d7-5ef9efd9374c";
    public const string Container = Pod + "/a2ed67c63e828da3849bf9f506ae2b36b4dac5b402a57f2981c9bdc07b23e672";

    public static OomEvent Bare(OomOutcome outcome) => new()
    {
        Id = "x/1",
        Kind = OomEventKind.Oom,
        Outcome = outcome,
        Sections = OomSections.None,
        Source = new OomSource("kern.log", 1042, 88231, 42, 0),
        PageSizeSource = OomPageSizeSource.Log,
    };

    public static OomEvent ContainerKill() => Bare(OomOutcome.Killed) with
    {
        Scope = OomScope.Memcg,
        Time = new OomTimestamp(new DateTime(2019, 4, 27, 22, 56, 9), null, OomTimeSource.Printed),
        Host = "k3s",
        Kernel = new OomKernel { Release = "4.15.0-46-generic", Version = "#49-Ubuntu", Tainted = "Not tainted", Hardware = "BHYVE, BIOS 1.00 03/14/2014" },
        Trigger = new OomTrigger { Name = new TaskName("stress"), Pid = 32332, Cpu = 0, GfpMask = 0x14000c0, GfpFlags = ["GFP_KERNEL"], Order = 0, OomScoreAdj = 939 },
        Memcg = new OomMemcg
        {
            Path = Pod,
            TaskPath = Container,
            Memory = new OomMemcgUsage(125952, 125952, 3632),
            MemorySwap = new OomMemcgUsage(0, 9007199254740988, 0),
            Kmem = new OomMemcgUsage(2352, 9007199254740988, 0),
            Stats = [new OomMemcgStats(Container, [new OomMemcgStat("rss", 123552 << 10)])],
        },
        Tasks = [Task(25160, "pause", 1, -998), Task(32308, "stress", 24953, 939), Task(32332, "stress", 5829, 939)],
        Victims =
        [
            Victim(32308, "stress") with
            {
                Score = 1718,
                Uptime = TimeSpan.FromSeconds(10),
                Reaper = new OomReaper { Outcome = OomReaperOutcome.Reaped, Uptime = TimeSpan.FromSeconds(12.5), AnonRssKiB = 0, FileRssKiB = 0, ShmemRssKiB = 0 },
            },
        ],
    };

    public static OomEvent GroupKill(int victims) => ContainerKill() with
    {
        Outcome = OomOutcome.GroupKilled,
        Memcg = new OomMemcg { Path = "/web.slice", TaskPath = "/web.slice", OomGroup = true, Swap = new OomMemcgUsage(0, 0, 3) },
        Victims = [.. Enumerable.Range(1, victims).Select(pid => Victim(pid, $"worker-{pid}"))],
    };

    public static OomTask Task(int pid, string name, long rssPages, int adjustment) => new()
    {
        Pid = pid,
        Tgid = pid,
        RssPages = rssPages,
        SwapEntriesPages = 0,
        PageTablesBytes = 253952,
        OomScoreAdj = adjustment,
        Name = new TaskName(name),
    };

    public static OomVictim Victim(int pid, string name) => new()
    {
        Pid = pid,
        Name = new TaskName(name),
        TotalVmKiB = 110644,
        AnonRssKiB = 99620,
        FileRssKiB = 192,
        ShmemRssKiB = 0,
    };

    public static string Render(this OomEvent oomEvent, bool colors = false) => new TextReport(colors).Render(oomEvent);
}
