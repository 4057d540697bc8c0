using System.Text;
using KmsgOom.Tests.Envelopes;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Reports that run into each other on one machine, and reports that two loggers wrote.</summary>
public sealed class MixedReportsTests
{
    private const string TwoOfOldKernel = """
        [  100.000001] aaa invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
        [  100.000002] aaa cpuset=x mems_allowed=0
        [  100.000003] CPU: 0 PID: 141 Comm: aaa Not tainted 3.10.0-514.el7.x86_64 #1
        [  100.000004] bbb invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
        [  100.000005] bbb cpuset=y mems_allowed=0
        [  100.000006] Call Trace:
        [  100.000007]  [<ffffffff81128072>] dump_header+0x92/0x1b0
        [  100.000008] CPU: 1 PID: 241 Comm: bbb Not tainted 3.10.0-514.el7.x86_64 #1
        [  100.000009] Task in /a killed as a result of limit of /a
        [  100.000010] memory: usage 1kB, limit 1kB, failcnt 1
        [  100.000011] [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
        [  100.000012] [  141]     0   141    27053      412       1       0             0 aaa
        [  100.000013] Task in /b killed as a result of limit of /b
        [  100.000014] memory: usage 2kB, limit 2kB, failcnt 2
        [  100.000015] Memory cgroup out of memory: Kill process 141 (aaa) score 1000 or sacrifice child
        [  100.000016] [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
        [  100.000017] [  241]     0   241    27053      412       1       0             0 bbb
        [  100.000018] Killed process 141 (aaa) total-vm:108212kB, anon-rss:99812kB, file-rss:0kB
        [  100.000019] Memory cgroup out of memory: Kill process 241 (bbb) score 999 or sacrifice child
        [  100.000020] Killed process 241 (bbb) total-vm:108212kB, anon-rss:99812kB, file-rss:0kB
        """;

    private const string Report = """
        [  100.000001] java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=7
        [  100.000005] CPU: 0 PID: 141 Comm: java Not tainted 5.4.0 #1
        [  100.000006] Call Trace:
        [  100.000007]  dump_stack+0x63/0x88
        [  100.000007]  ? dump_stack+0x63/0x88
        [  100.000010] memory: usage 125952kB, limit 125952kB, failcnt 3632
        [  100.000014] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
        [  100.000015] [    141]     0   141    27053      412       4096        0             7 java
        [  100.000016] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=x,mems_allowed=0,oom_memcg=/k,task_memcg=/k/c1,task=java,pid=141,uid=0
        [  100.000027] Memory cgroup out of memory: Killed process 141 (java) total-vm:108212kB, anon-rss:99812kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:7
        """;

    private const string Reaper = "\n[  100.100000] oom_reaper: reaped process 141 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB";

    [Fact]
    public void ReportsOfAnOldKernel_ThatRunIntoEachOther_KeepTheirOwn()
    {
        OomEvent[] events = [.. OomLog.Parse(TwoOfOldKernel)];
        Assert.Equal(2, events.Length);
        Assert.All(events, oomEvent => Assert.True(oomEvent.IsInterleaved));
        Assert.Equal(["aaa 141 /a 1 141 1000", "bbb 241 /b 2 241 999"], events.Select(Describe));
    }

    [Fact]
    public void ReportsOfAKernelThatKeepsThemApart_AreCut() =>
        Assert.Equal([0, 1, 1], OomLog.Parse(TwoOfOldKernel.Replace("3.10.0-514.el7.x86_64", "4.4.0", StringComparison.Ordinal)).Select(oomEvent => oomEvent.Victims.Length));

    [Fact]
    public void TriggerAfterALongSilence_EndsTheReportBeforeIt()
    {
        string[] lines = TwoOfOldKernel.Split('\n');
        string log = string.Join('\n', lines[..3]) + '\n' + string.Join('\n', lines[3..]).Replace("  100.", "  103.", StringComparison.Ordinal);
        OomEvent[] events = [.. OomLog.Parse(log)];
        Assert.Empty(events[0].Victims);
        Assert.False(events[0].IsInterleaved);
    }

