using KmsgOom.Tests.Support;
using static KmsgOom.Tests.Insight.History.HistoryEvents;

namespace KmsgOom.Tests.Insight.History;

public sealed class OomHistoryTests
{
    private static readonly string[] EveryTwoMinutes = ["2026-01-01 00:00:00", "2026-01-01 00:02:00", "2026-01-01 00:04:00", "2026-01-01 00:06:00"];

    [Fact]
    public void NoEvents_GiveZeros()
    {
        OomHistoryReport report = Array.Empty<OomEvent>().Report();

        Assert.Equal(new OomHistoryTotals(), report.Totals);
        Assert.Empty(report.Programs.Rows);
        Assert.Empty(report.Timeline.Buckets);
        Assert.Equal(default, report.Intervals);
    }

    [Fact]
    public void Tables_CountByProgramWorkloadHostDayAndHour()
    {
        OomHistoryReport report = new[]
        {
            Kill("java", "2026-01-01 23:59:59", rssMiB: 3),
            Kill("java", "2026-01-02 23:00:00", host: "b", cgroup: "//app/", rssMiB: 4),
            Kill("nginx", "2026-01-02 01:00:00", cgroup: null, rssMiB: 5),
        }.Report();

        Assert.Equal([("java", 2L, 7L << 20), ("nginx", 1, 5 << 20)], report.Programs.Rows.Select(row => (row.Key!, row.Kills, row.RssBytes)));
        Assert.Equal([("/app", 2L), (null, 1)], report.Workloads.Rows.Select(row => (row.Key, row.Events)));
        Assert.Equal([("a", 2L), ("b", 1)], report.Hosts.Rows.Select(row => (row.Key!, row.Events)));
        Assert.Equal([("2026-01-01", 1L), ("2026-01-02", 2)], report.Days.Rows.Select(row => (row.Key!, row.Events)));
        Assert.Equal([("01", 1L), ("23", 2)], report.Hours.Rows.Select(row => (row.Key!, row.Events)));
        Assert.Equal([("memcg", 2L), ("global", 1)], report.Scopes.Rows.Select(row => (row.Key!, row.Events)));
        Assert.Equal((3L, 3L, 12L << 20), (report.Totals.Events, report.Totals.Kills, report.Totals.KilledRssBytes));
        Assert.Equal("2026-01-01T23:59:59", report.Totals.First.ToString());
        Assert.Equal("2026-01-02T23:00:00", report.Totals.Last.ToString());
    }

    [Theory]
    [InlineData("2026-12-31 23:59:30", "2027-01-01 00:00:30", 1)]
    [InlineData("2026-12-31 23:59:30", "2027-01-01 00:00:31", 0)]
    [InlineData("2028-02-28 23:59:50", "2028-02-29 00:00:10", 1)]
    [InlineData("2028-02-28 23:59:50", "2028-03-01 00:00:10", 0)]
    public void Burst_EndsBehindTheGap_WhateverTheCalendar(string first, string second, int bursts)
    {
        // Given the wrong way round, as rotated logs are.
        OomHistoryReport report = new[] { Kill("b", second, path: "kern.log"), Kill("a", first, path: "kern.log.1") }.Report();

        Assert.Equal(bursts, report.Bursts.Length);
        Assert.Equal(DateTime.Parse(second, null) - DateTime.Parse(first, null), report.Intervals.Min);
    }

