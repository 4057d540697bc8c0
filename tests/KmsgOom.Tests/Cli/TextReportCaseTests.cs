using System.Globalization;
using KmsgOom.Cli.Text;

namespace KmsgOom.Tests.Cli;

/// <summary>The sentences for what is rarer than a container that hits its limit.</summary>
public sealed class TextReportCaseTests
{
    [Theory]
    [InlineData(OomScope.Global, "The machine, and no control group, ran out of memory: ")]
    [InlineData(OomScope.Cpuset, "The memory nodes of a cpuset ran out (not the whole machine): ")]
    [InlineData(OomScope.Mempolicy, "The nodes of a memory policy ran out (not the whole machine): ")]
    [InlineData(OomScope.Unknown, "Out of memory (the log does not say whether a limit or the machine): ")]
    public void Cause_FollowsTheScope(OomScope scope, string expected) =>
        Assert.Contains(expected, OnOneLine(SomeEvents.Bare(OomOutcome.Killed) with { Scope = scope }));

    [Theory]
    [InlineData(OomConstraint.None, OomSections.Victim)]
    [InlineData(OomConstraint.Unknown, OomSections.MemInfo | OomSections.Victim)]
    public void WholeMachine_IsNamedWhereTheLogTells(OomConstraint constraint, OomSections sections) => Assert.Contains(
        "The whole machine ran out of memory: ", OnOneLine(SomeEvents.Bare(OomOutcome.Killed) with { Scope = OomScope.Global, Constraint = constraint, Sections = sections }));

    [Theory]
    [InlineData(OomOutcome.NoVictim, "there was no killable process, nothing was killed.")]
    [InlineData(OomOutcome.AlreadyExiting, "nothing was killed, the chosen process was already exiting.")]
    [InlineData(OomOutcome.Panic, "kernel panic, nothing was killed.")]
    [InlineData(OomOutcome.Unfinished, "the log does not say who was killed.")]
    public void Outcome_WithoutVictim_SaysWhy(OomOutcome outcome, string expected) =>
        Assert.Contains(expected, OnOneLine(SomeEvents.Bare(outcome) with { Scope = OomScope.Global }));

    [Fact]
    public void Panic_IsQuoted() =>
        Assert.Contains(
            "\nPanic      Out of memory: compulsory panic_on_oom is enabled\n",
            (SomeEvents.Bare(OomOutcome.Panic) with { Panic = "Out of memory: compulsory panic_on_oom is enabled" }).Render());

    [Fact]
    public void SysRq_IsNoAllocation()
    {
        OomTrigger trigger = new() { Name = new TaskName("kworker/0:0"), Order = -1, GfpMask = 0xcc0 };

        string text = (SomeEvents.ContainerKill() with { Scope = OomScope.Global, Trigger = trigger }).Render();

        Assert.Contains("\nSysRq-f: a person asked for an OOM kill: stress (pid 32308) was killed.\n", text);
        Assert.Contains("no allocation: SysRq-f (order -1)\n", text);
    }

    [Fact]
    public void Order_IsASize_InTheMachinesPages()
    {
        OomTrigger trigger = new() { Order = 2, GfpMask = 0 };

        string text = (SomeEvents.Bare(OomOutcome.Killed) with { Trigger = trigger, PageSize = 65536 }).Render();

        Assert.Contains("asked for 256 KiB (order 2), gfp_mask 0: a page fault\n", text);
    }

    /// <summary>Up to 5.0 the announcement may name the parent, of which a child is killed, or any thread; the table has a row for each process and none for its threads.</summary>
    [Theory]
    [InlineData("make", 30, "cc1", "30 make, 31 cc1", "in place of make (pid 30), its parent, which was chosen")]
    [InlineData("java", 39, "java", "30 sh, 31 java", "announced as java (pid 39), a thread of it")]
    [InlineData("java", 39, "java", "30 java, 31 java", "in place of java (pid 39), which was chosen: its parent, or a thread of either")]
    [InlineData("worker", 39, "java", "30 sh, 31 java", "in place of worker (pid 39), which was chosen: its parent, or a thread of either")]
    [InlineData("java", 39, "java", "", "in place of java (pid 39), which was chosen: its parent, or a thread of either")]
    public void AnnouncedTask_IsTheParentOrAThread(string announced, int pid, string killed, string table, string expected)
    {
        OomVictim victim = SomeEvents.Victim(31, killed) with { Announced = new OomAnnounced(pid, new TaskName(announced)) };
        OomTask[] tasks = [.. table.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(row => SomeEvents.Task(int.Parse(row[..2], CultureInfo.InvariantCulture), row[3..], 100, 0))];
        OomEvent oomEvent = SomeEvents.Bare(OomOutcome.Killed) with { Victims = [victim], Tasks = [.. tasks] };

        Assert.Contains(expected + " held", Squeeze(oomEvent.Render()));
        Assert.DoesNotContain("a thread of it held", Squeeze((oomEvent with { LostMessages = 1 }).Render()));
    }

