namespace KmsgOom.Tests.Contracts;

/// <summary>Lines of others around and inside a report: what they may not do to it.</summary>
public sealed class ForeignLineTests
{
    private const string Trigger = "x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
    private const string Quoted = "Out of memory: Killed process 77 (java) total-vm:12524kB, anon-rss:10296kB, file-rss:0kB, shmem-rss:516kB, UID:0 pgtables:60kB oom_score_adj:0";
    private const string Own = "Out of memory: Killed process 154 (x) total-vm:12524kB, anon-rss:10296kB, file-rss:0kB, shmem-rss:516kB, UID:0 pgtables:60kB oom_score_adj:0";

    /// <summary>Programs may be called like the kernel, and quote it.</summary>
    [Theory]
    [InlineData("2026-11-20T10:33:20+00:00 node1 {0}: {1}", "kerneloops", Quoted)]
    [InlineData("<30>1 2026-11-20T10:33:20.000000+00:00 node1 {0} 8 - - {1}", "kerneloops", Quoted)]
    [InlineData("{{\"__REALTIME_TIMESTAMP\":\"1795170800000000\",\"SYSLOG_IDENTIFIER\":\"{0}\",\"MESSAGE\":\"{1}\"}}", "kerneloops", Quoted)]
    [InlineData("{{\"__REALTIME_TIMESTAMP\":\"1795170800000000\",\"SYSLOG_IDENTIFIER\":\"{0}\",\"MESSAGE\":\"{1}\"}}", "logger", "kernel: " + Quoted)]
    [InlineData("{{\"__REALTIME_TIMESTAMP\":\"1795170800000000\",\"SYSLOG_IDENTIFIER\":\"{0}\",\"MESSAGE\":\"{1}\"}}", "logger", "Nov 20 10:33:20 node1 kernel: " + Quoted)]
    [InlineData("{{\"__REALTIME_TIMESTAMP\":\"1795170800000000\",\"SYSLOG_IDENTIFIER\":\"{0}\",\"MESSAGE\":\"{1}\"}}", "logger", "<3>" + Quoted)]
    [InlineData("__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1795170800000000\nSYSLOG_IDENTIFIER={0}\nMESSAGE={1}\n", "kerneloops", Quoted)]
    public void Quotation_OfAProgram_IsNoKill(string wrapper, string program, string message)
    {
        string Line(string tag, string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, wrapper, tag, text) + "\n";

        Assert.Empty(OomLog.Parse(Line(program, message)));
        OomEvent oom = Assert.Single(OomLog.Parse(Line("kernel", Trigger) + Line(program, message) + Line("kernel", Own)));
        Assert.Equal(154, Assert.Single(oom.Victims).Pid);
    }

    [Fact]
    public void LaterLineOfAProgram_DoesNotEndAReportWhoseStampsGoOn()
    {
        string log = $"""
            2026-11-20T10:33:20+00:00 node1 kernel: [  100.000000] {Trigger}
            2026-11-20T10:34:41+00:00 node1 systemd[1]: Started something.
            2026-11-20T10:34:42+00:00 node1 kernel: [  100.000900] {Own}

            """;
        Assert.Equal(OomSections.None, Assert.Single(OomLog.Parse(log)).Missing);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public void ClockThatIsSet_TearsNoReportApartWhoseStampsGoOn(int hours)
    {
        string log = $"""
            2026-11-20T10:33:20+00:00 node1 kernel: [  100.000000] {Trigger}
            {new DateTime(2026, 11, 20, 10, 33, 20).AddHours(hours):s}+00:00 node1 kernel: [  100.000900] {Own}

            """;
        Assert.Equal(OomSections.None, Assert.Single(OomLog.Parse(log)).Missing);
    }

    [Fact]
    public void Boot_EndsAReport()
    {
        string log = $"""
            [  100.000000] {Trigger}
            [    0.000000] Linux version 6.12.0-amd64 (build@host) #1 SMP
            [    1.500000] usb 1-1: new high-speed USB device
            [  100.100000] {Own}

            """;
        Assert.Equal([OomOutcome.Unfinished, OomOutcome.Killed], OomLog.Parse(log).Select(oom => oom.Outcome));
    }

    /// <summary>Two loggers of one machine: one leaves out the year, or the zone.</summary>
    [Theory]
    [InlineData("[Fri Nov 20 10:33:20 2026] ", "Nov 20 10:33:20 node1 kernel: [  100.000000] ")]
    [InlineData("2026-11-20T10:33:20+00:00 node1 kernel: ", "Nov 20 10:33:20 node1 kernel: [  100.000000] ")]
    public void SameReport_OfTwoLoggers_IsOne(string first, string second)
    {
        string log = $"{first}{Trigger}\n{first}{Own}\n{second}{Trigger}\n{second}{Own}\n";
        OomEvent oom = Assert.Single(OomLog.Parse(log, new OomParserOptions { LogDate = new DateOnly(2026, 11, 30) }));
        Assert.True(oom.IsDuplicated);
    }

    [Fact]
    public void DashesOfGrep_BehindARow_AreNoPartOfItsName()
    {
        const string Head = "Nov 20 10:33:20 node1 kernel: [  100.000000] ";
        string log = $"""
            {Head}{Trigger}
            {Head}[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name
            {Head}[    141]  1000   141     9019     8726     8581        0      145   110592        0           937 worker
            --
            {Head}{Own}

            """;
        Assert.Equal("worker", Assert.Single(Assert.Single(OomLog.Parse(log)).Tasks).Name.ToString());
    }

    [Fact]
    public void ReaperLine_InsideALaterReport_IsNoLostMessage()
    {
        string log = $"""
            3,100,100000000,-;{Trigger}
            3,101,100000100,-;{Quoted}
            3,102,100100000,-;{Trigger}
            6,103,100100100,-;oom_reaper: reaped process 77 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB
            3,104,100100200,-;{Own}

            """;
        OomEvent[] events = [.. OomLog.Parse(log)];
        Assert.Equal([77, 154], events.Select(oom => oom.Victims[0].Pid));
        Assert.NotNull(events[0].Victims[0].Reaper);
        Assert.Equal((0L, 1), (events[1].LostMessages, events[1].Source.ForeignLines));
    }
}