    /// <summary>The same kill as rsyslog, journalctl and dmesg -T tell it, and others that are like it.</summary>
    [Theory]
    [InlineData("Nov 23 18:17:16 node1 kernel: [   34.545993] ", "2026-11-23T18:17:16+00:00 node1 kernel: ", 1)]
    [InlineData("Nov 23 18:17:16 node1 kernel: ", "2026-11-23T20:17:17+02:00 node1 kernel: ", 1)]
    [InlineData("Nov 23 18:17:16 node1 kernel: ", "[Mon Nov 23 18:17:15 2026] ", 1)]
    [InlineData("Nov 23 18:17:16 node1 kernel: [   34.545993] ", "[   34.545993] ", 1)]
    [InlineData("Nov 23 18:17:16 node1 kernel: ", "Nov 23 18:17:16 node2 kernel: ", 2)]
    [InlineData("Nov 23 18:17:16 node1 kernel: ", "[Mon Nov 23 18:21:16 2026] ", 2)]
    [InlineData("Nov 23 18:17:16 node1 kernel: [   34.545993] ", "[   35.545993] ", 2)]
    [InlineData("Nov 23 18:17:16 node1 kernel: ", "[Wed Nov 25 18:17:16 2026] ", 2)]
    public void Event_ThatTwoLogsTellInDifferentWays_CountsOnce(string first, string second, long events)
    {
        const string Kill = "Out of memory: Killed process 340 (worker) total-vm:36076kB, anon-rss:34056kB, file-rss:0kB, shmem-rss:580kB, UID:1000 pgtables:104kB oom_score_adj:0\n";
        OomParserOptions options = new() { LogDate = new DateOnly(2026, 11, 30) };
        OomHistoryReport report = OomLog.Parse(first + Kill, options with { SourcePath = "a" }).Concat(OomLog.Parse(second + Kill, options with { SourcePath = "b" })).ToArray().Report();

        Assert.Equal((events, 2 - events), (report.Totals.Events, report.Totals.Repeated));
    }

    [Fact]
    public void Burst_IsOfOneHost()
    {
        OomHistoryReport report = new[]
        {
            Kill("x", "2026-01-01 00:00:00"), Kill("y", "2026-01-01 00:00:01", host: "b"), Kill("z", "2026-01-01 00:01:00"), Kill("z", "2026-01-01 00:01:50"),
        }.Report();

        OomBurst burst = Assert.Single(report.Bursts);
        Assert.Equal(("a", 3L, 3L, TimeSpan.FromSeconds(110)), (burst.Host, burst.Events, burst.Kills, burst.Duration));
        Assert.Equal(["z", "x"], burst.Programs.AsEnumerable());
        Assert.Equal(new OomIntervals(2, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(60)), report.Intervals);
    }

    [Fact]
    public void WithoutHost_EachFileIsAMachine()
    {
        OomHistoryReport report = new[] { Kill("x", uptime: 10, host: null, path: "one"), Kill("y", uptime: 11, host: null, path: "two") }.Report();

        Assert.Empty(report.Bursts);
        Assert.Equal((2L, 2L, 0L), (report.Totals.BootsAtLeast, report.Totals.WithoutDate, report.Intervals.Count));
    }

    [Fact]
    public void UptimeThatGoesBack_IsAnotherBoot_AndNoInterval()
    {
        OomHistoryReport report = new[] { Kill("x", uptime: 100), Kill("x", uptime: 130), Kill("x", uptime: 20), Kill("x", uptime: 25) }.Report();

        Assert.Equal(2, report.Totals.BootsAtLeast);
        Assert.Equal(new OomIntervals(2, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(17.5), TimeSpan.FromSeconds(30)), report.Intervals);
    }

    [Theory]
    [InlineData("2026-01-01 00:00:00", 500, "2026-01-01 01:00:00", 4100, 1)]
    [InlineData("2026-01-01 00:00:00", 500, "2026-01-01 01:00:00", 600, 2)]
    [InlineData("2026-01-01 00:00:40", 100, "2026-01-01 00:00:35", 130, 1)]
    public void Boots_ByBothClocks(string first, double firstUptime, string second, double secondUptime, long boots) =>
        Assert.Equal(boots, new[] { Kill("x", first, uptime: firstUptime), Kill("x", second, uptime: secondUptime) }.Report().Totals.BootsAtLeast);

    [Fact]
    public void Uptime_CountsWithinABoot_WhereTheClockWasSet()
    {
        OomHistoryReport report = new[] { Kill("x", "2026-01-01 00:00:00", uptime: 100), Kill("x", "2026-01-01 00:00:08", uptime: 103) }.Report();

        Assert.Equal(TimeSpan.FromSeconds(3), report.Intervals.Median);
    }

