namespace KmsgOom.Tests.Contracts;

/// <summary>Groups that die together (memory.oom.group), one behind the other, with and without the reports around them.</summary>
public sealed class GroupKillTests
{
    private const string Table = """
        [  100.000000] worker invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=937
        [  100.000100] Tasks state (memory values in pages):
        [  100.000200] [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name
        [  100.000300] [    141]  1000   141     9019     8726     8581        0      145   110592        0           937 worker
        [  100.000400] [    142]  1000   142      264       72       72        0        0    49152        0           937 mem0
        [  100.000500] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=a,mems_allowed=0,oom_memcg=/a,task_memcg=/a,task=worker,pid=141,uid=1000

        """;

    [Fact]
    public void TwoGroups_WhoseReportsTheRateLimitSwallowed_StayTwo() => Assert.Equal(
        ["/a: 141 142 143 (line 1)", "/b: 154 155 156 (line 6)"],
        Read(Kill(1, 141), Group(2, "/a"), Kill(3, 141), Kill(4, 142), Kill(5, 143), Kill(6, 154), Group(7, "/b"), Kill(8, 155), Kill(9, 156), Kill(10, 154)));

    [Fact]
    public void GroupBehindAnotherGroupsReport_IsItsOwn() => Assert.Equal(
        ["/a: 141 142 (line 1)", "/b: 154 155 (line 11)"],
        Read(Table, Kill(1, 141), Group(2, "/a"), Kill(3, 141), Kill(4, 142), Kill(5, 154), Group(6, "/b"), Kill(7, 155)));

    [Fact]
    public void SameGroupAgain_IsAnotherKill() => Assert.Equal(
        ["/a: 141 142 (line 1)", "/a: 151 152 (line 4)"],
        Read(Kill(1, 141), Group(2, "/a"), Kill(3, 142), Kill(4, 151), Group(5, "/a"), Kill(6, 152)));

    [Fact]
    public void KillBehindALaterReport_IsNoMember() => Assert.Equal(
        ["/a: 141 142 (line 1)", ": 150 (line 4)", ": 9999 (line 6)"],
        Read(Kill(1, 141), Group(2, "/a"), Kill(3, 142), "[  100.100000] x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n", Kill(110, 150), Kill(120, 9999)));

    [Fact]
    public void KillOfTheMachine_IsNoMember() => Assert.Equal(
        ["/a: 141 142 (line 1)", ": 9999 (line 4)"],
        Read(Kill(1, 141), Group(2, "/a"), Kill(3, 142), Kill(4, 9999).Replace("Memory cgroup out", "Out", StringComparison.Ordinal)));

    [Fact]
    public void KillSecondsLater_IsAMemberWhereTheTableHasIt()
    {
        Assert.Equal(["/a: 141 142 (line 1)"], Read(Table, Kill(1, 141), Group(2, "/a"), Kill(3, 141), Kill(3000, 142)));
        Assert.Equal(["/a: 141 142 (line 1)", ": 9999 (line 11)"], Read(Table, Kill(1, 141), Group(2, "/a"), Kill(3, 141), Kill(4, 142), Kill(3000, 9999)));
    }

    [Fact]
    public void LongGroup_IsOne()
    {
        string[] members = [.. Enumerable.Range(0, 300).Select(at => Kill(3 + (at * 150), 1000 + at))];
        Assert.Equal(301, Assert.Single(OomLog.Parse(string.Concat([Kill(1, 141), Group(2, "/a"), .. members]))).Victims.Length);
    }

    /// <summary>The report's own kill line is lost: the constraint line names another, and the table has not got this one.</summary>
    [Fact]
    public void KillOfATaskThatTheReportDoesNotKnow_IsNotItsVictim()
    {
        Assert.Equal(["/a:  (line 1)", ": 9999 (line 7)"], Read(Table, Kill(200, 9999)));
        Assert.Equal(["/a: 142 (line 1)"], Read(Table, Kill(200, 142)));
    }

    private static string Kill(int milliseconds, int pid) => FormattableString.Invariant(
        $"{Stamp(milliseconds)}Memory cgroup out of memory: Killed process {pid} (w{pid}) total-vm:36076kB, anon-rss:34324kB, file-rss:0kB, shmem-rss:580kB, UID:1000 pgtables:108kB oom_score_adj:937\n");

    private static string Group(int milliseconds, string path) => $"{Stamp(milliseconds)}Tasks in {path} are going to be killed due to memory.oom.group set\n";

    private static string Stamp(int milliseconds) => FormattableString.Invariant($"[{100 + (milliseconds / 1000),5}.{milliseconds % 1000:D3}600] ");

    private static IEnumerable<string> Read(params string[] lines) => OomLog.Parse(string.Concat(lines)).Select(oom =>
        FormattableString.Invariant($"{oom.Memcg?.Path}: {string.Join(' ', oom.Victims.Select(victim => victim.Pid))} (line {oom.Source.Line})"));
}