    /// <summary>The oom-kill: line has the cpuset of the task that asked; of itself and its request nothing is left.</summary>
    [Theory]
    [InlineData("/", "")]
    [InlineData("batch", "\nTriggered  in cpuset batch\n")]
    public void LostTrigger_IsNotATaskThatAskedForMemory(string cpuset, string expected)
    {
        string text = (SomeEvents.Bare(OomOutcome.Killed) with { Scope = OomScope.Global, Trigger = new OomTrigger { Cpuset = cpuset, MemsAllowed = "0" }, Missing = OomSections.Trigger }).Render();

        Assert.DoesNotContain("without a name", text);
        Assert.DoesNotContain("asked for memory", text);
        Assert.Contains(expected, text);
    }

    /// <summary>The CPU line alone names the task, and no request.</summary>
    [Fact]
    public void TriggerWithoutItsLine_IsNamedWithoutARequest()
    {
        string text = (SomeEvents.Bare(OomOutcome.Killed) with { Trigger = new OomTrigger { Name = new TaskName("cron"), Pid = 812, Cpu = 1 }, Missing = OomSections.Trigger }).Render();

        Assert.Contains("\nTriggered  by cron (pid 812, on CPU 1)\n", text);
        Assert.DoesNotContain("asked for", text);
    }

    [Fact]
    public void Reaper_TellsWhatIsLeft()
    {
        OomReaper reaper = new() { Outcome = OomReaperOutcome.Reaped, AnonRssKiB = 0, FileRssKiB = 0, ShmemRssKiB = 82072 };
        OomEvent oomEvent = SomeEvents.ContainerKill();

        Assert.Contains(
            "\nReaper     freed it in part; left: anon 0, file 0, shmem 80.1 MiB\n",
            (oomEvent with { Victims = [SomeEvents.Victim(1, "a") with { Reaper = reaper }] }).Render());
        Assert.Contains(
            "\nReaper     was unable to free its memory\n",
            (oomEvent with { Victims = [SomeEvents.Victim(1, "a") with { Reaper = new OomReaper { Outcome = OomReaperOutcome.Unable } }] }).Render());
        Assert.Contains("\nReaper     no line in this log", (oomEvent with { Victims = [SomeEvents.Victim(1, "a")] }).Render());
    }

    [Theory]
    [InlineData("3.10.0-1160.el7.x86_64", 0L, false)]
    [InlineData("4.18.0-553.el8_10.x86_64", 0L, true)]
    [InlineData(null, 0L, true)]
    [InlineData(null, null, false)]
    public void Reaper_IsMissedOnlyWhereTheKernelMayHaveOne(string? release, long? shmem, bool isMissed)
    {
        OomEvent oomEvent = SomeEvents.ContainerKill() with
        {
            Kernel = release is null ? null : new OomKernel { Release = release },
            Victims = [SomeEvents.Victim(1, "a") with { ShmemRssKiB = shmem }],
        };

        Assert.Equal(isMissed, oomEvent.Render().Contains("\nReaper     no line in this log", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("systemd-oomd[8]: Killed /a.slice/b.scope due to memory pressure for /a.slice being 62.60% > 50.00% for > 20s with reclaim activity", "memory pressure for /a.slice being 62.60% > 50.00% for > 20s with\n           reclaim activity")]
    [InlineData("lowmemorykiller: Kill 'com.mill.shop' (4711), uid 10123, oom_score_adj 905 to free 81234kB rss, 12345kB swap; reason: low watermark is breached", "low watermark is breached")]
    public void UserspaceKill_TellsItsReason(string line, string reason)
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse($"[    1.000000] {line}\n"));

        Assert.Contains($"\nReason     {reason}\n", oomEvent.Render());
        Assert.DoesNotContain("\n\n\n", new TextReport(false).Render(oomEvent, OomAnalysis.Of(oomEvent)));
    }

