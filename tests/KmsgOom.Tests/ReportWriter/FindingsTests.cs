namespace KmsgOom.Tests.ReportWriter;

/// <summary>Defects that the writer found in the parser, each with the lines that showed it.</summary>
public sealed class FindingsTests
{
    /// <summary>5.0 and later print the nodes and the cpuset of a failed allocation on its first line; they were dropped.</summary>
    [Fact]
    public void AllocationFailure_SaysItsCpuset()
    {
        OomEvent failure = Assert.Single(OomLog.Parse(
            "[    1.000000] a: page allocation failure: order:3, mode:0xcc0(GFP_KERNEL), nodemask=0,2-3,cpuset=odd dir (1),x=y,mems_allowed=0-1,3\n"));
        Assert.Equal(("0,2-3", "odd dir (1),x=y", "0-1,3"), (failure.Trigger!.Nodemask, failure.Trigger.Cpuset, failure.Trigger.MemsAllowed));
    }

    /// <summary>A failed allocation of a task that is called like a Mem-Info block was taken for one.</summary>
    [Fact]
    public void AllocationFailure_OfATaskCalledMemInfo_IsOne()
    {
        OomEvent failure = Assert.Single(OomLog.Parse("[    1.000000] Mem-Info:: page allocation failure: order:0, mode:0xd0\n"));
        Assert.Equal((OomEventKind.AllocationFailure, "Mem-Info:"), (failure.Kind, failure.Trigger!.Name!.Value.ToString()));
    }

    /// <summary>Where two hosts say so in turn, only the latest "callbacks suppressed" was remembered.</summary>
    [Fact]
    public void SuppressedReports_AreCountedByHost()
    {
        const string Log = """
            Nov 23 10:00:00 a kernel: oom_kill_process: 7 callbacks suppressed
            Nov 23 10:00:00 b kernel: oom_kill_process: 9 callbacks suppressed
            Nov 23 10:00:00 a kernel: x invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
            Nov 23 10:00:00 b kernel: y invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0

            """;
        Assert.Equal([7L, 9L], OomLog.Parse(Log).Select(oomEvent => oomEvent.SuppressedBefore));
    }

    /// <summary>CPU lines behind a title that is missing became counters of the machine, or lists of the zone that was titled before.</summary>
    [Fact]
    public void PerCpuLists_WithoutTheirTitle_BelongToNobody()
    {
        const string Log = """
            [    1.000000] x invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
            [    1.000001] Mem-Info:
            [    1.000002] CPU    0: hi:  186, btch:  31 usd:  90
            [    1.000003] DMA per-cpu:
            [    1.000004] CPU    0: hi:    0, btch:   1 usd:   0
            [    1.000005] CPU    1: hi:    0, btch:   1 usd:   0
            [    1.000006] CPU    0: hi:  186, btch:  31 usd:  90
            [    1.000007] CPU    1: hi:  186, btch:  31 usd:  90

            """;
        OomMemory memory = Assert.Single(OomLog.Parse(Log)).Memory!;
        Assert.Empty(memory.Counters);
        Assert.Equal([0L, 0L], Assert.Single(Assert.Single(memory.Nodes).Zones).PerCpu.Select(cpu => cpu.List.HighPages!.Value));
    }

    /// <summary>panic_on_oom=2 is for cgroups too, and so is "no killable processes": both were taken for the machine's.</summary>
    [Theory]
    [InlineData("Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled", OomScope.Unknown)]
    [InlineData("Kernel panic - not syncing: out of memory. Compulsory panic_on_oom is selected.", OomScope.Unknown)]
    [InlineData("Kernel panic - not syncing: out of memory(memcg). panic_on_oom is selected.", OomScope.Memcg)]
    [InlineData("Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled", OomScope.Global)]
    [InlineData("Kernel panic - not syncing: System is deadlocked on memory", OomScope.Global)]
    [InlineData("Out of memory and no killable processes...", OomScope.Unknown)]
    public void Ending_TellsWhoseMemoryItIs_OnlyWhereItSaysSo(string line, OomScope scope) =>
        Assert.Equal(scope, Assert.Single(OomLog.Parse($"[    1.000000] {line}\n")).Scope);

