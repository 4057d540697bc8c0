using System.Collections.Immutable;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Verdicts;

/// <summary>Sentences and advice that must fit the numbers beside them; all numbers are made up.</summary>
public sealed class VerdictSentenceTests
{
    private const long MachinePages = 320 << 8;

    [Fact]
    public void PageCacheThatIsNearlyAll_IsNamed_AndNoCauseOfAFewPercentIs()
    {
        OomVerdict verdict = OomAnalysis.Of(Machine([Task(10, "a", 3000)], ("inactive_anon", 3000), ("shmem", 1500), ("inactive_file", 67000))).Verdict;

        Assert.Equal(OomCause.NotDeterminable, verdict.Cause);
        Assert.Contains("its largest part, 262 MiB (82 %), is page cache", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Leak_IsTheTaskThatHoldsHalf_NotTheProgramOfManyTasks()
    {
        OomTask[] workers = [.. Enumerable.Range(20, 60).Select(pid => Task(pid, "worker", 1690))];
        OomVerdict verdict = OomAnalysis.Of(Machine([Task(10, "memhog", 51000), .. workers], ("inactive_anon", 70000))).Verdict;

        Assert.Equal(OomCause.LeakSuspect, verdict.Cause);
        Assert.Contains("memhog alone holds 199 MiB (pid 10)", verdict.Sentence, StringComparison.Ordinal);
    }

    /// <summary>Shared memory that a task has mapped is not its own: it holds 200 MiB of 320, but 117 of them are everybody's.</summary>
    [Theory]
    [InlineData(0, OomCause.LeakSuspect)]
    [InlineData(30_000, OomCause.Processes)]
    public void Leak_IsOfMemoryOfItsOwn(long shmemPages, OomCause cause) =>
        Assert.Equal(cause, OomAnalysis.Of(Machine([Task(10, "postgres", 200 << 8), Task(11, "java", 30000)], ("inactive_anon", 75000), ("shmem", shmemPages))).Verdict.Cause);

    [Fact]
    public void PageCacheOfTwoThirds_IsNamed_AndWhatMustBeWritten()
    {
        OomVerdict verdict = OomAnalysis.Of(Machine([Task(10, "a", 3000)], ("inactive_anon", 24000), ("inactive_file", 55000), ("writeback", 50000))).Verdict;

        Assert.Equal(OomCause.NotDeterminable, verdict.Cause);
        Assert.Contains("215 MiB (67 %), is page cache (195 MiB of it must be written to disk first)", verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains(verdict.Advice, advice => advice.Contains("vm.dirty_bytes", StringComparison.Ordinal));
    }

    /// <summary>Lines without a prefix are easily lost; what they counted is no hypervisor's.</summary>
    [Theory]
    [InlineData(true, OomCause.Unaccounted)]
    [InlineData(false, OomCause.NotDeterminable)]
    public void MemoryInNoCounter_IsSomebodys_OnlyWhereAllWereRead(bool isWhole, OomCause cause)
    {
        (string, long)[] rest = isWhole ? [("slab_unreclaimable", 100), ("pagetables", 100)] : [];
        Assert.Equal(cause, OomAnalysis.Of(Machine([Task(10, "a", 300)], [("inactive_anon", 3000), .. rest])).Verdict.Cause);
    }

    /// <summary>Before 4.4 a request by hand has order 0, and only the trace tells.</summary>
    [Theory]
    [InlineData("moom_callback+0x20/0x30", OomCause.Manual)]
    [InlineData("handle_mm_fault+0x20/0x30", OomCause.LeakSuspect)]
    public void KillByHand_IsFoundInTheTrace(string frame, OomCause cause)
    {
        OomEvent oomEvent = Machine([Task(10, "memhog", 51000)], ("inactive_anon", 70000)) with { Trigger = new OomTrigger { Order = 0 }, CallTrace = [frame] };

        Assert.Equal((cause, cause == OomCause.Manual), (OomAnalysis.Of(oomEvent).Verdict.Cause, oomEvent.IsManual));
    }

    [Theory]
    [InlineData(500, "The memory nodes 1 of the cpuset were full; the machine as a whole had little more, 2.0 MiB free.")]
    [InlineData(9000, "Not the machine: the memory nodes 1 of the cpuset were full; the machine as a whole had 35.2 MiB free.")]
    public void FullNodes_AreNotTheMachine_UnlessItIsFullToo(long freePages, string sentence)
    {
        OomEvent oomEvent = Machine([Task(10, "memhog", 51000)], ("inactive_anon", 70000), ("free", freePages)) with { Scope = OomScope.Cpuset, Trigger = new OomTrigger { MemsAllowed = "1" } };

        Assert.Equal(sentence, OomAnalysis.Of(oomEvent).Verdict.Sentence);
    }

    [Fact]
    public void WhatIsInSwap_FillsNoMemory()
    {
        OomVerdict verdict = OomAnalysis.Of(Machine([Task(10, "idle", 300) with { SwapEntriesPages = 90000 }, Task(11, "memhog", 50000)], ("inactive_anon", 70000))).Verdict;

        Assert.Contains("memhog alone holds 195 MiB (pid 11)", verdict.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("look at memhog", verdict.Advice[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8 << 10, "look at memhog (195 MiB) and idle (118 MiB, 117 MiB of it in swap), and give them limits")]
    [InlineData(4 << 20, "look at memhog (195 MiB), and give it a limit")]
    public void WhatIsInSwap_IsLookedAtWhereSwapIsFull(long freeKiB, string advice)
    {
        OomEvent oomEvent = Machine([Task(10, "idle", 300) with { SwapEntriesPages = 30000 }, Task(11, "memhog", 50000)], ("inactive_anon", 70000));
        oomEvent = oomEvent with { Memory = oomEvent.Memory! with { SwapTotalKiB = 8 << 20, SwapFreeKiB = freeKiB } };

        Assert.StartsWith(advice, OomAnalysis.Of(oomEvent).Verdict.Advice[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(399_987, false)]
    [InlineData(80_000, true)]
    public void Swap_IsFullWhereTheSheetSaysSo(long freeKiB, bool isFull)
    {
        OomEvent oomEvent = Machine([Task(10, "memhog", 50000)], ("inactive_anon", 70000));
        oomEvent = oomEvent with { Memory = oomEvent.Memory! with { SwapTotalKiB = 8 << 20, SwapFreeKiB = freeKiB } };
        OomAnalysis analysis = OomAnalysis.Of(oomEvent);

        Assert.Equal(isFull, analysis.Machine!.Swap!.State == OomSwapState.Full);
        Assert.Equal(isFull, analysis.Verdict.Sentence.Contains("swap is full", StringComparison.Ordinal));
    }

    [Fact]
    public void PageFault_ThatKilled_IsNotSaidToHaveKilledNobody()
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse("[    1.000000] VM: killing process firefox\n"u8.ToArray()), one => one.Kind == OomEventKind.VmFault);

        Assert.Contains("the task that faulted was killed", OomAnalysis.Of(oomEvent).Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void KillsInGroupsThatNobodyNames_AreNoSecondKill()
    {
        OomAnalyzer analyzer = new();
        OomAnalysis[] analyses = [.. OomLog.Parse(
            """
            [    1.000000] Memory cgroup out of memory: Killed process 7 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB
            [    1.100000] Memory cgroup out of memory: Killed process 8 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB

            """u8.ToArray()).Select(analyzer.Analyze)];

        Assert.Equal(2, analyses.Length);
        Assert.All(analyses, analysis => Assert.Equal(OomCause.NotDeterminable, analysis.Verdict.Cause));
    }

    /// <summary>Within a tenth of a second; the group is full of tmpfs, or of memory that no task of the table holds.</summary>
    [Theory]
    [InlineData("shmem", OomCause.GroupLimit)]
    [InlineData("anon", OomCause.SecondKill)]
    public void SecondKill_IsOneOnlyWhereTheVictimsMemoryIsMissed(string filling, OomCause cause)
    {
        OomEvent first = Group(filling, usageKiB: 32 << 10, 7, TimeSpan.FromSeconds(1));
        OomEvent second = Group(filling, usageKiB: 32 << 10, 8, TimeSpan.FromSeconds(1.1));

        Assert.Equal(cause, OomAnalysis.Of(second, null, first).Verdict.Cause);
    }

    /// <summary>The clock alone tells it as well, but not across boots, hosts and files.</summary>
    [Theory]
    [InlineData(null, 0.0, "a", "/a.log", OomCause.SecondKill, "Another kill less than 1 s after that of sh (pid 7)")]
    [InlineData(null, 1.0, "a", "/a.log", OomCause.GroupLimit, "")]
    [InlineData(1.1, 0.25, "a", "/a.log", OomCause.SecondKill, "Another kill 100 ms after that of sh (pid 7)")]
    [InlineData(1.1, 86400.0, "a", "/a.log", OomCause.GroupLimit, "")]
    [InlineData(1.1, 0.0, "b", "/a.log", OomCause.GroupLimit, "")]
    [InlineData(1.1, 0.0, null, "/b.log", OomCause.GroupLimit, "")]
    [InlineData(1.1, 0.0, null, "/a.log", OomCause.SecondKill, "")]
    public void SecondKill_IsOfTheSameBootAndMachine(double? uptime, double seconds, string? host, string path, OomCause cause, string sentence)
    {
        DateTime clock = new(2026, 11, 1, 10, 0, 0);
        string? firstHost = host is null ? null : "a";
        OomEvent first = At(Group("anon", usageKiB: 32 << 10, 7, TimeSpan.FromSeconds(1)), clock, firstHost, "/a.log", isTold: uptime is not null);
        OomEvent second = At(Group("anon", usageKiB: 32 << 10, 8, TimeSpan.FromSeconds(uptime ?? 0)), clock.AddSeconds(seconds), host, path, isTold: uptime is not null);
        OomVerdict verdict = OomAnalysis.Of(second, null, first).Verdict;

        Assert.Equal(cause, verdict.Cause);
        Assert.StartsWith(sentence, verdict.Sentence, StringComparison.Ordinal);

        static OomEvent At(OomEvent oomEvent, DateTime clock, string? host, string path, bool isTold) => oomEvent with
        {
            Host = host,
            Source = oomEvent.Source with { Path = path },
            Time = new OomTimestamp(clock, null, OomTimeSource.Printed),
            Uptime = isTold ? oomEvent.Uptime : null,
            Victims = [oomEvent.Victims[0] with { Uptime = isTold ? oomEvent.Uptime : null, Time = new OomTimestamp(clock, null, OomTimeSource.Printed) }],
        };
    }

    [Fact]
    public void Advice_NamesNoLessThanTheLimit_AndNoShareAboveAll()
    {
        OomVerdict verdict = OomAnalysis.Of(Group("anon", usageKiB: 20 << 10, 7, TimeSpan.FromSeconds(1))).Verdict;

        Assert.EndsWith(", most of it anonymous memory of processes (heaps, stacks).", verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains(verdict.Advice, advice => advice.Contains("a limit above 32 MiB was needed; 40 MiB", StringComparison.Ordinal));
    }

    /// <summary>A counter that stands far below its limit is said to, since the limit alone would look reached.</summary>
    [Theory]
    [InlineData(20, " (only 20 MiB were in use when the counters were printed: memory had come back by then, or it was another limit), most")]
    [InlineData(29, ", most")]
    public void LimitWithRoom_IsNotSimplyReached(int usageMiB, string rest) =>
        Assert.Contains("reached its memory limit of 32 MiB" + rest, OomAnalysis.Of(Group("anon", usageMiB << 10, 7, TimeSpan.FromSeconds(1))).Verdict.Sentence, StringComparison.Ordinal);

    [Theory]
    [InlineData(OomOutcome.Killed, "at the moment of the kill a limit above")]
    [InlineData(OomOutcome.NoVictim, "at that moment a limit above")]
    public void Advice_SpeaksOfAKillOnlyWhereOneWas(OomOutcome outcome, string advice)
    {
        OomEvent oomEvent = Group("anon", usageKiB: 32 << 10, 7, TimeSpan.FromSeconds(1)) with { Outcome = outcome };
        oomEvent = outcome == OomOutcome.Killed ? oomEvent : oomEvent with { Victims = [] };

        Assert.Contains(OomAnalysis.Of(oomEvent).Verdict.Advice, text => text.StartsWith(advice, StringComparison.Ordinal));
    }

    /// <summary>What is said where the scope is unknown must fit how the report ended.</summary>
    [Theory]
    [InlineData("Out of memory and no killable processes...", "The kernel says that it killed nothing; the log does not tell")]
    [InlineData("[  pid  ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n[    1.000001] [  700]     0   700    13023      894      25        0             0 cron", "The log has a part of a report only, and no kill: it does not tell")]
    [InlineData("Killed process 700 (cron) total-vm:4kB, anon-rss:4kB, file-rss:0kB", "The log has the kill but not the report around it")]
    [InlineData("cron invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", "The log does not tell")]
    public void UnknownScope_IsToldByHowTheReportEnded(string line, string sentence)
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse($"[    1.000000] {line}\n"));

        Assert.Equal(OomScope.Unknown, oomEvent.Scope);
        Assert.StartsWith(sentence, OomAnalysis.Of(oomEvent).Verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lowmemorykiller: Killing 'com.example.app' (5120), adj 900,", "The kernel's lowmemorykiller (Android) killed")]
    [InlineData("earlyoom: Killing process 5120 \"quarry\" with signal 9", "A program in user space killed")]
    [InlineData("lowmemorykiller: send sigkill to 5120 (com.example.app), adj 12, size 9184", "The kernel's lowmemorykiller (Android) killed")]
    [InlineData("earlyoom: sending SIGTERM to process 5120 uid 1000 \"app\": badness 900, VmRSS 7 MiB", "A program in user space killed")]
    [InlineData("systemd-oomd[533]: Killed /app.slice due to memory pressure for /app.slice being 62.15% > 50.00% for > 20s with reclaim activity", "A program in user space killed")]
    public void KillOfOtherKillers_NamesWhoKilled(string line, string sentence)
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse($"[    1.000000] {line}\n", Golden.Options));

        Assert.Equal(OomEventKind.UserspaceKill, oomEvent.Kind);
        Assert.StartsWith(sentence, OomAnalysis.Of(oomEvent).Verdict.Sentence, StringComparison.Ordinal);
    }

    /// <summary>What may be in swap is the difference to memory's limit on v1, and a limit of its own on v2. Usage and limit in MiB; null for no such line.</summary>
    [Theory]
    [InlineData(32, 48, 48, null, OomCause.GroupLimit, "its memory limit of 32 MiB and its memory+swap limit of 48 MiB", "one above 48 MiB was needed on memory and swap together; 60 MiB")]
    [InlineData(32, 32, 32, null, OomCause.GroupLimit, "its memory limit of 32 MiB, ", "a limit above 32 MiB")]
    [InlineData(32, 40, 48, null, OomCause.GroupLimit, "its memory limit of 32 MiB, ", "a limit above 32 MiB")]
    [InlineData(20, 48, 48, null, OomCause.SwapLimit, "its memory+swap limit of 48 MiB; ", "look at sh")]
    [InlineData(32, null, null, 16, OomCause.GroupLimit, "its memory limit of 32 MiB and its swap limit of 16 MiB", "a limit above 32 MiB")]
    public void FullSwap_IsNamedBesideMemory(int usage, int? both, int? bothLimit, int? swap, OomCause cause, string sentence, string advice)
    {
        OomEvent oomEvent = Group("anon", usage << 10, 7, TimeSpan.FromSeconds(1));
        OomVerdict verdict = OomAnalysis.Of(oomEvent with
        {
            Memcg = oomEvent.Memcg! with
            {
                MemorySwap = both is { } used ? new OomMemcgUsage(used << 10, bothLimit!.Value << 10, 1) : null,
                Swap = swap is { } full ? new OomMemcgUsage(full << 10, full << 10, 1) : null,
            },
        }).Verdict;

        Assert.Equal(cause, verdict.Cause);
        Assert.Contains(sentence, verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains(verdict.Advice, text => text.Contains(advice, StringComparison.Ordinal));
    }

    /// <summary>Where a word stands first is not always where its number does: the name of a cgroup, a pool of zero pages.</summary>
    [Fact]
    public void EvidenceOfAPart_IsALineWithItsNumber()
    {
        OomEvent oomEvent = Group("anon", usageKiB: 32 << 10, 7, TimeSpan.FromSeconds(1)) with
        {
            Lines = [new(3, OomSections.Memcg, "Memory cgroup stats for /anon-1.service:"), new(4, OomSections.Memcg, "anon 0"), new(5, OomSections.Memcg, "anon 31457280")],
        };
        OomBucket part = OomMemcgBalance.Of(oomEvent)!.Buckets.First(bucket => bucket.Kind == OomBucketKind.Anon);

        Assert.Equal(5, Assert.Single(part.Evidence).Line);
    }

    private static OomTask Task(int pid, string name, long rss) => Made.Task(pid, rss, name: name);

    private static OomEvent Machine(ImmutableArray<OomTask> tasks, params (string Key, long Pages)[] counters) => Made.Event(tasks) with
    {
        Scope = OomScope.Global,
        Memory = new OomMemory
        {
            RamPages = MachinePages,
            ReservedPages = 0,
            SwapTotalKiB = 0,
            PageCachePages = counters.Where(counter => counter.Key is "shmem" or "inactive_file").Sum(counter => counter.Pages),
            SwapCachePages = 0,
            Counters = [.. Enumerable.Concat(counters, [("active_anon", 0L), ("mapped", 0L), ("free", 500L)]).Select(counter => new OomCounter(counter.Item1, counter.Item2, OomUnit.Pages))],
        },
    };

    /// <summary>A group of 32 MiB with a shell in the table, and 30 MiB of something.</summary>
    private static OomEvent Group(string filling, long usageKiB, int pid, TimeSpan uptime) => Made.Event([Task(pid, "sh", 300)]) with
    {
        Scope = OomScope.Memcg,
        Uptime = uptime,
        Victims = [new OomVictim { Pid = pid, Name = new TaskName("sh"u8), Uptime = uptime }],
        Memcg = new OomMemcg
        {
            Path = "/group",
            Memory = new OomMemcgUsage(usageKiB, 32 << 10, 1),
            Stats =
            [
                new("/group",
                [
                    new("anon", filling == "anon" ? 30 << 20 : 0), new("file", filling == "shmem" ? 30 << 20 : 0), new("shmem", filling == "shmem" ? 30 << 20 : 0), new("file_mapped", 0),
                ]),
            ],
        },
    };
}
