using System.Collections.Immutable;
using System.Text;
using KmsgOom.Framing;
using KmsgOom.Lines;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>What is passed over unread changes nothing: the patterns cover every line that matters, and events are the same without skipping.</summary>
public sealed class SkipTests
{
    private static readonly string[] Foreign =
    [
        "systemd[1]: Started Session 94 of user root.",
        "kernel: [   77.123456] eth0: link becomes ready",
        "kernel: [   77.123456] CPU: 1 PID: 9 Comm: kworker/1:0 Not tainted 6.1.0 #1",
        "kernel: Killed nothing, the room was full",
        "earlyoom[812]: sending SIGTERM to process 5 uid 0 \"a\": oom_score 9, oom_score_adj 0, VmRSS 7 MiB, cmdline \"a\"",
        "systemd-oomd[5]: Marked /a for killing due to memory pressure for /a being 60.00% > 50.00% for > 20s with reclaim activity",
        "kernel: [   77.123456] Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF",
        "sshd[812]: Failed password for root from 10.0.0.1 port 22 ssh2",
        "plain text without any header",
        "               indented text",
        "",
    ];

    [Fact]
    public void Patterns_CoverEveryAnchorOfEveryGolden()
    {
        foreach (string log in Golden.Names)
        {
            AssertCovered(Golden.Read(log));
        }
    }

    /// <summary>A name that is not UTF-8 makes an array of the journal's message, which has no word of the kernel: it alone must be stopped at.</summary>
    [Theory]
    [InlineData(" [ ", ", ", " ]")]
    [InlineData(" [\n\t\t", ",\n\t\t", "\n\t]")]
    public void Kill_InAPrettyRecordOfBytes_IsFound(string open, string between, string close)
    {
        string bytes = string.Join(between, Encoding.Latin1.GetBytes("Out of memory: Killed process 5 (a\u00ff) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB"));
        string log = string.Concat(Enumerable.Repeat(Foreign[0] + "\n", 100))
            + $"{{\n\t\"SYSLOG_IDENTIFIER\" : \"kernel\",\n\t\"MESSAGE\" :{open}{bytes}{close}\n}}\n";

        OomVictim victim = Assert.Single(Assert.Single(OomLog.Parse(Encoding.ASCII.GetBytes(log), Golden.Options)).Victims);
        Assert.Equal((5, 4L), (victim.Pid, victim.TotalVmKiB));
    }

    /// <summary><c>dmesg -L</c> colours what stands before the first colon, and so parts "memory:" from "usage".</summary>
    [Fact]
    public void Usage_BehindAColouredCounter_IsFound()
    {
        string log = string.Concat(Enumerable.Repeat(Foreign[0] + "\n", 100)) + "\e[32m[   77.000001] \e[0m\e[33mmemory: \e[0musage 8kB, limit 8kB, failcnt 3\n";

        Assert.Equal(3UL, Assert.Single(OomLog.Parse(Encoding.ASCII.GetBytes(log), Golden.Options)).Memcg?.Memory?.FailCount);
    }

    /// <summary>Lines of a report prove nothing where none is open, since they may be passed over unread: not that the time for its copy is over.</summary>
    [Theory]
    [InlineData("[   97.262021] Call Trace:")]
    [InlineData("[   97.262021] Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014")]
    [InlineData("[   97.262021] Node 0 DMA free:15360kB min:384kB low:480kB high:576kB")]
    [InlineData("[   97.262021] [  243]     0   243      315       17    28672        0           937 tini")]
    public void LinesOfAReport_WhereNoneIsOpen_ProveNothing(string line)
    {
        const string Kill = "Out of memory: Killed process 77 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0";
        // A log may begin in a table, but only with its first messages.
        string before = string.Concat(Enumerable.Repeat(Foreign[0] + "\n", 100));
        byte[] log = Encoding.ASCII.GetBytes($"{before}[    7.000000] Mem-Info:\n{Kill}\n{line}\n{Kill}\n");

        string whole = OomJson.ToJson(Assert.Single(OomLog.Parse(log, Golden.Options)));
        Assert.Equal(whole, OomJson.ToJson(Assert.Single(Chunks.ParseInPieces(log, 1, Golden.Options))));
    }

    [CapturesFact]
    public void Patterns_CoverEveryAnchorOfEveryCapture()
    {
        foreach (string path in Directory.EnumerateFiles(Repository.Captures!, "*.log", SearchOption.AllDirectories))
        {
            AssertCovered(File.ReadAllBytes(path));
        }
    }

