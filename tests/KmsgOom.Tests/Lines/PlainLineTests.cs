using System.Text;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Lines;

/// <summary>What is taken without a second look is what the first and the second look make of it, behind any wrapper that a run knows.</summary>
public sealed class PlainLineTests
{
    private const int Rounds = 4_000;

    // What stands in no line of the kernel's but as the name of a task, or of a group.
    private static readonly string[] Words = [" cpuset=a mems_allowed=0", " kernel: ", " invoked oom-killer: gfp_mask=0x0, order=0", " Killed process 5 (a)", "[    7.000001] ", " x[1]: ", "#012"];

    // As many bytes behind a line as a run wants to see.
    private static readonly string Behind = string.Concat(Enumerable.Repeat("systemd[1]: Started Session 94 of user root.\n", 40));

    public static TheoryData<OomSections, string> Lines => new()
    {
        { OomSections.Trigger, "CPU: 0 PID: 141 Comm: worker Not tainted 6.1.0-50-amd64 #1  Debian 6.1.176-1" },
        { OomSections.Trigger, "Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014" },
        { OomSections.Trigger, "Call Trace:" },
        { OomSections.Trigger, "Call trace:" },
        { OomSections.Trigger, "Pid: 1234, comm: java Not tainted 2.6.32-642.6.2.el6.x86_64 #1" },
        { OomSections.CallTrace, "RIP: 0033:0x401a39" },
        { OomSections.CallTrace, "RSP: 002b:00007ffd6343c8b0 EFLAGS: 00000206" },
        { OomSections.CallTrace, "Code: c5 4d 89 ef 49 c1 e7 0a bb 00 <41> 88 04 1e" },
        { OomSections.CallTrace, "memory: usage 65536kB, limit 65536kB, failcnt 77" },
        { OomSections.CallTrace, "Task in /a/b killed as a result of limit of /a" },
        { OomSections.Memcg, "memory+swap: usage 65536kB, limit 65536kB, failcnt 77" },
        { OomSections.Memcg, "swap: usage 0kB, limit 0kB, failcnt 0" },
        { OomSections.Memcg, "kmem: usage 0kB, limit 9007199254740988kB, failcnt 0" },
        { OomSections.Memcg, "Memory cgroup stats for /a/b:" },
        { OomSections.Memcg, "Memory cgroup stats for /a: cache:0KB rss:4KB" },
        { OomSections.Memcg, "Memory cgroup min protection 0kB -- low protection 0kB" },
        { OomSections.Memcg, "Tasks state (memory values in pages):" },
        { OomSections.Tasks, "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name" },
        { OomSections.Tasks, "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,task=c,pid=5,uid=0" },
        { OomSections.MemInfo, "Node 0 DMA free:15360kB min:384kB low:480kB high:576kB" },
        { OomSections.MemInfo, "1048446 pages RAM" },
        { OomSections.MemInfo, "0 pages HighMem/MovableOnly" },
        { OomSections.MemInfo, "4127 total pagecache pages" },
        { OomSections.MemInfo, " active_file:12 inactive_file:0 isolated_file:0" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Kind_IsTheClassifiers_AndNoWrapperStandsBefore(OomSections section, string line) => ShortLinesTests.Mutate(
        line,
        (text, length) =>
        {
            OomLineKind kind = PlainLine.Classify(text, length, section);
            if (kind == OomLineKind.Unrelated)
            {
                return false;
            }

            byte[] message = text[..length];
            Assert.Equal(OomLineClassifier.Classify(message, section), kind);
            using EnvelopeParser bare = new(KernelLogFormat.Auto, new DateOnly(2026, 12, 31));
            Assert.True(bare.Parse(message, 0, out Envelope envelope));
            Assert.True(envelope.Message.SequenceEqual(message));
            Assert.Equal((KernelLogWrappers.None, EnvelopeOrigin.Unknown, -1), (envelope.Wrappers, envelope.Origin, envelope.UptimeMicroseconds));
            return true;
        },
        Rounds);

    /// <summary>A task may be called what another line begins with, or a wrapper.</summary>
    [Theory]
    [MemberData(nameof(Lines))]
    public void Events_AreTheSame_WhereverAWordStands(OomSections section, string line)
    {
        foreach (string word in Words)
        {
            for (int at = 0; at <= line.Length; at += Math.Max(1, line.Length / 12))
            {
                foreach (OomSections around in (OomSections[])[section, OomSections.Trigger, OomSections.CallTrace, OomSections.Memcg, OomSections.MemInfo, OomSections.Tasks])
                {
                    AssertSame(around, line.Insert(at, word));
                }
            }

            AssertSame(section, line + word);
        }
    }

    /// <summary>What is longer than a vector has no end there.</summary>
    [Fact]
    public void Events_AreTheSame_WithFramesOfAnyLength()
    {
        string[] frames = [.. Enumerable.Repeat(" dump_stack+0x46/0x5a", 80)];
        for (int length = 30; length < 80; length++)
        {
            string symbol = new('f', length - 12);
            foreach (string frame in (string[])[$"{symbol}+0x1/0x2345", $" {symbol}+0x1/0x23", $"{symbol}+0x1/0x2 [m]", $" ? {symbol}+0x1/0x2", $"R12: {symbol}"])
            {
                AssertSame(OomSections.CallTrace, string.Join('\n', [.. frames, frame, " b+0x1/0x2"]));
            }
        }
    }

    /// <summary>All before the tag is one word, and no host's name: none has a "=".</summary>
    [Fact]
    public void Constraint_OfATaskThatIsNamedLikeATag_IsRead()
    {
        string[] lines =
        [
            "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
            "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,task=c kernel: x,pid=156,uid=0",
            "Memory cgroup out of memory: Killed process 156 (c kernel: x) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0",
        ];

        OomEvent oomEvent = Assert.Single(OomLog.Parse(Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => $"[    7.000001] {line}\n"))), Golden.Options));

