using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Lines that a mail program, a book or an author broke, and what authors write between them.</summary>
public sealed class BrokenLineTests
{
    private const string Header = "[    5.000003] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n";
    private const string Trigger = "[    5.000000] quarry invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n";

    private static readonly string Before = string.Concat(Enumerable.Repeat("Nov  3 10:00:00 mill sshd[812]: Accepted publickey for miller from 10.0.0.7 port 22\n", 50));

    [Theory]
    [InlineData("(see, it says the process was \"quarry\")")]
    [InlineData("(quarry is ours) total-vm: too much")]
    public void Kill_BeforeARemarkInParentheses_KeepsItsName(string remark)
    {
        OomVictim victim = Assert.Single(Single($"Nov  3 10:00:00 mill kernel: Killed process 4711 (quarry) total-vm:12907kB, anon-rss:11500kB, file-rss:0kB\n{remark}\n").Victims);

        Assert.Equal((4711, "quarry", 11500L), (victim.Pid, victim.Name.ToString(), victim.AnonRssKiB));
    }

    [Theory]
    [InlineData("Out of Memory: Killed process 4711 \n(quarry).")]
    [InlineData("Out of Memory: Killed process 4711\n(quarry).")]
    [InlineData("Out of memory: Killed \nprocess 4711 (quarry) total-vm:9kB, anon-rss:8kB, \nfile-rss:7kB")]
    [InlineData("Out of memory: Killed\nprocess 4711 (quarry) total-vm:9kB, anon-rss:8kB,\nfile-rss:7kB")]
    [InlineData("Memory cgroup out of memory: Killed process\n4711 (quarry) total-vm:9kB, anon-rss:8kB,\nfile-rss:7kB")]
    [InlineData("Memory cgroup out of memory: Killed process \n> 4711 (quarry) total-vm:9kB, anon-rss:8kB,\n> file-rss:7kB")]
    [InlineData("Memory cgroup out of memory: Killed process 4711 (quarry)\n      total-vm:9kB, anon-rss:8kB,\n      file-rss:7kB")]
    [InlineData("Memory cgroup out of memory: Killed process 4711 (quarry)\n                            total-vm:9kB, anon-rss:8kB, file-rss:7kB")]
    [InlineData("Out of memory: Killed process 4711 (quarry) total-\nvm:\n9kB, anon-rss:8kB, file-rss:7kB, shmem-rss:0kB, UID:1000=20\npgtables:\n136kB oom_score_adj:200")]
    [InlineData("Killed process 4711 (quarry) total-vm:9kB, anon-rss:8kB, file-rss:=\n7kB")]
    public void Kill_BrokenAnywhere_IsReadWhole(string kill)
    {
        foreach (string head in new[] { "Nov  3 10:00:00 mill kernel: ", "[    5.000009] ", "Nov  3 10:00:00 mill kernel: [    5.000009] " })
        {
            OomEvent oom = Single($"{head}{kill}\n");
            OomVictim victim = Assert.Single(oom.Victims);

            Assert.Equal((4711, "quarry"), (victim.Pid, victim.Name.ToString()));
            Assert.True(!kill.Contains("file-rss", StringComparison.Ordinal) || victim is { TotalVmKiB: 9, AnonRssKiB: 8, FileRssKiB: 7 });
            Assert.Equal(kill.Contains("pgtables", StringComparison.Ordinal) ? 136 : null, victim.PageTablesKiB);
        }
    }

    [Fact]
    public void Kill_BrokenBeforeItsPid_BelongsToTheReportThatIsOpen()
    {
        OomEvent oom = Single($"{Trigger}{Header}[    5.000004] [   4711]     0  4711     1000      500    28672        0             0 quarry\n"
            + "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=quarry,pid=4711,uid=0\n"
            + "[    5.000005] Out of memory: Killed\nprocess 4711 (quarry) total-vm:4000kB, anon-rss:2000kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:28kB oom_score_adj:0\n");

        Assert.Equal((4711, 28L), (Assert.Single(oom.Victims).Pid, oom.Victims[0].PageTablesKiB));
        Assert.False(oom.Missing.HasFlag(OomSections.Victim));
        Assert.Empty(oom.UnknownLines);
    }