    [Theory]
    [InlineData("java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("oom-killer: gfp_mask=0xd0, order=0")]
    [InlineData("Pid: 1234, comm: java Not tainted 2.6.32-642.6.2.el6.x86_64 #1")]
    [InlineData("CPU: 21 PID: 42423 Comm: memcg_test_1 Kdump: loaded Tainted: G        W  OE  ------------   3.10.0-1160.el7.x86_64 #1")]
    [InlineData("Task in /docker/74be killed as a result of limit of /docker/74be")]
    [InlineData("Memory limit reached of cgroup /a")]
    [InlineData("memory: usage 125952kB, limit 125952kB, failcnt 3632")]
    [InlineData("Memory cgroup stats for /0: cache:0KB rss:0KB")]
    [InlineData("Mem-Info:")]
    [InlineData("Mem-info:")]
    [InlineData("Tasks state (memory values in pages):")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss cpu oom_adj name")]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=a,pid=1,uid=0")]
    [InlineData("Out of Memory: Kill process 2817 (httpd) score 4711 and children.")]
    [InlineData("Out of memory: kill process 2817 (httpd) score 45678 or a child")]
    [InlineData("Killed process 2817 (httpd)")]
    [InlineData("Tasks in /a are going to be killed due to memory.oom.group set")]
    [InlineData("Out of memory: OOM victim 7 (a) is already exiting. Skip killing the task")]
    [InlineData("Out of memory and no killable processes...")]
    [InlineData("Kernel panic - not syncing: System is deadlocked on memory")]
    [InlineData("oom_reaper: reaped process 7 (a), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB")]
    [InlineData("oom_kill_process: 14 callbacks suppressed")]
    [InlineData("Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF")]
    [InlineData("VM: killing process httpd")]
    [InlineData("swapper: page allocation failure. order:1, mode:0x20")]
    [InlineData("java: page allocation stalls for 10012ms, order:0, mode:0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null)")]
    [InlineData("insmod: vmalloc error: size 4096, failed to map pages, mode:0xcc0(GFP_KERNEL), nodemask=(null)")]
    [InlineData("lowmemorykiller: Killing 'a' (5), adj 900,")]
    [InlineData("send sigkill to 5 (a), adj 12, size 9184")]
    [InlineData("sending SIGKILL to process 5 uid 0 \"a\": oom_score 9, oom_score_adj 0, VmRSS 7 MiB, cmdline \"a\"")]
    [InlineData("sending SIGTERM to process 5 \"a\": badness 9, VmRSS 7 MiB")]
    [InlineData("killing process 5 \"a\" with signal 15: badness 9, VmRSS 7 MiB")]
    [InlineData("Killing process 'a' with signal 15, pid: 5, badness: 9, VmRSS: 7 MiB")]
    [InlineData("lowmemorykiller: Kill 'a' (5), uid 10056, oom_adj 906 to free 51234kB")]
    [InlineData("Out of memory in UB 123: OOM killed process 7 (a) score 0 vm:12kB, rss:4kB, swap:0kB")]
    [InlineData("OOM killed process 7 (a) vm:12kB, rss:4kB, swap:0kB")]
    [InlineData("Killed /a due to memory pressure for /a being 60.00% > 50.00% for > 20s with reclaim activity")]
    [InlineData("Marked /a for killing due to memory pressure for /a being 60.00% > 50.00% for > 20s with reclaim activity")]
    [InlineData("a: page allocation failure: order:0, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null)")]
    public void Patterns_CoverTheAnchorsOfTheFormat(string message)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(message);
        Assert.NotEqual(OomLineKind.Unrelated, OomLineClassifier.Classify(bytes, OomSections.None));
        Assert.True(SkipAhead.FindScalar(bytes, out _) >= 0);
    }

    [Fact]
    public void Find_AndItsPlainTwin_Agree()
    {
        Random random = new(5);
        byte[] letters = "oomKkilTaskMemusgtgid pgrusage Comm: OOMKerne:0x.\n\n"u8.ToArray();
        byte[][] patterns = ["Killed process "u8.ToArray(), "Mem-Info:"u8.ToArray(), "tgid"u8.ToArray(), "e:0x"u8.ToArray(), "Kernel panic - not syncing: "u8.ToArray()];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(300)];
            for (int at = 0; at < bytes.Length; at++)
            {
                bytes[at] = round % 3 == 0 ? (byte)random.Next(256) : letters[random.Next(letters.Length)];
            }

