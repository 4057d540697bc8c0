namespace KmsgOom.Tests.Contracts;

/// <summary>Lines that kernels print in pieces (<c>pr_cont</c>), which records of other CPUs can drive apart.</summary>
public sealed class PiecesTests
{
    private const string Kernel413 = """
        [  100.000001] java invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask={0}0-1{1},  order=0, oom_score_adj=7
        [  100.000003] java cpuset={2}abc{3} mems_allowed=0-1,3
        [  100.000005] CPU: 0 PID: 141 Comm: java Not tainted 4.13.0 #1
        [  100.000006] Call Trace:
        [  100.000007]  dump_stack+0x63/0x88
        [  100.000008] Task in {4}/a/b{5} killed as a result of limit of /a
        [  100.000010] memory: usage 125952kB, limit 125952kB, failcnt 3632
        [  100.000011] Memory cgroup stats for /a/b: cache:1KB rss:2KB{6} rss_huge:3KB shmem:0KB mapped_file:-4KB{7} inactive_anon:0KB unevictable:5KB
        [  100.000014] [ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name
        [  100.000015] [  141]     0   141    27053      412       1       2        0             7 java
        [  100.000016] Memory cgroup out of memory: Kill process 141 (java) score 1718 or sacrifice child
        [  100.000017] Killed process 141 (java) total-vm:748176kB, anon-rss:99812kB, file-rss:0kB, shmem-rss:0kB
        """;

    private const string Kernel54 = """
        [  100.000001] java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=7
        [  100.000005] CPU: 0 PID: 141 Comm: java Not tainted 5.4.0 #1
        [  100.000006] Call Trace:
        [  100.000007]  dump_stack+0x63/0x88
        [  100.000010] memory: usage 125952kB, limit 125952kB, failcnt 3632
        [  100.000016] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=0-1,3{0},cpuset=x,mems_allowed=0-1,3{1},oom_memcg=/kube/bla{2},task_memcg=/kube/bla/c1{3},task=java,pid=141,uid=0
        [  100.000027] Memory cgroup out of memory: Killed process 141 (java) total-vm:748176kB, anon-rss:99812kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:7
        """;

    public static TheoryData<string, int> Pieces()
    {
        TheoryData<string, int> pieces = [];
        for (int at = 0; at < 8; at++)
        {
            pieces.Add(Kernel413, at);
        }

        for (int at = 0; at < 4; at++)
        {
            pieces.Add(Kernel54, at);
        }

        return pieces;
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Line_InTwoPieces_IsOneLine(string report, int at) => AssertSame(report, at, foreign: "");

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Line_InTwoPieces_MayHaveAnotherBetween(string report, int at) => AssertSame(report, at, foreign: "\n[  100.000100] eth0: link up");

    [Theory]
    [InlineData(Kernel413)]
    [InlineData(Kernel54)]
    public void Lines_InAllTheirPieces_AreWhole(string report) => AssertSame(report, at: -1, foreign: "");

    private static void AssertSame(string report, int at, string foreign)
    {
        object[] none = [.. Enumerable.Repeat("", 8)];
        object[] cuts = [.. Enumerable.Range(0, 8).Select(index => index == at || at < 0 ? foreign + "\n[  100.000101] " : "")];
        OomEvent whole = Assert.Single(OomLog.Parse(string.Format(null, report, none)));
        OomEvent cut = Assert.Single(OomLog.Parse(string.Format(null, report, cuts)));
        Assert.Equal(foreign.Length > 0 ? 1 : 0, cut.UnknownLines.Length);
        Assert.Equal(whole, cut with { Source = whole.Source, Id = whole.Id, UnknownLines = whole.UnknownLines });
        Assert.Equal(OomSections.None, whole.Missing);
    }
}