    [Fact]
    public void Announcement_BrokenBeforeItsPid_IsRead()
    {
        OomEvent oom = Single("[    5.000005] Memory cgroup out of memory: Kill\nprocess 4711 (quarry) score 77 or\nsacrifice child\n"
            + "[    5.000006] Killed process 4711 (quarry) total-vm:4000kB, anon-rss:2000kB, file-rss:0kB\n");

        Assert.Equal((4711, 77L), (Assert.Single(oom.Victims).Pid, oom.Victims[0].Score));
        Assert.Null(oom.Victims[0].Announced);
    }

    [Theory]
    [InlineData("Out of memory: Killed")]
    [InlineData("Out of memory: Killed\nby the supervisor, as it seems")]
    [InlineData("worker: page allocation failure:")]
    [InlineData("Subject: Re: quarry: page allocation failure: order:0,\n mode:0x820(GFP_ATOMIC), nodemask=(null),cpuset=/,mems_allowed=0")]
    public void Prose_LikeABrokenLine_IsNoEvent(string prose) => Assert.Empty(OomLog.Parse(prose + "\n"));

    [Theory]
    [InlineData("memory: usage 1024kB, limit 2048kB, failcn=\nt 153", 2048, 153)]
    [InlineData("memory: usage 1024kB, limit 2048kB, failcnt 15=\n3", 2048, 153)]
    [InlineData("memory: usage 1024kB, limit 2048kB, f=\nailcnt 153", 2048, 153)]
    [InlineData("memory: usage 1024kB, limit 2048kB, failcn\nt 153", 2048, 153)]
    [InlineData("memory: usage 1024kB, limit 2048kB,\nfailcnt 153", 2048, 153)]
    [InlineData("memory: usage 1024kB, limit 2048kB, \nfailcnt 153", 2048, 153)]
    [InlineData("memory: usage 1024kB, limit 2048kB, failcnt\n153", 2048, 153)]
    [InlineData("memory: usage 1024kB, limit 2048k\nB, failcnt 153", 2048, 153)]
    [InlineData("memory: usage 1024kB, limit\n9007199254740988kB, failcnt 0", 9007199254740988, 0)]
    [InlineData("memory: usage 1024kB,\n\u21aalimit 2048kB, failcnt 153", 2048, 153)]
    [InlineData("memory: usage 1024kB,\n> limit 2048kB,\n> failcnt 153", 2048, 153)]
    [InlineData("memory: usage 1024kB,\n                                  limit 2048kB, failcnt 153", 2048, 153)]
    public void Counter_BrokenAnywhere_IsReadWhole_AndMakesNoStatistic(string counter, long limit, int failCount)
    {
        foreach (string head in new[] { "[Wed Mar 13 11:16:48 2024] ", "Nov  3 10:00:00 mill kernel: ", "" })
        {
            string start = head.Length == 0 ? Trigger.Replace("[    5.000000] ", "", StringComparison.Ordinal) : "";
            string log = $"{start}{head}{counter}\n{head}Memory cgroup stats for /mill:\n{head}cache 107\n{head}rss 9\n";
            if (log.IndexOf('\n', start.Length) - start.Length < 39)
            {
                continue;
            }

            OomMemcg memcg = Single(log).Memcg!;
            Assert.Equal(new OomMemcgUsage(1024, limit, (ulong)failCount), memcg.Memory);
            Assert.Equal(["/mill"], memcg.Stats.Select(stats => stats.Path));
            Assert.Equal(["cache", "rss"], memcg.Stats[0].Values.Select(value => value.Key));
        }
    }