            if (bytes.Length > 60 && round % 2 == 0)
            {
                // The first and the last byte may be missing.
                byte[] pattern = patterns[random.Next(patterns.Length)];
                int from = random.Next(8) == 0 ? 1 : 0;
                int length = random.Next(8) == 0 ? pattern.Length - 1 : pattern.Length;
                pattern[from..length].CopyTo(bytes, random.Next(bytes.Length - pattern.Length));
            }

            int found = SkipAhead.Find(bytes, out int lineFeeds);
            Assert.Equal(SkipAhead.FindScalar(bytes, out int expected), found);
            Assert.Equal(expected, lineFeeds);
        }
    }

    [Fact]
    public void Find_CountsLineFeeds_HoweverMany()
    {
        byte[] bytes = new byte[100_000];
        bytes.AsSpan().Fill((byte)'\n');
        "Mem-Info:"u8.CopyTo(bytes.AsSpan(90_000));

        int found = SkipAhead.Find(bytes, out int lineFeeds);
        Assert.Equal((SkipAhead.FindScalar(bytes, out int expected), expected), (found, lineFeeds));
        Assert.Equal(90_000, lineFeeds);
    }

    [Fact]
    public void Events_AreTheSame_WithAndWithoutSkipping()
    {
        Random random = new(20261123);
        byte[][] logs = [.. Golden.Names.Select(Golden.Read).Where(bytes => bytes.Length < 30_000)];
        for (int round = 0; round < 150; round++)
        {
            byte[] log = Mix(random, logs);
            ImmutableArray<OomEvent> expected = Chunks.ParseWithoutSkipping(log, Golden.Options);
            int[] cuts = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(log.Length)).Order()];
            ImmutableArray<OomEvent> events = Chunks.ParseCut(log, cuts, Golden.Options);
            AssertEvents.Same(expected, events);
        }
    }

    [Fact]
    public void Counters_OfLinesAndBytes_AreTheSame()
    {
        byte[] log = Mix(new Random(3), [Golden.Read("6.1-amd64-v2-k8s.dmesg.log")]);
        using OomParser skipping = new(Golden.Options);
        using OomParser patient = new(Golden.Options) { CanSkip = false };
        Chunks.ParseCut(skipping, log, []);
        Chunks.ParseCut(patient, log, []);
        Assert.Equal(patient.Counters.Lines, skipping.Counters.Lines);
        Assert.Equal(patient.Counters.Bytes, skipping.Counters.Bytes);
        Assert.Equal(patient.Counters.Events, skipping.Counters.Events);
    }

    private static void AssertCovered(byte[] log)
    {
        foreach (Range range in log.AsSpan().Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = log.AsSpan(range);

            // The wrapper does not matter here: what a classifier finds in the line it finds behind the wrapper as well.
            for (int at = 0; at >= 0 && at < line.Length; at = Next(line, at))
            {
                OomLineKind kind = OomLineClassifier.Classify(line[at..], OomSections.None);
                bool matters = kind.IsAnchor() || kind is OomLineKind.Reaper or OomLineKind.Suppressed or OomLineKind.KillRemark;
                bool isHalf = kind == OomLineKind.TaskIn && TaskInLine.IsSecondHalf(line[at..]);
                if (matters && kind != OomLineKind.KillRemark && !isHalf)
                {
                    Assert.True(SkipAhead.FindScalar(line, out _) >= 0, Encoding.UTF8.GetString(line));
                }
            }
        }
    }

    private static int Next(ReadOnlySpan<byte> line, int at)
    {
        int blank = line[at..].IndexOf((byte)' ');
        return blank < 0 ? -1 : at + blank + 1;
    }

    private static byte[] Mix(Random random, byte[][] logs)
    {
        MemoryStream mixed = new();
        for (int part = 0; part < 6; part++)
        {
            byte[] log = logs[random.Next(logs.Length)];
            int start = random.Next(4) == 0 ? random.Next(log.Length) : 0;
            int end = random.Next(4) == 0 ? random.Next(start, log.Length) : log.Length;
            mixed.Write(log, start, end - start);
            int count = random.Next(3) == 0 ? random.Next(400) : random.Next(10);
            for (int line = 0; line < count; line++)
            {
                string text = Foreign[random.Next(Foreign.Length)];
                mixed.Write(Encoding.ASCII.GetBytes(random.Next(3) == 0 ? $"{text}\n" : $"Nov 23 18:{random.Next(60):00}:{random.Next(60):00} node-{random.Next(3)} {text}\n"));
            }
        }

        return mixed.ToArray();
    }
}