    [Fact]
    public void Lines_ThatTwoLoggersWroteSideBySide_AreReadOnce()
    {
        OomEvent once = Assert.Single(OomLog.Parse(Report + Reaper));
        string doubled = string.Join('\n', (Report + Reaper).Split('\n').SelectMany(line => new[] { "Nov 24 10:00:00 h kernel: " + line, line }));
        OomEvent twice = Assert.Single(OomLog.Parse(doubled));
        Assert.True(twice.IsDuplicated);
        Assert.Equal(once.Tasks.AsEnumerable(), twice.Tasks.AsEnumerable());
        Assert.Equal(once.CallTrace.AsEnumerable(), twice.CallTrace.AsEnumerable());
        Assert.Equal(once.Victims[0] with { Time = null }, twice.Victims[0] with { Time = null });
        Assert.Empty(twice.UnknownLines);
    }

    /// <summary>A task hangs or a driver warns while the report is printed: its dump has no CPU line, or a CPU line behind a warning.</summary>
    [Theory]
    [InlineData("INFO: task java:4711 blocked for more than 120 seconds.|task:java            state:D stack:    0 pid: 4711 ppid:     1 flags:0x00000004|Call Trace:| <TASK>| __schedule+0x2d1/0x860| </TASK>")]
    [InlineData("INFO: task java:4711 blocked for more than 120 seconds.|java            D    0  4711      1 0x00000080|Call Trace:| __schedule+0x2d1/0x860")]
    [InlineData("WARNING: CPU: 2 PID: 77 at fs/ext4/inode.c:100 foo+0x1/0x2 [ext4]|CPU: 2 PID: 77 Comm: kworker/2:1 Not tainted 6.1.0-50-amd64 #1|RIP: 0010:foo+0x1/0x2 [ext4]|Call Trace:| bar+0x2d1/0x860")]
    public void DumpOfAnotherTask_InsideAReport_TakesNothingFromIt(string dump)
    {
        string[] lines = Encoding.Latin1.GetString(Golden.Read(RewrappedLog.Stamped)).TrimEnd('\n').Split('\n');
        string between = string.Concat(dump.Split('|').Select(line => $"{lines[0][..15]}{line}\n"));
        int trace = Array.FindIndex(lines, line => line.EndsWith("Call Trace:", StringComparison.Ordinal));
        int end = Array.FindLastIndex(lines, line => line.EndsWith("</TASK>", StringComparison.Ordinal));
        string whole = Assert.Single(OomLog.Parse(Golden.Read(RewrappedLog.Stamped), Golden.Options).Select(RewrappedLog.Comparable));
        for (int place = 1; place <= end + 40; place++)
        {
            if (place <= trace || place > end)
            {
                byte[] log = Encoding.Latin1.GetBytes(string.Concat(lines[..place].Select(line => line + "\n")) + between + string.Concat(lines[place..].Select(line => line + "\n")));
                OomEvent[] events = [.. OomLog.Parse(log, Golden.Options)];
                Assert.Equal(whole, RewrappedLog.Comparable(Assert.Single(events) with { UnknownLines = [] }));
                Assert.Equal(events, Chunks.ParseWithoutSkipping(log, Golden.Options));
            }
        }
    }

    /// <summary>A CPU that is locked up for 22 s holds back the rest of its report, wherever it is behind the trigger.</summary>
    [Fact]
    public void GapInsideAReport_DoesNotTearIt()
    {
        string[] lines = Report.Split('\n');
        OomEvent whole = Assert.Single(OomLog.Parse(Report));
        for (int place = 2; place < lines.Length; place++)
        {
            string log = string.Join('\n', [.. lines[..place], "[  122.000000] watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [java:141]", .. lines[place..].Select(line => line.Replace("  100.", "  122.", StringComparison.Ordinal))]);
            OomEvent torn = Assert.Single(OomLog.Parse(log));
            Assert.Equal(whole.Sections, torn.Sections);
            Assert.Equal(whole.Tasks.AsEnumerable(), torn.Tasks.AsEnumerable());
            Assert.Equal(141, Assert.Single(torn.Victims).Pid);
        }
    }

