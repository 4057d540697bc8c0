using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>The task that the constraint line names, where the log has no kill behind it.</summary>
public sealed class ChosenTaskTests
{
    private const string Constraint = "[    5.000009] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/den,task=fox \\x28a),pid=77,uid=4\n";

    [Fact]
    public void TaskOfAConstraintLine_WithoutAKill_WasChosen()
    {
        OomEvent oom = AssertOne(Constraint);

        Assert.Equal((77, "fox (a)", OomOutcome.Unfinished), (oom.Announced?.Pid, oom.Announced?.Name.ToString(), oom.Outcome));
        Assert.Empty(oom.Victims);
        Assert.Equal(oom, OomJson.Parse(OomJson.ToJson(oom)));
    }

    [Theory]
    [InlineData("[    5.000010] Out of memory: Killed process 77 (fox (a)) total-vm:9kB, anon-rss:8kB, file-rss:7kB, shmem-rss:0kB\n")]
    [InlineData("[    5.000010] Out of memory: Killed process 77 total-vm:9kB, anon-rss:8kB\n")]
    public void TaskOfAConstraintLine_BeforeItsKill_IsTheVictim(string kill)
    {
        OomEvent oom = AssertOne(Constraint + kill);

        Assert.Null(oom.Announced);
        Assert.Equal((77, "fox (a)", 9L), (oom.Victims[0].Pid, oom.Victims[0].Name.ToString(), oom.Victims[0].TotalVmKiB));
    }

    [Theory]
    [InlineData(",task=fox")]
    [InlineData("")]
    public void ConstraintLine_CutBeforeThePid_ChoseNobodyKnown(string task) =>
        Assert.Null(AssertOne($"[    5.000009] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/den{task}\n").Announced);

    private static OomEvent AssertOne(string text)
    {
        byte[] log = Encoding.Latin1.GetBytes(text);
        OomEvent oom = Assert.Single(OomLog.Parse(log, Golden.Options));

        Assert.Equal(oom, Assert.Single(Chunks.ParseInPieces(log, 5, Golden.Options)));
        Assert.Equal(oom, Assert.Single(Chunks.ParseWithoutSkipping(log, Golden.Options)));
        return oom;
    }
}