    [Theory]
    [InlineData(null, null, "freed memory of it; its line is cut before it says what was left")]
    [InlineData(0L, null, "freed memory of it; left: anon 0; its line is cut")]
    [InlineData(2048L, 0L, "freed memory of it; left: anon 2.0 MiB, file 0; its line is cut")]
    public void ReaperLineThatIsCut_SaysNothingOfWhatItLost(long? anon, long? file, string expected)
    {
        OomReaper reaper = new() { Outcome = OomReaperOutcome.Reaped, AnonRssKiB = anon, FileRssKiB = file };

        Assert.Contains($"\nReaper     {expected}\n", (SomeEvents.ContainerKill() with { Victims = [SomeEvents.Victim(1, "a") with { Reaper = reaper }] }).Render());
    }

    [Fact]
    public void Time_TellsWhatWasNotPrinted()
    {
        DateTime clock = new(2026, 2, 3, 4, 5, 6);
        OomEvent oomEvent = SomeEvents.Bare(OomOutcome.Killed);

        Assert.StartsWith("== time not in the log ==", oomEvent.Render());
        Assert.StartsWith("== 12.345678 s after boot ==", (oomEvent with { Uptime = TimeSpan.FromMicroseconds(12345678) }).Render());
        Assert.StartsWith("== 2026-02-03 04:05:06 UTC ==", At(TimeSpan.Zero, OomTimeSource.Printed));
        Assert.StartsWith("== 2026-02-03 04:05:06 -03:30 ==", At(new TimeSpan(-3, -30, 0), OomTimeSource.Printed));
        Assert.StartsWith("== 2026-02-03 04:05:06 (year inferred) ==", At(null, OomTimeSource.YearInferred));

        string At(TimeSpan? offset, OomTimeSource source) => (oomEvent with { Time = new OomTimestamp(clock, offset, source) }).Render();
    }

    [Fact]
    public void Notes_TellWhatToDistrust()
    {
        OomEvent oomEvent = SomeEvents.ContainerKill() with
        {
            Missing = OomSections.Trigger | OomSections.Tasks,
            IsInterleaved = true,
            IsDuplicated = true,
            SuppressedBefore = 14,
            LostMessages = 1,
            PageSizeSource = OomPageSizeSource.Assumed,
            Remarks = [new OomRemark(OomRemarkKind.GpuMemory, "Purging GPU memory, 0 pages freed"), .. Enumerable.Repeat(new OomRemark(OomRemarkKind.Kill, "again"), 9)],
            UnknownLines = ["?"],
            Source = new OomSource(null, 7, 0, 3, 2),
        };

        string text = oomEvent.Render();

        Assert.Contains("\nSource     standard input, line 7 (3 lines)\n", text);
        Assert.Contains("\nNote       incomplete: missing or cut is the trigger line, the task table\n", text);
        Assert.Contains("\n           two reports ran into each other; lines may belong to the other one\n", text);
        Assert.Contains("\n           the kernel suppressed 14 reports before this one\n", text);
        Assert.Contains("\n           1 kernel message lost inside this report\n", text);
        Assert.Contains("\n           2 other lines inside this report left out\n", text);
        Assert.Contains("\n           the kernel remarks: Purging GPU memory, 0 pages freed\n", text);
        Assert.Contains("\n           2 more remarks of the kernel not shown\n", text);
        Assert.Contains("\n           some kernel lines inside this report are unknown to this version\n", text);
        Assert.Contains("\n           page size 4096 is assumed, the log does not tell (see --page-size)\n", text);
    }

    [Fact]
    public void TaskTable_OmitsColumnsThatTheKernelDidNotPrint()
    {
        OomTask task = new() { Pid = 5, Tgid = 5, RssPages = 25600, Name = new TaskName("old") };

        string text = (SomeEvents.Bare(OomOutcome.Killed) with { Tasks = [task] }).Render();

        Assert.Contains("\n       pid   RSS MiB  name\n         5       100  old\n     total       100  1 task\n", text);
    }

    private static string Squeeze(string text) => text.Replace("\n           ", " ", StringComparison.Ordinal);

    private static string OnOneLine(OomEvent oomEvent) => oomEvent.Render().Replace('\n', ' ');
}
