using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Remarks belong to the report that is open around them; they open none, end none, and nothing else of an event changes.</summary>
public sealed class RemarkTests
{
    public static TheoryData<string> Remarks => new(
        "sysrq: Manual OOM execution",
        "SysRq : Show Memory",
        "Purging GPU memory, 0 pages freed, 4371 pages still pinned, 136 pages left available.",
        "OOM killer disabled.",
        "OOM killer enabled.",
        "printk: 14 messages suppressed.",
        "memory_stat_format: Warning, stat buffer overflow, please report",
        "oom killer 2817 (httpd) has mm pinned by 2818 (vhost)",
        "tried to kill init!",
        "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009",
        "Kernel Offset: disabled",
        "---[ end Kernel panic - not syncing: System is deadlocked on memory ]---",
        "Rebooting in 10 seconds..");

    [Theory]
    [MemberData(nameof(Remarks))]
    public void Remark_Anywhere_ChangesNothingElse(string remark)
    {
        string[] lines = Encoding.Latin1.GetString(Golden.Read("6.1-amd64-v2-k8s.dmesg.log")).TrimEnd('\n').Split('\n');
        int trigger = Array.FindIndex(lines, static line => line.Contains("invoked oom-killer", StringComparison.Ordinal));
        int kill = Array.FindIndex(lines, static line => line.Contains("Killed process", StringComparison.Ordinal));
        OomEvent expected = Assert.Single(Parse(lines, canSkip: true));
        int step = Math.Max(1, lines.Length / 40);
        for (int at = 0; at < lines.Length; at += step)
        {
            int stamp = lines[at].IndexOf("] ", StringComparison.Ordinal);
            if (stamp < 0)
            {
                continue;
            }

            string[] mixed = [.. lines[..at], lines[at][..(stamp + 2)] + remark, .. lines[at..]];
            OomEvent found = Assert.Single(Parse(mixed, canSkip: true));
            bool isInside = at > trigger && at <= kill;
            Assert.Equal(isInside ? [remark] : Array.Empty<string>(), found.Remarks.Select(static one => one.Text));
            Assert.Equal(expected.Source.LineCount + (isInside ? 1 : 0), found.Source.LineCount);
            Assert.Equal(expected, found with { Id = expected.Id, Source = expected.Source, Remarks = [] });
            Assert.Equal(found, Assert.Single(Parse(mixed, canSkip: false)));
        }
    }

    [Theory]
    [MemberData(nameof(Remarks))]
    public void Remark_Alone_IsNoEvent(string remark) => Assert.Empty(Parse([$"[    1.000000] {remark}", $"<6>[    2.000000] {remark}", remark], canSkip: false));

    [Fact]
    public void Remark_Spared_SaysThatNobodyWasKilled()
    {
        string[] lines = Encoding.Latin1.GetString(Golden.Read("rhel6-written-would-have-killed.dmesg.log")).Split('\n');

        Assert.Equal(OomOutcome.NoVictim, Assert.Single(Parse(lines, canSkip: true)).Outcome);
        Assert.Equal(
            OomOutcome.Unfinished,
            Assert.Single(Parse([.. lines.Where(static line => !line.Contains("Would have", StringComparison.Ordinal))], canSkip: true)).Outcome);
    }

    [Fact]
    public void Remark_OfAView_IsThatOfTheEvent()
    {
        using OomParser parser = new(Golden.Options);
        System.Buffers.ReadOnlySequence<byte> log = new(Golden.Read("6.8-written-remarks.rsyslog-kern.log"));
        Assert.True(parser.TryRead(ref log, isFinalBlock: true, out OomEventView view));
        OomEvent expected = view.ToEvent();
        Assert.Equal(6, expected.Remarks.Length);
        Assert.Equal(expected.Remarks.Length, view.RemarkCount);
        for (int at = 0; at < view.RemarkCount; at++)
        {
            string text = Encoding.UTF8.GetString(view.GetRemark(at, out OomRemarkKind kind));
            Assert.Equal(expected.Remarks[at], new OomRemark(kind, text));
        }
    }

    [Theory]
    [InlineData("web1 systemd-journald[291]: Missed 9 kernel messages", 9)]
    [InlineData("web1 rsyslogd: imklog: 14 messages lost due to rate-limiting", 14)]
    [InlineData("web1 rsyslogd: imjournal: 14 messages lost due to rate-limiting (20000 allowed within 600 seconds)", 14)]
    [InlineData("web1 rsyslogd: imuxsock: 14 messages lost due to rate-limiting", 0)]
    [InlineData("web1 systemd-journald[291]: Missed kernel messages", 0)]
    [InlineData("web2 systemd-journald[291]: Missed 9 kernel messages", 0)]
    public void Loss_ThatALoggerTells_CountsInsideItsHostsReport(string line, long lost)
    {
        string[] lines = Encoding.Latin1.GetString(Golden.Read("6.8-written-remarks.rsyslog-kern.log")).TrimEnd('\n').Split('\n');
        string[] quiet = [.. lines.Where(static line => !line.Contains("Missed", StringComparison.Ordinal) && !line.Contains("imklog", StringComparison.Ordinal))];
        int tasks = Array.FindIndex(quiet, static line => line.Contains("Tasks state", StringComparison.Ordinal));
        string said = "Mar  5 11:02:17 " + line;

        Assert.Equal(lost, Assert.Single(Parse([.. quiet[..tasks], said, .. quiet[tasks..]], canSkip: true)).LostMessages);
        Assert.Equal(0, Assert.Single(Parse([said, .. quiet, said], canSkip: false)).LostMessages);
    }

    private static ImmutableArray<OomEvent> Parse(string[] lines, bool canSkip)
    {
        using OomParser parser = new(Golden.Options) { CanSkip = canSkip };
        return Chunks.ParseCut(parser, Encoding.Latin1.GetBytes(string.Join('\n', lines) + "\n"), []);
    }
}
