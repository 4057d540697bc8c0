using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class UserKillLineTests
{
    [Theory]
    [InlineData("Killed /user.slice/a b due to memory pressure for /user.slice being 62.15% > 50.00% for > 20s with reclaim activity", "/user.slice/a b")]
    [InlineData("Killed /a due to memory used (1) / total (2) and swap used (3) / total (4) being more than 90.00%", "/a")]
    [InlineData("Marked /a for killing due to memory pressure for /a being 62.15% > 50.00% for > 20s with reclaim activity", "/a")]
    [InlineData("systemd-oomd[533]: Killed /a due to memory pressure for /a being 62.15% > 50.00% for > 20s with reclaim activity", "/a")]
    public void Oomd_NamesTheCgroup(string message, string cgroup)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(UserKillLine.TryParse(text, out UserKillLine line));
        Assert.Equal(cgroup, Latin1.Text(line.Cgroup, text));
        Assert.Equal(0, line.Pid);
    }

    [Theory]
    [InlineData("sending SIGTERM to process 5 uid 1000 \"Web Content\": oom_score 1205, oom_score_adj 300, VmRSS 2048 MiB, cmdline \"x\"", "Web Content", 1000u, 1205L, 300, 2097152L)]
    [InlineData("sending SIGKILL to process 5 \"say \"hi\"\": badness 993, VmRSS 7 MiB", "say \"hi\"", null, 993L, null, 7168L)]
    [InlineData("earlyoom: sending SIGKILL to process 5 uid 0 \"\": badness 993, VmRSS 0 MiB", "", 0u, 993L, null, 0L)]
    public void Earlyoom_NamesTheProcess(string message, string name, uint? uid, long? score, int? adjustment, long? residentKiB)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(UserKillLine.TryParse(text, out UserKillLine line));
        Assert.Equal(5, line.Pid);
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal((uid, score, adjustment, residentKiB), (line.Uid, line.Score, line.OomScoreAdj, line.ResidentKiB));
    }

    [Theory]
    [InlineData("killing process 5 \"web \"x\"\" with signal 15: badness 550, VmRSS 7 MiB", "web \"x\"", 550L, 7168L)]
    [InlineData("earlyoom: Killing process 5 \"web\" with signal 9", "web", null, null)]
    [InlineData("Killing process 'it's' with signal 15, pid: 5, badness: 538, VmRSS: 3 MiB", "it's", 538L, 3072L)]
    public void OldEarlyoom_NamesTheProcess(string message, string name, long? score, long? residentKiB)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(UserKillLine.IsMatch(text));
        Assert.True(UserKillLine.TryParse(text, out UserKillLine line));
        Assert.Equal((5, name), (line.Pid, Latin1.Text(line.Name, text)));
        Assert.Equal((score, residentKiB), (line.Score, line.ResidentKiB));
    }

    [Theory]
    [InlineData("lowmemorykiller: Kill 'com.example.maps' (5), uid 10056, oom_adj 906 to free 51234kB", 906, 51234L)]
    [InlineData("lmkd: Kill 'com.example.maps' (5), uid 10056, oom_score_adj 915 to free 140kB rss, 37kB swap; reason: low watermark is breached", 915, 140L)]
    [InlineData("Killing 'com.example.maps' (5), uid 10056, adj 900\n   to free 7kB because system is under critical memory pressure", 900, 7L)]
    [InlineData("Killing 'com.example.maps' (5), uid 10056, adj 900", 900, null)]
    public void Lmkd_NamesTheProcess(string message, int adjustment, long? residentKiB)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(UserKillLine.IsMatch(text));
        Assert.True(UserKillLine.TryParse(text, out UserKillLine line));
        Assert.Equal((5, "om.example.maps", 10056u), (line.Pid, Latin1.Text(line.Name, text), line.Uid));
        Assert.Equal((adjustment, residentKiB), (line.OomScoreAdj, line.ResidentKiB));
        Assert.False(line.IsCut);
    }

    [Fact]
    public void Driver_OfOldKernels_NamesTheProcessAndItsPages()
    {
        byte[] text = Latin1.Bytes("lowmemorykiller: send sigkill to 5 (a), adj 1), adj -17, size 9184");

        Assert.True(UserKillLine.TryParse(text, out UserKillLine line));
        Assert.Equal("a), adj 1", Latin1.Text(line.Name, text));
        Assert.Equal((5, -17, 9184L), (line.Pid, line.OomScoreAdj, line.ResidentPages));
    }

    [Fact]
    public void Driver_OfLaterKernels_NamesWhoAskedToo()
    {
        byte[] text = Latin1.Bytes("Killing 'it's' (5), adj 900,\n   to free 36736kB on behalf of 'kswapd0' (57) because\n   cache 1kB is below limit 2kB");

        Assert.True(UserKillLine.TryParse(text, out UserKillLine line));
        Assert.Equal("it's", Latin1.Text(line.Name, text));
        Assert.Equal("kswapd0", Latin1.Text(line.TriggerName, text));
        Assert.Equal((5, 900, 36736L, 57), (line.Pid, line.OomScoreAdj, line.ResidentKiB, line.TriggerPid));
    }

    [Theory]
    [InlineData("Killing 'a' (5), adj 900,", true)]
    [InlineData("Killing 'a' (5), adj 900,   to free 36736kB on behalf of 'kswapd0' (57) because", true)]
    [InlineData("Killing 'a' (5), adj 900,\n   to free 1kB on behalf of 'b' (57) because\n   cache 1kB is below limit 2kB for oom_score_adj 9\n   Free memory is 0kB above reserved", false)]
    [InlineData("send sigkill to 5 (a), adj 12, size 9184", false)]
    public void Driver_OfFourLines_IsCutWithoutTheLast(string message, bool isCut)
    {
        Assert.True(UserKillLine.TryParse(Latin1.Bytes(message), out UserKillLine line));
        Assert.Equal(isCut, line.IsCut);
    }

    [Theory]
    [InlineData("   to free 36736kB on behalf of 'kswapd0' (57) because", true)]
    [InlineData("   cache 91236kB is below limit 92160kB for oom_score_adj 900", true)]
    [InlineData("   Free memory is -4660kB above reserved", true)]
    [InlineData("to free the room", false)]
    [InlineData("cache: kmalloc-64, object size: 64", false)]
    [InlineData("Free swap  = 0kB", false)]
    public void Rest_OfTheDriversLines_IsToldByItsWords(string message, bool expected) => Assert.Equal(expected, UserKillLine.IsRest(Latin1.Bytes(message)));

    [Theory]
    [InlineData("")]
    [InlineData("Killed process 5 (a) total-vm:1kB")]
    [InlineData("Killed nothing due to memory pressure")]
    [InlineData("sending SIGTERM to process 0 \"a\": badness 993, VmRSS 7 MiB")]
    [InlineData("sending SIGTERM to process 5 \"a\"")]
    [InlineData("low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%")]
    [InlineData("process 5 exited after 0.4 seconds")]
    [InlineData("send sigkill to all")]
    [InlineData("Killing 'a'")]
    [InlineData("Killing 'a' (5)")]
    [InlineData("Kill 'a' (5)")]
    [InlineData("Reclaim 'a' (5), uid 10056, oom_score_adj 915, state 19 to free 1kB rss, 5kB swap")]
    [InlineData("killing process 5 \"a\" with signal 0: badness 550, VmRSS 7 MiB")]
    [InlineData("Killing process 5")]
    [InlineData("Killing process 'a' with signal 15")]
    [InlineData("foo.service: systemd-oomd killed 3 process(es) in this unit.")]
    [InlineData("foo.service: A process of this unit has been killed by the OOM killer.")]
    public void Line_OfAnythingElse_IsNone(string message) => Assert.False(UserKillLine.IsMatch(Latin1.Bytes(message)));
}