    /// <summary>A kill of another task, 20 s behind a report that was cut off, is an event of its own; a minute behind, any kill.</summary>
    [Theory]
    [InlineData(" 120.", "999", 2)]
    [InlineData(" 120.", "141", 1)]
    [InlineData(" 170.", "141", 2)]
    public void LateKill_BelongsToTheReportThatHasTheTask(string time, string pid, int count)
    {
        string[] lines = Report.Split('\n');
        string kill = lines[^1].Replace(" 100.", time, StringComparison.Ordinal).Replace("141", pid, StringComparison.Ordinal);

        Assert.Equal(count, OomLog.Parse(string.Join('\n', [.. lines[..^2], kill])).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lines_ThatOneOfTwoLoggersWroteWithoutStamp_AreReadOnce(bool isStampedFirst)
    {
        const string Syslog = "Nov 24 10:00:00 h kernel: ";
        OomEvent once = Assert.Single(OomLog.Parse(Report + Reaper));
        string[] lines = [.. (Report + Reaper).Split('\n').Where(line => line.Length > 0)];
        string doubled = string.Concat(lines.Select(line => (Stamped: Syslog + line, Bare: Syslog + line[(line.IndexOf("] ", StringComparison.Ordinal) + 2)..]))
            .Select(pair => isStampedFirst ? $"{pair.Stamped}\n{pair.Bare}\n" : $"{pair.Bare}\n{pair.Stamped}\n"));
        OomEvent twice = Assert.Single(OomLog.Parse(doubled));
        Assert.True(twice.IsDuplicated);
        Assert.Equal(once.Tasks.AsEnumerable(), twice.Tasks.AsEnumerable());
        Assert.Equal(once.CallTrace.AsEnumerable(), twice.CallTrace.AsEnumerable());
        Assert.Equal(once.Victims[0].Pid, twice.Victims[0].Pid);
        Assert.NotNull(twice.Victims[0].Reaper);
        Assert.Empty(twice.UnknownLines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nov 24 10:00:00 h kernel: ")]
    public void Lines_ThatTwoLoggersWroteWithoutStamps_AreReadOnce(string before)
    {
        OomEvent once = Assert.Single(OomLog.Parse(Report));
        string[] lines = [.. Report.Split('\n').Where(line => line.Length > 0).Select(line => before + line[(line.IndexOf("] ", StringComparison.Ordinal) + 2)..] + "\n")];

        OomEvent twice = Assert.Single(OomLog.Parse(string.Concat(lines.SelectMany(line => new[] { line, line }))));

        Assert.True(twice.IsDuplicated);
        Assert.Equal(once.Tasks.AsEnumerable(), twice.Tasks.AsEnumerable());
        Assert.Equal(once.CallTrace.AsEnumerable(), twice.CallTrace.AsEnumerable());
        Assert.Equal(once.Victims[0].Pid, twice.Victims[0].Pid);
    }

    [Fact]
    public void Report_ThatAnotherLoggerWroteAgainWithoutStamps_IsKeptOnce()
    {
        const string Syslog = "Nov 24 10:00:00 h kernel: ";
        string[] lines = [.. Report.Split('\n').Where(line => line.Length > 0)];
        string log = string.Concat(lines.Select(line => Syslog + line + "\n")) + string.Concat(lines.Select(line => Syslog + line[(line.IndexOf("] ", StringComparison.Ordinal) + 2)..] + "\n"));
        Assert.True(Assert.Single(OomLog.Parse(log)).IsDuplicated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Report_ThatAnotherLoggerWroteAgain_IsKeptOnce(bool isReaperLast)
    {
        string syslog = string.Join('\n', Report.Split('\n').Select(line => "Nov 24 10:00:00 h kernel: " + line));
        string log = isReaperLast ? syslog + '\n' + Report + Reaper : syslog + '\n' + Report;
        (OomEvent[] events, OomParserCounters counters) = Parse(log);
        OomEvent kept = Assert.Single(events);
        Assert.True(kept.IsDuplicated);
        Assert.Equal("h", kept.Host);
        Assert.Equal(isReaperLast, kept.Victims[0].Reaper is not null);
        Assert.Equal(1, counters.DuplicateReports);
    }

    [Fact]
    public void Copy_ThatNamesAnotherVictim_IsNone()
    {
        string syslog = string.Join('\n', Report.Split('\n').Select(line => "Nov 24 10:00:00 h kernel: " + line));
        (OomEvent[] events, OomParserCounters counters) = Parse(syslog + '\n' + Report.Replace("141", "142", StringComparison.Ordinal));
        Assert.Equal([141, 142], events.SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid));
        Assert.Equal(0, counters.DuplicateReports);
    }

    /// <summary>A failed allocation prints a dump and its Mem-Info inside a report, which goes on with its own.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void AllocationFailure_InsideAReport_LeavesItItsOwnLines(int at)
    {
        string[] report =
        [
            "memhog invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), order=0, oom_score_adj=0",
            "CPU: 1 PID: 142 Comm: memhog Not tainted 6.1.0-50-amd64 #1  Debian 6.1.176-1",
            "Call Trace:",
            " dump_stack_lvl+0x44/0x5c",
            " oom_kill_process+0x1a/0x20",
            "Mem-Info:",
            "active_anon:1201 inactive_anon:71538 isolated_anon:0",
            "98166 pages RAM",
            "Out of memory: Killed process 142 (memhog) total-vm:197868kB, anon-rss:195888kB, file-rss:0kB, shmem-rss:516kB, UID:0 pgtables:424kB oom_score_adj:0",
        ];
        string[] failure =
        [
            "labtool: page allocation failure: order:10, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null)",
            "CPU: 0 PID: 490 Comm: labtool Not tainted 6.1.0-50-amd64 #1  Debian 6.1.176-1",
            "Call Trace:",
            " warn_alloc+0x132/0x1b0",
            "Mem-Info:",
            "active_anon:7 inactive_anon:8 isolated_anon:0",
            "5 pages RAM",
        ];
        at--;
        string log = string.Concat(((string[])[.. report[..at], .. failure, .. report[at..]]).Select(line => $"[  100.000000] {line}\n"));
        OomEvent[] events = [.. OomLog.Parse(log)];
        OomEvent oom = Assert.Single(events, one => one.Kind == OomEventKind.Oom);
        Assert.Equal((98166, 71538, "6.1.0-50-amd64", OomSections.None), (oom.Memory!.RamPages, oom.Memory.Counters.Get("inactive_anon"), oom.Kernel?.Release, oom.Missing & OomSections.MemInfo));
        Assert.Equal(5, Assert.Single(events, one => one.Kind == OomEventKind.AllocationFailure).Memory!.RamPages);
    }

    [Fact]
    public void TheSameBytesAgain_AreAnotherEvent() => Assert.Equal(2, OomLog.Parse(Report + '\n' + Report).Length);

    [Fact]
    public void EventWithUptimeAlone_GetsItsTimeFromTheBootTimeOfTheLog()
    {
        string syslog = string.Join('\n', Report.Split('\n').Select(line => "2026-11-24T10:01:40+01:00 h kernel: " + line));
        string later = Report.Replace("  100.", "  200.", StringComparison.Ordinal);
        OomEvent[] events = [.. OomLog.Parse(syslog + '\n' + later)];
        Assert.Equal("2026-11-24T10:03:20+01:00", events[1].Time!.Value.ToString());
        Assert.Equal(OomTimeSource.Boot, events[1].Time!.Value.Source);
        Assert.Equal(events[0].BootTime, events[1].BootTime);
        Assert.Null(OomLog.Parse(Report).Single().Time);
        Assert.Null(OomLog.Parse(syslog + '\n' + Report.Replace("  100.", "    2.", StringComparison.Ordinal)).Last().Time);
    }

    private static string Describe(OomEvent oomEvent) =>
        $"{oomEvent.Trigger!.Name} {oomEvent.Trigger.Pid} {oomEvent.Memcg!.Path} {oomEvent.Memcg.Memory!.Value.UsageKiB} {oomEvent.Tasks.Single().Pid} {oomEvent.Victims.Single().Score}";

    private static (OomEvent[] Events, OomParserCounters Counters) Parse(string log)
    {
        using OomParser parser = new();
        System.Buffers.ReadOnlySequence<byte> bytes = new(System.Text.Encoding.UTF8.GetBytes(log));
        List<OomEvent> events = [];
        while (parser.TryRead(ref bytes, isFinalBlock: true, out OomEventView oomEvent))
        {
            events.Add(oomEvent.ToEvent());
        }

        return ([.. events], parser.Counters);
    }
}