    /// <summary>The words before "OOM victim" were not read.</summary>
    [Theory]
    [InlineData("Memory cgroup out of memory", OomScope.Memcg)]
    [InlineData("Out of memory", OomScope.Global)]
    public void AlreadyExiting_TellsWhoseMemoryItIs(string message, OomScope scope) => Assert.Equal(
        (OomOutcome.AlreadyExiting, scope),
        Of(Assert.Single(OomLog.Parse($"[    1.000000] {message}: OOM victim 7 (a) is already exiting. Skip killing the task\n"))));

    /// <summary>A victim of the machine may have memory.oom.group set: its group was taken for a cgroup that is full.</summary>
    [Fact]
    public void GroupKill_OfTheMachine_NamesNoFullCgroup()
    {
        const string Log = """
            [    1.000000] Out of memory: Killed process 7 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0
            [    1.000001] Tasks in /system.slice/a.service are going to be killed due to memory.oom.group set
            [    1.000002] Out of memory: Killed process 7 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0

            """;
        OomEvent found = Assert.Single(OomLog.Parse(Log));
        Assert.Equal((OomOutcome.GroupKilled, OomScope.Global), Of(found));
        Assert.Null(found.Memcg!.Path);
    }

    /// <summary>Where the first kill line is missing, the line about the group began another report and ended the one it belongs to.</summary>
    [Fact]
    public void GroupKill_WithoutItsFirstKillLine_BelongsToTheOpenReport()
    {
        const string Log = """
            [    1.000000] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            [    1.000001] Tasks in /a are going to be killed due to memory.oom.group set
            [    1.000002] Memory cgroup out of memory: Killed process 8 (b) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0

            """;
        OomEvent found = Assert.Single(OomLog.Parse(Log));
        Assert.Equal((OomOutcome.GroupKilled, OomScope.Memcg), Of(found));
        Assert.Equal("/a", found.Memcg!.Path);
    }

    /// <summary>The line about the group opened a report that was dropped for want of evidence.</summary>
    [Fact]
    public void GroupKill_Alone_IsAnEvent() =>
        Assert.True(Assert.Single(OomLog.Parse("[    1.000000] Tasks in /a are going to be killed due to memory.oom.group set\n")).Memcg!.OomGroup);

    /// <summary>Each of these lines stands in the reports of cgroups only; just the first was taken for a proof.</summary>
    [Theory]
    [InlineData("memory: usage 4kB, limit 8kB, failcnt 1")]
    [InlineData("memory+swap: usage 4kB, limit 8kB, failcnt 1")]
    [InlineData("kmem: usage 4kB, limit 8kB, failcnt 1")]
    [InlineData("swap: usage 4kB, limit 8kB, failcnt 1")]
    [InlineData("Task in /a")]
    [InlineData("Task in /a killed as a result of limit of /a")]
    [InlineData("Memory limit reached of cgroup /a")]
    [InlineData("Memory cgroup stats for /a:")]
    public void EveryLineOfAMemcg_ProvesIt(string line) => Assert.Equal(OomScope.Memcg, Assert.Single(OomLog.Parse($"[    1.000000] {line}\n")).Scope);

    /// <summary>Without its trigger, the cpuset line of a task that is called like a Mem-Info block was taken for one.</summary>
    [Fact]
    public void Cpuset_OfATaskCalledMemInfo_IsNoBlock()
    {
        const string Log = """
            [    1.000000] Mem-Info: cpuset=/ mems_allowed=0
            [    1.000001] Tasks state (memory values in pages):

            """;
        Assert.Equal(OomSections.Tasks, Assert.Single(OomLog.Parse(Log)).Sections);
    }

    /// <summary>A name of just 15 bytes that dmesg writes with an escape was taken for a prefix and a name.</summary>
    [Fact]
    public void TriggerName_OfFifteenBytesWithAnEscape_IsWhole() => Assert.Equal(
        WrittenRecord.Name("abcdefghijklmn\u00e2"),
        Assert.Single(OomLog.Parse("[    1.000000] abcdefghijklmn\\xe2 invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n")).Trigger!.Name);