    [Fact]
    public void Zones_AreComparedInUtc_AndMixturesTold()
    {
        OomHistoryReport same = new[] { Kill("x", "2026-01-01 02:00:00", zone: TimeSpan.FromHours(2)), Kill("x", "2026-01-01 00:00:05", zone: TimeSpan.Zero) }.Report();
        OomHistoryReport mixed = new[] { Kill("x", "2026-01-01 02:00:00", zone: TimeSpan.FromHours(2)), Kill("x", "2026-01-01 00:00:05") }.Report();

        Assert.Equal(TimeSpan.FromSeconds(5), same.Intervals.Max);
        Assert.False(same.Totals.HasMixedZones);
        Assert.True(mixed.Totals.HasMixedZones);
    }

    [Fact]
    public void Loop_IsFourKillsAtSimilarIntervals()
    {
        OomRestartLoop loop = Assert.Single(EveryTwoMinutes.Select(time => Kill("java", time)).Report().RestartLoops);

        Assert.Equal(("java", "/app", 4L, TimeSpan.FromMinutes(2)), (loop.Program, loop.Workload, loop.Kills, loop.Intervals.Median));
        Assert.Empty(EveryTwoMinutes.Take(3).Select(time => Kill("java", time)).Report().RestartLoops);
        Assert.Empty(EveryTwoMinutes.Select((time, i) => Kill("java", time, cgroup: $"/app{i}")).Report().RestartLoops);
    }

    [Fact]
    public void Loop_FollowsABackOff_AndEndsAtALongerWait()
    {
        // 10, 20, 40, 80 s; then a day of silence; then two more kills.
        double[] uptimes = [100, 110, 130, 170, 250, 86650, 86660];
        OomRestartLoop loop = Assert.Single(uptimes.Select(uptime => Kill("java", uptime: uptime)).Report().RestartLoops);

        Assert.Equal(new OomIntervals(4, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(80)), loop.Intervals);
        Assert.Equal(5, loop.Kills);
    }

    [Fact]
    public void Growth_IsTheSlopeBetweenKills()
    {
        OomEvent[] events =
        [
            Kill("java", "2026-01-01 00:00:00", rssMiB: 100), Kill("java", "2026-01-01 01:00:00", rssMiB: 150), Kill("java", "2026-01-01 02:00:00", rssMiB: 300),
        ];
        OomGrowth growth = Assert.Single(events.Reverse().Report().Growth);

        Assert.Equal((3L, 100L << 20, 300L << 20, true), (growth.Kills, growth.FirstRssBytes, growth.LastRssBytes, growth.IsRising));
        Assert.Equal(100.0 * (1 << 20), growth.BytesPerHour);
        Assert.False(Assert.Single(new[] { events[1], events[0] with { Time = events[2].Time } }.Report().Growth).IsRising);
    }

    [Fact]
    public void Growth_AcrossBootsWithoutDates_HasNoSlope()
    {
        OomGrowth growth = Assert.Single(new[] { Kill("java", uptime: 100), Kill("java", uptime: 50, rssMiB: 2) }.Report().Growth);

        Assert.Equal((null, null, true), (growth.Duration, growth.BytesPerHour, growth.IsRising));
    }

    [Fact]
    public void SameLogTwice_CountsOnce()
    {
        OomEvent[] events = [.. EveryTwoMinutes.Select((time, i) => Kill("java", time, uptime: 100 + i))];
        OomHistoryReport report = events.Concat(events.Select(oomEvent => oomEvent with { Source = oomEvent.Source with { Path = "syslog" } })).Report();

        Assert.Equal((4L, 4L), (report.Totals.Events, report.Totals.Repeated));
    }

    [Fact]
    public void Suppression_IsCounted_WithAndWithoutItsKills()
    {
        OomEvent bare = Kill("x", uptime: 2) with { Sections = OomSections.Victim };
        OomHistoryTotals totals = new[] { Kill("x", uptime: 1), bare, Kill("x", uptime: 9) with { SuppressedBefore = 3, LostMessages = 7 } }.Report().Totals;

        // Two with a report; of the three suppressed ones one left its kill line.
        Assert.Equal((3L, 1L, 3L, 5L, 7L), (totals.Events, totals.KillsWithoutReport, totals.SuppressedReports, totals.KernelOomsAtLeast, totals.LostMessages));
    }