    [Fact]
    public void Counter_WithoutItsEnd_LeavesTheStatisticsBehindIt()
    {
        OomMemcg memcg = Single("[    5.000000] memory: usage 1024kB, limit 2048kB, failcnt\n[    5.000001] Memory cgroup stats for /mill:\n[    5.000001] cache 107\n").Memcg!;

        Assert.Equal(2048, memcg.Memory?.LimitKiB);
        Assert.Equal(107, Assert.Single(Assert.Single(memcg.Stats).Values).Value);
    }

    [Theory]
    [InlineData("Task in /mill killed as\na result of limit of /yard")]
    [InlineData("Task in /mill killed as \na result of limit of /yard")]
    [InlineData("Task in /mill killed as\n\u21aaa result of limit of /yard")]
    [InlineData("Task in /mill killed as a result\n   of limit of\n   /yard")]
    [InlineData("Task in /mill\nkilled as a result of limit of /yard")]
    public void TaskIn_BrokenInItsWords_NamesBothCgroups(string line)
    {
        OomMemcg memcg = Single($"Nov  3 10:00:00 mill kernel: {line}\nNov  3 10:00:00 mill kernel: memory: usage 4kB, limit 4kB, failcnt 8\n").Memcg!;

        Assert.Equal(("/mill", "/yard"), (memcg.TaskPath, memcg.Path));
    }

    [Theory]
    [InlineData("...")]
    [InlineData("[...]")]
    [InlineData("[ ... ]")]
    [InlineData(".....")]
    [InlineData("\u2026")]
    [InlineData("[\u2026]")]
    [InlineData("[snip]")]
    [InlineData("<snip>")]
    [InlineData("-- snip --")]
    [InlineData("[")]
    public void Elision_BehindARow_IsNoPartOfTheName(string elision)
    {
        foreach (string head in new[] { "Nov  3 10:00:00 mill kernel: ", "" })
        {
            OomEvent oom = Single($"{head}[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"
                + $"{head}[ 4711]     0  4711    45185    26567      90        0             0 quarry\n{elision}\n"
                + $"{head}Killed process 4711 (quarry) total-vm:34919552kB, anon-rss:33698680kB, file-rss:38340kB\n");

            Assert.Equal("quarry", Assert.Single(oom.Tasks).Name.ToString());
        }
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("snip")]
    [InlineData(".")]
    public void RestOfAName_ThatIsNoElision_IsReadAsOne(string rest)
    {
        OomEvent oom = Single("[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"
            + $"[ 4711]     0  4711    45185    26567      90        0             0 quarry\n{rest}\n"
            + "Killed process 4712 (other) total-vm:34919552kB, anon-rss:33698680kB, file-rss:38340kB\n");

        Assert.Equal(new TaskName($"quarry\n{rest}"), oom.Tasks[0].Name);
    }

    [Fact]
    public void Trigger_BrokenBehindABlank_IsReadWhole()
    {
        OomEvent oom = Single("quarry invoked oom-killer: gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE),  \norder=3, oom_score_adj=7\nCPU: 1 PID: 4711 Comm: quarry Not tainted 4.20.0+ #396\n");

        Assert.Equal((3, 7), (oom.Trigger?.Order, oom.Trigger?.OomScoreAdj));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("> ", "> ")]
    [InlineData(">>>>> ", ">>>>> ")]
    [InlineData("", "    ")]
    public void AllocationFailure_Broken_IsReadWhole(string mark, string restMark)
    {
        foreach (string head in new[] { "[    5.000000] ", "Nov  3 10:00:00 mill kernel: " })
        {
            foreach (string broken in new[]
            {
                "quarry: page allocation failure: order:4,|mode:0x14210d2(GFP_HIGHUSER),|nodemask=(null),cpuset=/yard,mems_allowed=0",
                "quarry: page allocation failure:|order:4, mode:0x14210d2(GFP_HIGHUSER),|nodemask=(null),cpuset=/yard,mems_allowed=0",
                "quarry: page allocation failure: order:4, |mode:0x14210d2(GFP_HIGHUSER), |nodemask=(null),cpuset=/yard,mems_allowed=0",
                "quarry: page allocation failure: order:4, mode:0x14210d2(GFP_HIGHUSER),|nodemask=(null),cpuset=/yard,mems_allowed=0",
                "quarry: page allocation failure: order:=|4, mode:0x14210d2(GFP_HIGHUSER), nodemask=3D(null),cpuset=3D/yard,mems_=|allowed=3D0",
                "quarry: page allocation failure: order:4, mode:0x14210d2(GFP_HIGHUSER), nodemask=3D(null),cpuset=3D/yard,mems_allowed=3D0",
            })
            {
                OomEvent oom = Single($"{mark}{head}{broken.Replace("|", "\n" + restMark, StringComparison.Ordinal)}\n{mark}{head}CPU: 3 PID: 4711 Comm: quarry Tainted: G        W       4.12.0 #1\n");

                Assert.Equal(OomEventKind.AllocationFailure, oom.Kind);
                Assert.Equal(("quarry", 4, 0x14210d2u, "/yard", "0"), (oom.Trigger!.Name.ToString(), oom.Trigger.Order, oom.Trigger.GfpMask, oom.Trigger.Cpuset, oom.Trigger.MemsAllowed));
                Assert.Equal(4711, oom.Trigger.Pid);
            }
        }
    }