    /// <summary>The second half of 3.16's "Task in" line began a report, or none, as the search for lines of interest had it.</summary>
    [Fact]
    public void SecondHalfOfTaskIn_BeginsNoReport()
    {
        const string Half = "[    1.000000]  killed as a result of limit of /a\n";
        const string Rest = "[    1.000001] memory: usage 4kB, limit 8kB, failcnt 1\n";
        Assert.Null(Assert.Single(OomLog.Parse(Half + Rest)).Memcg!.Path);
        Assert.Equal("/a", OomLog.Parse("[    1.000000] Task in /b\n" + Half + Rest)[^1].Memcg!.Path);
    }

    /// <summary>The protection stands in all reports since 6.19: it made an OOM of the rest of a failed allocation, and was no part of a whole one.</summary>
    [Fact]
    public void Protection_OfAFailedAllocation_IsPartOfIt()
    {
        const string First = "[    1.000000] a: page allocation failure: order:0, mode:0xcc0(GFP_KERNEL), nodemask=(null)\n";
        const string Rest = """
            [    1.000001] CPU: 0 UID: 0 PID: 7 Comm: a Not tainted 6.19.0 #1 PREEMPT(full)
            [    1.000002] Mem-Info:
            [    1.000003] Memory cgroup min protection 4kB -- low protection 8kB

            """;
        Assert.Empty(OomLog.Parse(Rest));
        OomEvent failure = Assert.Single(OomLog.Parse(First + Rest));
        Assert.Equal((OomEventKind.AllocationFailure, new OomMemcgProtection(4, 8)), (failure.Kind, failure.Memcg!.Protection!.Value));
    }

    /// <summary>A zone's line that another CPU's record drove apart from its node was taken for a zone of node 0.</summary>
    [Fact]
    public void ZoneLine_ApartFromItsNode_IsOfThatNode()
    {
        const string Log = """
            [    1.000000] x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            [    1.000001] Mem-Info:
            [    1.000002] Node 0 Normal free:4kB min:4kB
            [    1.000003] Node 1 
            [    1.000004] eth0: link up
            [    1.000005] Normal free:8kB min:8kB
            [    1.000006] Node 1 Normal: 2*4kB = 8kB

            """;
        OomMemory memory = Assert.Single(OomLog.Parse(Log)).Memory!;
        Assert.Equal([4L, 8L], memory.Nodes.Select(node => Assert.Single(node.Zones).Counters[0].Value));
    }

    /// <summary>The trigger of a task that is called like a Mem-Info block was taken for one where it broke in two.</summary>
    [Fact]
    public void Trigger_InPiecesOfATaskCalledMemInfo_IsOne()
    {
        const string Log = """
            [    1.000000] Mem-Info: invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null)
            [    1.000001] ,  order=3, oom_score_adj=7

            """;
        OomTrigger trigger = Assert.Single(OomLog.Parse(Log)).Trigger!;
        Assert.Equal((3, 7), (trigger.Order, trigger.OomScoreAdj));
    }

    /// <summary>An export counts the bytes of such a message; where their number is a multiple of 256, the message was lost.</summary>
    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(522)]
    public void CountersInAnExport_OfAnyLength_AreRead(int length)
    {
        Wrapper wrapper = Wrappers.Find("journal-export");
        WrittenRecord trigger = new(4, "x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", OomSections.Trigger);
        string text = "active_anon:1\n free:2".PadRight(length);
        OomMemory memory = Assert.Single(RoundTrip.Parse(wrapper.Write([trigger, new WrittenRecord(6, "Mem-Info:", OomSections.MemInfo), new WrittenRecord(4, text, OomSections.MemInfo)]))).Memory!;
        Assert.Equal([1L, 2L], memory.Counters.Select(counter => counter.Value));
    }

    private static (OomOutcome Outcome, OomScope Scope) Of(OomEvent found) => (found.Outcome, found.Scope);
}
