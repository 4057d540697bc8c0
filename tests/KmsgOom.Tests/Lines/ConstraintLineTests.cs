using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class ConstraintLineTests
{
    [Theory]
    [InlineData(
        "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=cri-containerd-4f1c.scope,mems_allowed=0-1,oom_memcg=/kubepods/burstable/pod0f,task_memcg=/kubepods/burstable/pod0f/4f1c,task=node,pid=19388,uid=1000",
        "CONSTRAINT_MEMCG", null, "cri-containerd-4f1c.scope", "0-1", "/kubepods/burstable/pod0f", false, "/kubepods/burstable/pod0f/4f1c", "node", 19388, 1000u)]
    [InlineData(
        "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=aegis,mems_allowed=0,global_oom,task_memcg=/system.slice/docker-0074.scope,task=java,pid=7134,uid=1000",
        "CONSTRAINT_NONE", null, "aegis", "0", null, true, "/system.slice/docker-0074.scope", "java", 7134, 1000u)]
    [InlineData(
        "oom-kill:constraint=CONSTRAINT_MEMORY_POLICY,nodemask=0,2-3,cpuset=/,mems_allowed=0-3,global_oom,task_memcg=/user.slice/user-0.slice/session-1.scope,task=CPU 0/KVM,pid=24430,uid=107",
        "CONSTRAINT_MEMORY_POLICY", "0,2-3", "/", "0-3", null, true, "/user.slice/user-0.slice/session-1.scope", "CPU 0/KVM", 24430, 107u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=(null),cpuset=set,mems_allowed=0,2-3,global_oom,task_memcg=/,task=a,pid=5,uid=0",
        "CONSTRAINT_CPUSET", null, "set", "0,2-3", null, true, "/", "a", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,task=a,pid=5,uid=0",
        "CONSTRAINT_NONE", null, "/", "0", "/a", false, "/a/b", "a", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),global_oom,task_memcg=/,task=a,pid=5,uid=0", "CONSTRAINT_NONE", null, null, null, null, true, "/", "a", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),oom_memcg=/a,task_memcg=/a,task=a,pid=5,uid=0",
        "CONSTRAINT_MEMCG", null, null, null, "/a", false, "/a", "a", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,task=a,pid=5,uid=0", "CONSTRAINT_NONE", null, "/", "0", null, false, null, "a", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=a,pid=5,uid=-2", "CONSTRAINT_NONE", null, null, null, null, false, null, "a", 5, 4294967294u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_BPF_PSI_MEM,nodemask=,cpuset=/,mems_allowed=,global_oom,task_memcg=/,task=a,pid=5,uid=0",
        "CONSTRAINT_BPF_PSI_MEM", "", "/", "", null, true, "/", "a", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMCG, nodemask=(null),  cpuset=/, mems_allowed=0,2, oom_memcg=/a, task_memcg=/a/b,task=c, pid=5, uid=0",
        "CONSTRAINT_MEMCG", null, "/", "0,2", "/a", false, "/a/b", "c", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMORY_POLICY,nodemask=3,...,task=a,pid=5,uid=0", "CONSTRAINT_MEMORY_POLICY", "3", null, null, null, false, null, "a", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a, task=b,task_memcg=/a, pid=1,task=c, pid=7,pid=5,uid=0",
        "CONSTRAINT_MEMCG", null, "/", "0", "/a, task=b", false, "/a, pid=1", "c, pid=7", 5, 0u)]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=odd dir (1),x=y,mems_allowed=0,oom_memcg=/odd dir (1),x=y,task_memcg=/odd dir (1),x=y/z,task=a,pid=5,uid=0",
        "CONSTRAINT_MEMCG", null, "odd dir (1),x=y", "0", "/odd dir (1),x=y", false, "/odd dir (1),x=y/z", "a", 5, 0u)]
    public void Constraint_OfEveryKind_IsReadWhole(
        string message, string constraint, string? nodemask, string? cpuset, string? memsAllowed, string? limitPath, bool isGlobal,
        string? taskPath, string name, int pid, uint uid)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(ConstraintLine.TryParse(text, out ConstraintLine line));
        Assert.Equal(constraint, Latin1.Text(line.Constraint, text));
        Assert.Equal(nodemask, Latin1.Text(line.Nodemask, text));
        Assert.Equal(cpuset, Latin1.Text(line.Cpuset, text));
        Assert.Equal(memsAllowed, Latin1.Text(line.MemsAllowed, text));
        Assert.Equal(limitPath, Latin1.Text(line.LimitPath, text));
        Assert.Equal(isGlobal, line.IsGlobal);
        Assert.Equal(taskPath, Latin1.Text(line.TaskPath, text));
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal(pid, line.Pid);
        Assert.Equal(uid, line.Uid);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    [InlineData(",global_oom")]
    [InlineData(",oom_memcg=/x")]
    [InlineData(",task_memcg=/x")]
    public void Constraint_WithHostileName_KeepsItWhole(string name)
    {
        AssertName(name, "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b", "/a", false);
        AssertName(name, "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/a/b", null, true);
    }

    [Fact]
    public void Constraint_CutInsideTheName_GivesWhatStandsBefore()
    {
        byte[] text = Latin1.Bytes("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,task=new");

        Assert.False(ConstraintLine.TryParse(text, out ConstraintLine line));
        Assert.Equal("CONSTRAINT_MEMCG", Latin1.Text(line.Constraint, text));
        Assert.Equal("/a", Latin1.Text(line.LimitPath, text));
        Assert.Equal("/a/b", Latin1.Text(line.TaskPath, text));
        Assert.Null(line.Pid);
        Assert.Null(line.Uid);
    }

    [Theory]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMCG, ... task=node,pid=942", "CONSTRAINT_MEMCG", null, null)]
    [InlineData("oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=(null),", "CONSTRAINT_CPUSET", null, null)]
    [InlineData("oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=0-1,", "CONSTRAINT_CPUSET", "0-1", null)]
    [InlineData("oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=(null),cpuset=/,", "CONSTRAINT_CPUSET", null, "/")]
    public void Constraint_ThatSomebodyCut_HoldsNoComma(string message, string constraint, string? nodemask, string? cpuset)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.False(ConstraintLine.TryParse(text, out ConstraintLine line));
        Assert.Equal((constraint, nodemask, cpuset), (Latin1.Text(line.Constraint, text), Latin1.Text(line.Nodemask, text), Latin1.Text(line.Cpuset, text)));
    }

    [Theory]
    [InlineData("oom-kill:constraint=")]
    [InlineData("oom-kill:")]
    [InlineData(",task=a,pid=5,uid=0")]
    public void Constraint_WithoutItsStart_IsNotRead(string message) => Assert.False(ConstraintLine.TryParse(Latin1.Bytes(message), out _));

    private static void AssertName(string name, string head, string? limitPath, bool isGlobal)
    {
        byte[] text = Latin1.Bytes($"{head},task={name},pid=4711,uid=1000");

        Assert.True(ConstraintLine.TryParse(text, out ConstraintLine line));
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal("/a/b", Latin1.Text(line.TaskPath, text));
        Assert.Equal(limitPath, Latin1.Text(line.LimitPath, text));
        Assert.Equal(isGlobal, line.IsGlobal);
        Assert.Equal(4711, line.Pid);
        Assert.Equal(1000u, line.Uid);
    }
}