    [Fact]
    public void OtherKinds_CountOnlyOnRequest()
    {
        OomEvent other = Kill("x", uptime: 1) with { Kind = OomEventKind.UserspaceKill };

        Assert.Equal((0L, 1L), (new[] { other }.Report().Totals.Events, new[] { other }.Report().Totals.OtherKinds));
        Assert.Equal(1, new[] { other }.Report(new OomHistoryOptions { CountsAllKinds = true }).Totals.Events);
        Assert.Equal("userspace_kill", Assert.Single(new[] { other }.Report().Kinds.Rows).Key);
    }

    [Fact]
    public void Names_AreBounded_AndTheRestIsCounted()
    {
        const int Count = 200_000;
        OomHistoryOptions options = new() { MaxKeys = 100, MaxTimelineEvents = 1000 };
        OomHistory history = new(options);
        OomEvent one = Kill("x", uptime: 1);
        for (int i = 0; i < Count; i++)
        {
            history.Add(one with
            {
                Uptime = TimeSpan.FromSeconds(i),
                Memcg = new OomMemcg { Path = $"/{i}" },
                Victims = [new OomVictim { Pid = i, Name = new TaskName($"n{i}"), AnonRssKiB = long.MaxValue }],
            });
        }

        OomHistoryReport report = history.GetReport();
        Assert.Equal((100, Count - 100L), (report.Programs.Rows.Length, report.Programs.Other.Kills));
        Assert.Equal((100, Count - 100L), (report.Workloads.Rows.Length, report.Workloads.Other.Events));
        Assert.Equal((Count, Count - 1000L, long.MaxValue), (report.Totals.Kills, report.Totals.BeyondTimeline, report.Totals.KilledRssBytes));
    }

    [Theory]
    [InlineData("2026-01-01 00:00:00", "2026-01-01 00:30:59", OomTimelineUnit.Minute, 31)]
    [InlineData("2026-01-01 00:00:00", "2026-01-01 00:31:00", OomTimelineUnit.Hour, 1)]
    [InlineData("2028-02-28 12:00:00", "2028-03-01 23:00:00", OomTimelineUnit.Day, 3)]
    [InlineData("2026-01-05 00:00:00", "2026-02-15 00:00:00", OomTimelineUnit.Week, 6)]
    [InlineData("2011-06-01 00:00:00", "2026-06-01 00:00:00", OomTimelineUnit.Year, 16)]
    [InlineData("0001-01-01 00:00:00", "9999-12-31 23:59:59", OomTimelineUnit.Century, 100)]
    public void Timeline_ChoosesItsBuckets(string first, string last, OomTimelineUnit unit, int buckets)
    {
        OomTimeline timeline = new[] { Kill("x", first), Kill("x", last) }.Report().Timeline;

        Assert.Equal((unit, buckets, 2L), (timeline.Unit, timeline.Buckets.Length, timeline.Buckets.Sum(bucket => bucket.Events)));
    }

    [Theory]
    [MemberData(nameof(Golden.Logs), MemberType = typeof(Golden))]
    public void Goldens_CountWhatTheEventsSay(string log)
    {
        OomEvent[] events = [.. OomLog.Parse(Golden.Read(log), Golden.Options)];
        OomHistoryReport report = events.Report(new OomHistoryOptions { CountsAllKinds = true });

        Assert.Equal(events.Length, report.Totals.Events + report.Totals.Repeated);
        Assert.Equal(report.Totals.Kills, report.Programs.Rows.Sum(row => row.Kills));
        Assert.Equal(report.Totals.Events, report.Workloads.Rows.Sum(row => row.Events));
    }

    [CapturesFact]
    public void Captures_CountTheProcessesThatDied()
    {
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(Repository.Captures!, "v2-k8s*.dmesg.log", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Captures!, "global-*.kmsg.log", SearchOption.AllDirectories)))
        {
            CaptureFacts facts = CaptureFacts.Read(path);
            OomHistoryReport report = OomLog.Parse(File.ReadAllBytes(path), Golden.Options).Report();
            Assert.True(facts.Killed.Count == report.Totals.Kills, $"{path}: {report.Totals.Kills} kills, truly {facts.Killed.Count}");
            Assert.Equal(facts.Killed.Select(task => task.Name.ToString()).Distinct().Order(), report.Programs.Rows.Select(row => row.Key!).Order());
            count++;
        }

        Assert.InRange(count, 5, int.MaxValue);
    }
}