        Assert.Equal((OomConstraint.Memcg, "/a/b", null), (oomEvent.Constraint, oomEvent.Memcg?.TaskPath, oomEvent.Host));
        Assert.Equal("c kernel: x", Assert.Single(oomEvent.Victims).Name.ToString());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Events_AreTheSame_WithAndWithoutRuns(OomSections section, string line)
    {
        int taken = 0;
        ShortLinesTests.Mutate(
            line,
            (text, length) =>
            {
                AssertSame(section, Encoding.Latin1.GetString(text, 0, length));
                taken++;
                return true;
            },
            rounds: 500);
        Assert.Equal(500, taken);
    }

    private static void AssertSame(OomSections section, string lines)
    {
        foreach (string prefix in (string[])["", "[    7.000001] ", "Nov 23 18:17:43 node kernel: [    7.000001] ", "6,1,7000001,-;"])
        {
            StringBuilder log = new();
            foreach (string line in (string[])["a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", .. Before(section), .. lines.Split('\n'), "anon 4", " a+0x1/0x2"])
            {
                log.Append(prefix).Append(line).Append('\n');
            }

            byte[] bytes = Encoding.Latin1.GetBytes(log.Append(Behind).ToString());
            AssertEvents.Same(Chunks.ParseWithoutSkipping(bytes, Golden.Options), OomLog.Parse(bytes, Golden.Options));
        }
    }

    private static string[] Before(OomSections section) => section switch
    {
        OomSections.CallTrace => ["Call Trace:", " dump_stack+0x1/0x2"],
        OomSections.Memcg => ["memory: usage 8kB, limit 8kB, failcnt 3", "Memory cgroup stats for /a:", "anon 4096"],
        OomSections.MemInfo => ["Mem-Info:", "active_anon:1 inactive_anon:2 isolated_anon:3"],
        OomSections.Tasks => ["[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name", "[  156]     0   156   153531   153345     269        0             0 old"],
        _ => [],
    };
}
