using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class KilledLineTests
{
    private const string K8 = "total-vm:22353736kB, anon-rss:552020kB, file-rss:12kB, shmem-rss:3kB, UID:1000 pgtables:7880kB oom_score_adj:-998";

    [Theory]
    [InlineData("Out of Memory: Killed process 2817 (httpd).", "OutOfMemory", 2817, "httpd")]
    [InlineData("Out of memory: Killed process 2817 (httpd).", "OutOfMemory", 2817, "httpd")]
    [InlineData("No available memory (MPOL_BIND): Killed process 2817 (httpd).", "MemoryPolicy", 2817, "httpd")]
    [InlineData("No available memory in cpuset: Killed process 2817 (httpd).", "Cpuset", 2817, "httpd")]
    [InlineData("Killed process 2817 (httpd)", "None", 2817, "httpd")]
    [InlineData("Killed process 2817 (httpd.)", "None", 2817, "httpd.")]
    public void Kill_BeforeNumbersWerePrinted_NamesTheVictim(string message, string prefix, int pid, string name)
    {
        KilledLine line = Parse(message, out byte[] text);

        Assert.Equal(prefix, line.Prefix.ToString());
        Assert.Equal(pid, line.Pid);
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Null(line.TotalVmKiB);
        Assert.Null(line.AnonRssKiB);
        Assert.Null(line.Uid);
        Assert.Null(line.OomScoreAdj);
    }

    [Theory]
    [InlineData("Out of memory in UB 123: OOM killed process 2817 (php-cgi) score 7 vm:281kB, rss:17kB, swap:6kB", "php-cgi", 7L)]
    [InlineData("Out of memory in UB: OOM killed process 2817 (a) score 0 (b)) vm:281kB, rss:17kB, swap:6kB", "a) score 0 (b)", null)]
    [InlineData("OOM killed process 2817 (php-cgi) vm:281kB, rss:17kB, swap:6kB", "php-cgi", null)]
    public void Kill_OfOpenVz6_SaysNothingOfTheMachine(string message, string name, long? score)
    {
        KilledLine line = Parse(message, out byte[] text);

        Assert.Equal(OomLineKind.Killed, OomLineClassifier.Classify(text, OomSections.None));
        Assert.Equal(("None", 2817, name), (line.Prefix.ToString(), line.Pid, Latin1.Text(line.Name, text)));
        Assert.Equal((score, 281L, 17L), (line.Score, line.TotalVmKiB, line.WholeRssKiB));
    }

    [Theory]
    [InlineData("OOM killed process 2817 (php-cgi)")]
    [InlineData("OOM killed process monitor")]
    [InlineData("Out of memory in UB 123: nothing was killed")]
    public void Words_LikeThoseOfOpenVz6_AreNoKill(string message) =>
        Assert.Equal(OomLineKind.Unrelated, OomLineClassifier.Classify(Latin1.Bytes(message), OomSections.None));

    [Theory]
    [InlineData("Killed process 2817 (httpd) vsz:345678kB, anon-rss:23456kB, file-rss:12kB", "None", 345678, 23456, 12, null, null)]
    [InlineData("Killed process 2817 (httpd) total-vm:345678kB, anon-rss:23456kB, file-rss:12kB", "None", 345678, 23456, 12, null, null)]
    [InlineData("Killed process 2817, UID 48, (httpd) total-vm:345678kB, anon-rss:23456kB, file-rss:12kB", "None", 345678, 23456, 12, null, 48u)]
    [InlineData("Killed process 2817, UID -2, (httpd) total-vm:345678kB, anon-rss:23456kB, file-rss:12kB", "None", 345678, 23456, 12, null, 4294967294u)]
    [InlineData("Killed process 2817 (httpd) total-vm:748176kB, anon-rss:99812kB, file-rss:0kB, shmem-rss:4kB", "None", 748176, 99812, 0, 4L, null)]
    [InlineData("Killed process 2817 (httpd), UID 0, total-vm:70347780kB, anon-rss:45563572kB, file-rss:0kB, shmem-rss:0kB", "None", 70347780, 45563572, 0, 0L, 0u)]
    [InlineData("Killed process 2817 (httpd), UID -2, total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB", "None", 1, 2, 3, 4L, 4294967294u)]
    [InlineData("Memory cgroup out of memory: Killed process 2817 (httpd) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB", "MemoryCgroup", 1, 2, 3, 4L, null)]
    [InlineData("Out of memory: Killed process 2817 (httpd) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB, UID:4294967294", "OutOfMemory", 1, 2, 3, 4L, 4294967294u)]
    [InlineData("Out of memory (oom_kill_allocating_task): Killed process 2817 (httpd) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB",
        "AllocatingTask", 1, 2, 3, 4L, null)]
    public void Kill_WithNumbers_IsReadWhole(
        string message, string prefix, long totalVm, long anonRss, long fileRss, long? shmemRss, uint? uid)
    {
        KilledLine line = Parse(message, out byte[] text);

        Assert.Equal(prefix, line.Prefix.ToString());
        Assert.Equal(2817, line.Pid);
        Assert.Equal("httpd", Latin1.Text(line.Name, text));
        Assert.Equal(totalVm, line.TotalVmKiB);
        Assert.Equal(anonRss, line.AnonRssKiB);
        Assert.Equal(fileRss, line.FileRssKiB);
        Assert.Equal(shmemRss, line.ShmemRssKiB);
        Assert.Equal(uid, line.Uid);
        Assert.Null(line.PageTablesKiB);
        Assert.Null(line.OomScoreAdj);
    }

    [Theory]
    [InlineData("Memory cgroup out of memory: Killed process 19388 (node) " + K8, "MemoryCgroup")]
    [InlineData("Out of memory: Killed process 19388 (node) " + K8, "OutOfMemory")]
    [InlineData("Out of memory (oom_kill_allocating_task): Killed process 19388 (node) " + K8, "AllocatingTask")]
    [InlineData("Out of memory: Killed process 19388 (node) VE \"101\" " + K8, "OutOfMemory")]
    [InlineData("Out of memory: Killed process 19388 (node) in VE \"101\" " + K8, "OutOfMemory")]
    public void Kill_Since54_IsReadWhole(string message, string prefix)
    {
        KilledLine line = Parse(message, out byte[] text);

        Assert.Equal(prefix, line.Prefix.ToString());
        Assert.Equal("node", Latin1.Text(line.Name, text));
        AssertK8(line);
    }

    [Theory]
    [InlineData("Out of memory: Killed process 77 total-vm:9kB anon-rss:8kB")]
    [InlineData("Out of memory: Killed process 77, UID 4, total-vm:9kB, anon-rss:8kB")]
    [InlineData("Killed process 77, total-vm:9kB, anon-rss:8kB, file-rss:7kB")]
    public void Kill_WithoutName_HasItsSizes(string message)
    {
        Assert.True(KilledLine.TryParse(Latin1.Bytes(message), out KilledLine line));
        Assert.Equal((77, 9L, 8L, 0), (line.Pid, line.TotalVmKiB, line.AnonRssKiB, line.Name.Length));
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Kill_WithHostileName_KeepsItWhole(string name)
    {
        KilledLine line = Parse($"Out of memory: Killed process 19388 ({name}) {K8}", out byte[] text);

        Assert.Equal(name, Latin1.Text(line.Name, text));
        AssertK8(line);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Kill_OfVendorsWithHostileName_KeepsItWhole(string name)
    {
        AssertNameAndSize(name, $"Killed process 5, UID 7, ({name}) total-vm:4kB, anon-rss:2kB, file-rss:3kB", 4);
        AssertNameAndSize(name, $"Killed process 5 ({name}), UID 7, total-vm:4kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB", 4);
        AssertNameAndSize(name, $"Out of memory: Killed process 5 ({name}) VE \"101\" total-vm:4kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB", 4);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Kill_OfOldKernelsWithHostileName_KeepsItWhole(string name)
    {
        AssertNameAndSize(name, $"Killed process 5 ({name})", null);
        AssertNameAndSize(name, $"Out of memory: Killed process 5 ({name}).", null);
        AssertNameAndSize(name, $"Killed process 5 ({name}) vsz:4kB, anon-rss:2kB, file-rss:3kB", 4);
    }

    [Fact]
    public void Kill_CutInsideTheName_GivesWhatStandsBefore()
    {
        byte[] text = Latin1.Bytes("Out of memory: Killed process 411 (new");

        Assert.False(KilledLine.TryParse(text, out KilledLine line));
        Assert.Equal(KilledLine.Message.OutOfMemory, line.Prefix);
        Assert.Equal(411, line.Pid);
        Assert.Equal("new", Latin1.Text(line.Name, text));
    }

    [Theory]
    [InlineData("Out of memory: Killed process ")]
    [InlineData("Out of memory: Killed process (a)")]
    [InlineData("Out of memory: Killed process 99999999999 (a)")]
    [InlineData("Out of memory: Kill process 5 (a) score 1 or sacrifice child")]
    public void Kill_WithoutPid_IsNotRead(string message) => Assert.False(KilledLine.TryParse(Latin1.Bytes(message), out _));

    [Theory]
    [InlineData("BPF policy, out of memory: Killed process 5 (a) total-vm:4kB", true)]
    [InlineData("node-problem-detector: Killed process 5 (a) total-vm:4kB", false)]
    [InlineData("ts=2024-03-09T08:15:08.840376Z level=info host=web-1 file=/var/log/kern.log msg=\"Memory cgroup out of memory: Killed process 5 (a) total-vm:4kB\"", true)]
    [InlineData("ts=2024-03-09T08:15:08.840376Z level=info host=web-1 file=/var/log/kern.log msg=\"Killed process 5 (a) total-vm:4kB\"", true)]
    [InlineData("msg=\"Killed process 5 (a)\"", false)]
    [InlineData("Sprintf(\"Killed process 5 (%s) total-vm:4kB\", name)", false)]
    [InlineData("Print(\"Killed process 5 (a) total-vm:4kB\", name)", true)]
    [InlineData("out of memory is what some lines say, of which this is one, that goes on and on: Killed process 5 (a) total-vm:4kB", false)]
    public void Kill_BehindUnknownPrefix_NeedsTheWordMemory(string message, bool isKill) =>
        Assert.Equal(isKill, KilledLine.IsBehindOther(Latin1.Bytes(message)));

    [Theory]
    [InlineData("18446744073709551612", null)]
    [InlineData("-4", -4L)]
    public void Kill_WithACountBelowZero_KeepsWhatStandsBehind(string count, long? expected)
    {
        KilledLine line = Parse($"Out of memory: Killed process 5 (a) total-vm:{count}kB, anon-rss:8kB, file-rss:0kB, shmem-rss:4kB, UID:7 pgtables:12kB oom_score_adj:-3", out _);

        Assert.Equal((expected, 8L, 4L, 12L), (line.TotalVmKiB, line.AnonRssKiB, line.ShmemRssKiB, line.PageTablesKiB));
        Assert.Equal((7u, -3), (line.Uid, line.OomScoreAdj));
    }

    [Theory]
    [InlineData("3m kernel-monitor Memory cgroup out of memory: Killed process 5 (a) total-vm:4kB", nameof(KilledLine.Message.MemoryCgroup))]
    [InlineData("[11:02:17] Out of memory: Killed process 5 (a) total-vm:4kB", nameof(KilledLine.Message.OutOfMemory))]
    [InlineData("BPF policy, out of memory: Killed process 5 (a) total-vm:4kB", nameof(KilledLine.Message.None))]
    public void Kill_BehindUnknownWrapper_HasTheKernelsWords(string message, string expected)
    {
        Assert.True(KilledLine.TryParse(Latin1.Bytes(message), out KilledLine line));
        Assert.Equal(expected, line.Prefix.ToString());
    }

    [Theory]
    [InlineData("Out of memory: Killed process 5 (mill) total-vm:9kB, anon-rss:8kB, file-rss:7kB (the third today)", "mill", 9L)]
    [InlineData("Out of memory: Killed process 5 (mill) total-vm:9kB, anon-rss:8kB, file-rss:7kB\"}])", "mill", 9L)]
    [InlineData("Killed process 5 (mill)Killed process 6 (grindstone).", "mill", null)]
    [InlineData("Killed process 5 (a-name-of-twenty-one)", "a-name-of-twenty-one", null)]
    [InlineData("Killed process 5 (\\x0a\\x0a\\x0a\\x0a) \\x0a)", "\\x0a\\x0a\\x0a\\x0a) \\x0a", null)]
    public void Kill_BeforeOtherParentheses_KeepsItsName(string message, string name, long? totalVm)
    {
        KilledLine line = Parse(message, out byte[] text);

        Assert.Equal((name, totalVm), (Latin1.Text(line.Name, text), line.TotalVmKiB));
    }

    [Theory]
    [InlineData("Out of memory: Kill process 5 (mill)", "mill")]
    [InlineData("Out of memory: Kill process 5 (mi", "mi")]
    public void Announcement_WithoutItsScore_HasNoParenthesisInItsName(string message, string name)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.False(KilledLine.TryParseAnnouncement(text, out KilledLine line));
        Assert.Equal((5, name), (line.Pid, Latin1.Text(line.Name, text)));
    }

    private static KilledLine Parse(string message, out byte[] text)
    {
        text = Latin1.Bytes(message);
        Assert.Equal(OomLineKind.Killed, KilledLine.Classify(text));
        Assert.True(KilledLine.TryParse(text, out KilledLine line));
        return line;
    }

    private static void AssertK8(in KilledLine line)
    {
        Assert.Equal(19388, line.Pid);
        Assert.Equal(22353736, line.TotalVmKiB);
        Assert.Equal(552020, line.AnonRssKiB);
        Assert.Equal(12, line.FileRssKiB);
        Assert.Equal(3, line.ShmemRssKiB);
        Assert.Equal(1000u, line.Uid);
        Assert.Equal(7880, line.PageTablesKiB);
        Assert.Equal(-998, line.OomScoreAdj);
    }

    private static void AssertNameAndSize(string name, string message, long? totalVm)
    {
        KilledLine line = Parse(message, out byte[] text);
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal(5, line.Pid);
        Assert.Equal(totalVm, line.TotalVmKiB);
    }
}
