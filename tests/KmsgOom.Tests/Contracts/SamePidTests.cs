namespace KmsgOom.Tests.Contracts;

/// <summary>Kills whose pid was named before: the same one told again, or another task that has its number.</summary>
public sealed class SamePidTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Nov 20 10:15:01 web1 kernel: ", "Nov 20 10:15:03 web1 kernel: ")]
    [InlineData("[ 1500.100000] ", "[ 1503.100000] ")]
    public void OtherName_IsAnotherKill(string first, string second)
    {
        string log = $"{first}{Kill(1200, "java", 900_000)}\n{second}{Kill(1200, "mysqld", 700_000)}\n";
        Assert.Equal(["java 900000", "mysqld 700000"], Killed(log));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Nov 20 10:15:01 web1 kernel: ", "Nov 20 10:15:01 web1 kernel: ")]
    [InlineData("[ 1500.100000] ", "[ 1500.200000] ")]
    public void SameLineAgain_IsOneKill(string first, string second)
    {
        string log = $"{first}{Kill(1200, "java", 900_000)}\n{second}{Kill(1200, "java", 900_000)}\n";
        Assert.Equal(["java 900000"], Killed(log));
    }

    [Fact]
    public void SameNameWithOtherSizes_WithoutAnyClock_IsAnotherKill() =>
        Assert.Equal(["java 900000", "java 800000"], Killed($"{Kill(1200, "java", 900_000)}\n{Kill(1200, "java", 800_000)}\n"));

    [Fact]
    public void GroupsVictimWhosePidIsGivenAnew_StaysAsItIs()
    {
        const string Group = "Tasks in /a are going to be killed due to memory.oom.group set\n";
        string log = $"{Kill(1200, "java", 900_000)}\n{Group}{Kill(1200, "java", 890_000)}\n{Kill(1200, "mysqld", 700_000)}\n";
        Assert.Equal(["java 890000", "mysqld 700000"], Killed(log));
    }

    [Fact]
    public void NearlyTheSameUptimeOnAnotherDay_IsAnotherBoot()
    {
        string log = $"""
            2026-11-01T10:00:34.100000+00:00 node1 kernel: [   34.545993] {Kill(340, "worker", 34056)}
            2026-11-02T07:12:36.100000+00:00 node1 kernel: [   35.113993] {Kill(340, "worker", 33056)}
            2026-11-05T22:40:36.100000+00:00 node1 kernel: [   36.900993] {Kill(340, "java", 93056)}

            """;
        Assert.Equal(["worker 34056", "worker 33056", "java 93056"], Killed(log));
        Assert.Equal([1, 2, 5], OomLog.Parse(log).Select(oom => oom.Time!.Value.DateTime.Day));
    }

    [Fact]
    public void ReaperLineOfAnotherBoot_IsNotTheVictims()
    {
        string log = $"""
            2026-11-01T10:00:34.100000+00:00 node1 kernel: [   34.545993] {Kill(340, "worker", 34056)}
            2026-11-05T22:40:36.100000+00:00 node1 kernel: [   36.900993] oom_reaper: reaped process 340 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB

            """;
        Assert.Null(Assert.Single(Assert.Single(OomLog.Parse(log)).Victims).Reaper);
    }

    [Fact]
    public void LoggerThatStoodStillForMinutes_TearsNoReportApart()
    {
        string log = $"""
            2026-11-01T10:00:34.100000+00:00 node1 kernel: [   34.545993] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            2026-11-01T10:08:36.100000+00:00 node1 kernel: [   35.113993] {Kill(340, "worker", 33056)}

            """;
        OomEvent oom = Assert.Single(OomLog.Parse(log));
        Assert.Equal(OomSections.Trigger | OomSections.Victim, oom.Sections);
    }

    [Theory]
    [InlineData("Out of memory: Kill process 24953 (node) score 718 or sacrifice child")]
    [InlineData("Memory cgroup out of memory: Kill process 24953 (node) score 718 or sacrifice child")]
    public void AnnouncementWithoutKill_IsTold(string line)
    {
        OomEvent oom = Assert.Single(OomLog.Parse($"Nov 20 10:15:00 h kernel: [1500.000000] {line}\n"));
        Assert.Equal(OomOutcome.Unfinished, oom.Outcome);
        Assert.Equal(new OomAnnounced(24953, new TaskName("node"u8)) { Score = 718 }, oom.Announced);
        Assert.Equal(oom, OomJson.Parse(OomJson.ToJson(oom)));
    }

    [Fact]
    public void AnnouncementWithItsKill_IsTheVictims()
    {
        OomEvent oom = Assert.Single(OomLog.Parse($"Out of memory: Kill process 7 (node) score 718 or sacrifice child\n{Kill(8, "child", 5)}\n"));
        Assert.Null(oom.Announced);
        Assert.Equal(new OomAnnounced(7, new TaskName("node"u8)), Assert.Single(oom.Victims).Announced);
    }

    private static string Kill(int pid, string name, long anonKiB) => FormattableString.Invariant(
        $"Out of memory: Killed process {pid} ({name}) total-vm:{anonKiB * 2}kB, anon-rss:{anonKiB}kB, file-rss:12kB, shmem-rss:4kB, UID:1000 pgtables:7880kB oom_score_adj:0");

    private static IEnumerable<string> Killed(string log) =>
        OomLog.Parse(log).SelectMany(oom => oom.Victims).Select(victim => FormattableString.Invariant($"{victim.Name} {victim.AnonRssKiB}"));
}
