using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

/// <summary>The lines of <see cref="KilledLine"/> that kill nobody: the announcement up to 5.0, and the victim that exits by itself.</summary>
public sealed class KilledLineAnnouncementTests
{
    [Theory]
    [InlineData("Out of Memory: Kill process 2817 (httpd) score 4711 and children.", "OutOfMemory", 2817, "httpd", 4711L)]
    [InlineData("Out of memory: kill process 2817 (httpd) score 45678 or a child", "OutOfMemory", 2817, "httpd", 45678L)]
    [InlineData("No available memory (MPOL_BIND): kill process 2817 (httpd) score 0 or a child", "MemoryPolicy", 2817, "httpd", 0L)]
    [InlineData("Memory cgroup out of memory: kill process 2817 (httpd) score 3 or a child", "MemoryCgroup", 2817, "httpd", 3L)]
    [InlineData("Memory cgroup out of memory: Kill process 24953 (node) score 1718 or sacrifice child", "MemoryCgroup", 24953, "node", 1718L)]
    [InlineData("Out of memory: Kill process 5 (a) score -12 or sacrifice child", "OutOfMemory", 5, "a", -12L)]
    [InlineData("Out of memory: Kill process 5 (a) score 4294967295 or sacrifice child", "OutOfMemory", 5, "a", 4294967295L)]
    [InlineData("Out of memory: Kill process 5 (a) score 18446744073709551000 or sacrifice child", "OutOfMemory", 5, "a", null)]
    [InlineData("Memory cgroup out of memory: Kill process 5 (a) [State: 0 Flags: 4202752] score 977 or sacrifice child", "MemoryCgroup", 5, "a", 977L)]
    [InlineData("Out of memory (oom_kill_allocating_task): Kill process 5 (a) score 0 or sacrifice child", "AllocatingTask", 5, "a", 0L)]
    public void Announcement_OfEveryEra_IsReadWhole(string message, string prefix, int pid, string name, long? score)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.Equal(OomLineKind.KillAnnounced, KilledLine.Classify(text));
        Assert.True(KilledLine.TryParseAnnouncement(text, out KilledLine line));
        Assert.Equal(prefix, line.Prefix.ToString());
        Assert.Equal(pid, line.Pid);
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal(score, line.Score);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Announcement_WithHostileName_KeepsItWhole(string name)
    {
        byte[] text = Latin1.Bytes($"Out of memory: Kill process 5 ({name}) score 17 or sacrifice child");

        Assert.Equal(OomLineKind.KillAnnounced, KilledLine.Classify(text));
        Assert.True(KilledLine.TryParseAnnouncement(text, out KilledLine line));
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal(5, line.Pid);
        Assert.Equal(17, line.Score);
    }

    [Fact]
    public void Announcement_CutInsideTheName_GivesWhatStandsBefore()
    {
        byte[] text = Latin1.Bytes("Out of memory: Kill process 411 (new");

        Assert.False(KilledLine.TryParseAnnouncement(text, out KilledLine line));
        Assert.Equal(411, line.Pid);
        Assert.Equal("new", Latin1.Text(line.Name, text));
        Assert.Null(line.Score);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Exiting_WithHostileName_KeepsItWhole(string name)
    {
        byte[] text = Latin1.Bytes($"Memory cgroup out of memory: OOM victim 5 ({name}) is already exiting. Skip killing the task");

        Assert.Equal(OomLineKind.AlreadyExiting, KilledLine.Classify(text));
        Assert.True(KilledLine.TryParseAlreadyExiting(text, out KilledLine line));
        Assert.Equal(KilledLine.Message.MemoryCgroup, line.Prefix);
        Assert.Equal(5, line.Pid);
        Assert.Equal(name, Latin1.Text(line.Name, text));
    }

    [Theory]
    [InlineData("Kill process 5 (a) sharing same memory", nameof(OomLineKind.KillRemark))]
    [InlineData("Out of memory and no killable processes...", nameof(OomLineKind.Unrelated))]
    [InlineData("Out of memory", nameof(OomLineKind.Unrelated))]
    [InlineData("Memory cgroup out of memory: ", nameof(OomLineKind.Unrelated))]
    [InlineData("Killing process 5", nameof(OomLineKind.Unrelated))]
    public void Line_ThatNamesNoVictim_IsNoAnnouncement(string message, string kind)
    {
        Assert.Equal(kind, KilledLine.Classify(Latin1.Bytes(message)).ToString());
        Assert.False(KilledLine.TryParseAlreadyExiting(Latin1.Bytes(message), out _));
    }
}