    [Fact]
    public void AllocationFailure_Indented_HasTheNameOfItsCpuLine()
    {
        OomEvent oom = Single("  quarry/0: page allocation failure: order:5, mode:0xcc1(GFP_KERNEL|GFP_DMA), nodemask=(null),cpuset=/,mems_allowed=0\n  CPU: 0 PID: 1 Comm: quarry/0 Not tainted 5.13.0 #1\n");

        Assert.Equal(("quarry/0", 1, "5.13.0"), (oom.Trigger!.Name.ToString(), oom.Trigger.Pid, oom.Kernel?.Release));
    }

    [Fact]
    public void QuotedPrintable_IsUndoneInCpuAndPanicLines_SwapAndBlocks()
    {
        OomEvent oom = Single("[    5.000000] quarry invoked oom-killer: gfp_mask=3D0xcc0(GFP_KERNEL), order=3D0, oom_score_adj=3D0\n"
            + "[    5.000001] CPU: 0 PID: 1 Comm: quarry Not tainted 5.6.0-rc1-00054-=\ngd32122774dab #12\n"
            + "[    5.000002] Mem-Info:\n[    5.000002] DMA32 free:1668kB min:4392kB low:4464kB high:4536kB\n[    5.000002] DMA32: 417*4kB (U) =3D 1668kB\n"
            + "[    5.000002] Free swap  =3D 12kB\n[    5.000002] Total swap =3D 44kB\n"
            + "[    5.000003] Kernel panic - not syncing: System is deadlocked on memory=\n\n");

        Assert.Equal(("5.6.0-rc1-00054-gd32122774dab", "#12"), (oom.Kernel?.Release, oom.Kernel?.Version));
        Assert.Equal((12L, 44L), (oom.Memory?.SwapFreeKiB, oom.Memory?.SwapTotalKiB));
        Assert.Equal(1668L, oom.Memory!.Nodes[0].Zones[0].BuddyTotalKiB);
        Assert.Equal("System is deadlocked on memory", oom.Panic);
    }

    /// <summary>Parses a log behind lines that are passed over, and proves that neither cuts nor passing over change what comes out.</summary>
    private static OomEvent Single(string text)
    {
        byte[] log = Encoding.UTF8.GetBytes(Before + text);
        OomEvent oom = Assert.Single(OomLog.Parse(log, Golden.Options));
        AssertEvents.Same([oom], Chunks.ParseWithoutSkipping(log, Golden.Options));
        AssertEvents.Same([oom], Chunks.ParseInPieces(log, 1, Golden.Options));
        AssertEvents.Same([oom], Chunks.ParseInPieces(log, 61, Golden.Options));
        return oom;
    }
}
