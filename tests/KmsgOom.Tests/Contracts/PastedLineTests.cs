using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>What people do to lines that they post.</summary>
public sealed class PastedLineTests
{
    [Fact]
    public void BoldKill_IsAKill()
    {
        OomEvent oomEvent = Assert.Single(Parse(
            """
            **Jun 23 04:09:18 www kernel: Out of memory: Kill process 2831 (mysqld) score 57 or sacrifice child**
            **Jun 23 04:09:18 www kernel: Killed process 2831 (mysqld) total-vm:5kB, anon-rss:4kB, file-rss:3kB**
            """));

        OomVictim victim = Assert.Single(oomEvent.Victims);
        Assert.Equal((2831, 57L, 3L, "www"), (victim.Pid, victim.Score, victim.FileRssKiB, oomEvent.Host));
        Assert.NotNull(oomEvent.Time);
    }

    [Theory]
    [InlineData("From: x\nSubject: [BUG] java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n\nhello\n")]
    [InlineData("> Subject: java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n\nhello\n")]
    [InlineData("Subject: Re: java invoked oom-killer\n\nhello\n")]
    public void SubjectOfAMail_IsNoReport(string mail) => Assert.Empty(Parse(mail));

    [Theory]
    [InlineData("cpuset=/,mems_allowed=0,global_oom,task_memcg=/b,task=a,pid=5,uid=0")]
    [InlineData("task_memcg=/b,task=a,pid=5,uid=0")]
    public void ConstraintBrokenBehindAComma_IsJoined(string rest)
    {
        OomEvent oomEvent = Assert.Single(Parse(Report.Replace("REST", "\n" + rest, StringComparison.Ordinal)));

        Assert.Null(oomEvent.Trigger!.Nodemask);
        Assert.Equal("/b", oomEvent.Memcg?.TaskPath);
        Assert.Empty(oomEvent.UnknownLines);
    }

    [Fact]
    public void ConstraintCutBehindAComma_HasNoComma() => Assert.Null(Assert.Single(Parse(Report.Replace("REST", "", StringComparison.Ordinal))).Trigger!.Nodemask);

    private const string Report = """
        [    1.000000] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
        [    1.000001] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),REST
        [    1.000002] Out of memory: Killed process 5 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB

        """;

    private static OomEvent[] Parse(string log) => [.. OomLog.Parse(Encoding.UTF8.GetBytes(log), Golden.Options)];
}
