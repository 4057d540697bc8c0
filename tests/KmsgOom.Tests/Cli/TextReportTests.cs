using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KmsgOom.Cli.Text;

namespace KmsgOom.Tests.Cli;

public sealed class TextReportTests
{
    public static TheoryData<string> Names => [.. Events.Keys];

    private static Dictionary<string, OomEvent> Events => new()
    {
        ["container"] = SomeEvents.ContainerKill(),
        ["group"] = SomeEvents.GroupKill(12),
        ["bare"] = SomeEvents.Bare(OomOutcome.Unfinished),
        ["hostile"] = Hostile("\e[2J\n\r\u202e\u2066x"),
        ["hostile-wide"] = Hostile("漢字漢字漢"),
        ["hostile-blank"] = Hostile("   "),
        ["hostile-c1"] = Hostile("a\u009b31m\u0085b"),
        ["huge"] = SomeEvents.ContainerKill() with
        {
            Host = new string('h', 200),
            PageSize = 65536,
            Tasks = [SomeEvents.Task(int.MaxValue, "big", long.MaxValue, 1000)],
            Memcg = new OomMemcg { Path = "/" + new string('p', 300), Memory = new OomMemcgUsage(long.MaxValue, long.MaxValue >> 1, ulong.MaxValue) },
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryLine_FitsTheTerminal_AndControlsNothing(string name)
    {
        string text = Events[name].Render();

        Assert.EndsWith("\n", text);
        foreach (string line in text.Split('\n'))
        {
            Assert.InRange(PrintableText.CountColumns(line), 0, 80);
            Assert.DoesNotContain(line.EnumerateRunes(), rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format);
            Assert.Equal(line.TrimEnd(), line);
        }
    }

    [Fact]
    public void ContainerKill_AnswersWhoWhyAndHowMuch()
    {
        string text = SomeEvents.ContainerKill().Render();

        Assert.StartsWith("== 2019-04-27 22:56:09, host k3s =====", text);
        Assert.Contains("hit its limit of 123 MiB (container or service, not the\nmachine): stress (pid 32308) was killed.\n", text);
        Assert.Contains($"\nLimit      {SomeEvents.Pod}\n", text);
        Assert.Contains("memory 123 MiB used of 123 MiB (125952 of 125952 kB), failcnt 3632\n", text);
        Assert.Contains("kernel memory 2.3 MiB used, limit none (2352 kB), failcnt 0\n", text);
        Assert.DoesNotContain("memory+swap", text);
        Assert.Contains(SomeEvents.Container, text.Replace("\n           ", ""));
        Assert.Contains("by stress (pid 32332, oom_score_adj 939, on CPU 0)\n", text);
        Assert.Contains("asked for 4 KiB (order 0), gfp_mask 0x14000c0 GFP_KERNEL\n", text);
        Assert.Contains("\nKilled     stress (pid 32308, score 1718)\n", text);
        Assert.Contains("held 97.5 MiB: anon 97.3 MiB (99620 kB), file 192 KiB, shmem 0\n", text);
        Assert.Contains("\nReaper     freed all of it 2.5 s later (left: anon 0, file 0, shmem 0)\n", text);
        Assert.Contains("\nKernel     4.15.0-46-generic #49-Ubuntu, Not tainted\n", text);
        Assert.Contains("\nHardware   BHYVE, BIOS 1.00 03/14/2014\n", text);
        Assert.EndsWith("\nSource     kern.log:1042 (42 lines)\n", text);
    }

    [Fact]
    public void TaskTable_RanksByMemory_AndMarksTheVictim()
    {
        string[] lines = SomeEvents.ContainerKill().Render().Split('\n');

        int header = Array.FindIndex(lines, line => line.Contains("RSS MiB", StringComparison.Ordinal));
        Assert.Equal("*    32308      97.5         0          0.2           939  stress", lines[header + 1]);
        Assert.Equal("     32332      22.8         0          0.2           939  stress", lines[header + 2]);
        Assert.Equal("     25160       0.0         0          0.2          -998  pause", lines[header + 3]);
        Assert.Equal("     total       120         0          0.7                3 tasks", lines[header + 4]);
    }

    [Fact]
    public void TaskTable_ShowsASmallVictim_BelowTheBiggest()
    {
        OomTask[] tasks = [.. Enumerable.Range(1, 20).Select(pid => SomeEvents.Task(pid, $"t{pid}", 10_000 - pid, 0))];

        string text = (SomeEvents.ContainerKill() with { Tasks = [.. tasks], Victims = [SomeEvents.Victim(20, "t20")] }).Render();

        Assert.Contains("\n*       20 ", text);
        Assert.Contains("20 tasks, 9 shown\n", text);
        Assert.DoesNotContain("  t9\n", text);
    }

    [Fact]
    public void GroupKill_NamesEveryVictim()
    {
        string text = SomeEvents.GroupKill(12).Render();

        Assert.Contains("its whole group was killed, worker-1 (pid 1) and 11 more.", text.Replace('\n', ' '));
        Assert.All(Enumerable.Range(1, 12), pid => Assert.Contains($"worker-{pid} (pid {pid}", text.Replace("\n           ", " ")));
        Assert.Contains("memory.oom.group is set", text);
        Assert.Contains("swap none allowed (limit 0), failcnt 3\n", text);
        Assert.Contains("Task in    this cgroup\n", text);
    }

    [Fact]
    public void Colors_WrapTextOnly()
    {
        OomEvent oomEvent = Hostile("\e[31mred");

        string colored = oomEvent.Render(colors: true);

        Assert.Contains("\e[1;31m", colored);
        Assert.Contains(@"\x1b[31mred", colored);
        Assert.Equal(oomEvent.Render(), Regex.Replace(colored, @"\e\[[0-9;]+m", ""));
    }

    private static OomEvent Hostile(string name) => SomeEvents.ContainerKill() with
    {
        Host = $"{name}{name}",
        Panic = $"panic {name}",
        Kernel = new OomKernel { Release = name, Version = name, Tainted = name, Hardware = name },
        Trigger = new OomTrigger { Name = new TaskName(name), GfpMask = 1, GfpFlags = [name], Cpuset = name, MemsAllowed = name, Nodemask = name, Order = 31 },
        Memcg = new OomMemcg { Path = $"/{name}", TaskPath = $"/{name}/{name}", Stats = [new OomMemcgStats(name, [new OomMemcgStat("anon", 1)])] },
        Source = new OomSource($"{name}.log", 1, 0, 1, 3),
        Tasks = [SomeEvents.Task(1, name, 1, 0)],
        Victims = [SomeEvents.Victim(1, name) with { Announced = new OomAnnounced(2, new TaskName(name)) }],
    };
}
