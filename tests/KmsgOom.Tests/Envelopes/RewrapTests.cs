using System.Text;
using KmsgOom.Tests.Support;

using static KmsgOom.Tests.Envelopes.RewrappedLog;

namespace KmsgOom.Tests.Envelopes;

/// <summary>The same report in every rare wrapper gives the same events, apart from time, source and host.</summary>
public sealed class RewrapTests
{
    private const string Time = "2026-11-23T18:17:43";

    private static readonly string[] Stamped = [RewrappedLog.Stamped, "6.1-amd64-global-oddnames.console.log"];

    private static readonly Dictionary<string, Func<string, string>> Wraps = new()
    {
        ["cri"] = line => $"{Time}.753503123Z stdout F {line}",
        ["cri-tagged"] = line => $"{Time}.753503123+00:00 stderr F:x {line}",
        ["cri-cut"] = line => line.IndexOf("oom-kill", StringComparison.Ordinal) is var at and >= 0
            ? $"{Time}.753503123Z stdout P {line[..(at + 10)]}\n{Time}.753503123Z stdout P {line[(at + 10)..(at + 20)]}\n{Time}.753503123Z stdout F {line[(at + 20)..]}"
            : $"{Time}.753503123Z stdout F {line}",
        ["github"] = line => $"{Time}.1234567Z {line}",
        ["gitlab"] = line => $"{Time}.123456Z 00O {line}",
        ["jenkins"] = line => $"[{Time}.123Z] {line}",
        ["buildkite"] = line => $"\u001B_bk;t=1795457863000\u0007{line}",
        ["clock"] = line => $"18:17:43 {line}",
        ["clock-bracket"] = line => $"[18:17:43] {line}",
        ["date-blank"] = line => $"2026-11-23 18:17:43,123 {line}",
        ["svlogd"] = line => $"2026-11-23_18:17:43.12345 kern.info: {line}",
        ["tai64n"] = line => $"@400000006743a1b72c9d3f0c {line}",
        ["vmware"] = line => $"{Time}.123Z In(05) vcpu-5 - Guest: <6>{line}",
        ["vmware-old"] = line => $"{Time}.123Z| vcpu-5| I125: Guest: {line}",
        ["threadtime"] = line => $"11-23 18:17:43.753   123   456 E kernel  : {line}",
        ["threadtime-year"] = line => $"2026-11-23 18:17:43.753     0     0 W kernel  : {line}",
        ["logcat-brief"] = line => $"W/kernel  (    0): {line}",
        ["priority-bar"] = line => $"6|{line}",
        ["entities"] = line => Encode($"<6>{line}"),
        ["entities-stamp"] = line => line.Length > 0 ? $"<p>{Encode(line)}</p>" : line,
        ["br-before"] = line => $"<br>{Encode(line)}",
        ["span"] = line => $"<span class=\"line\">{Encode(line)}</span>",
        ["quoted"] = line => $"> {line}",
        ["quoted-twice"] = line => $">> {line}",
        ["quoted-thrice"] = line => $"> > >{line}",
        ["bar"] = line => $"| {line}",
        ["indent"] = line => $"    {line}",
        ["tab"] = line => $"\t{line}",
        ["nbsp"] = line => $"\u00C2\u00A0\u00C2\u00A0{line}",
        ["list"] = line => $"- {line}",
        ["backticks"] = line => $"`{line}`",
        ["go"] = line => $"\t\t\"{line}\",",
        ["python"] = line => $"    '{line}\\n',",
        ["python-continued"] = line => $"    \"{line}\\n\" \\",
        ["macos"] = line => $"2026-11-23 18:17:43.123456+0000 kernel: {line}",
        ["quoted-syslog"] = line => $"> Nov 23 18:17:43 node-1 kernel: {line}",
        ["journal-colour"] = line => $"Nov 23 18:17:43 node-1 kernel: \e[0;1;33m{line}\e[0m",
        ["syslog-two-blanks"] = line => $"Nov 23 18:17:43 node-1 kernel:  {line}",
        ["syslog-no-blank"] = line => $"2026-11-23T18:17:43.123456+00:00 node-1 kernel:{line}",
        ["syslog-zone"] = line => $"2026-11-23 18:17:43 +0000 node-1 kernel: {line}",
        ["syslog-level"] = line => $"Nov 23 18:17:43 node-1 warning kernel: {line}",
        ["syslog-year-first"] = line => $"2026 Nov 23 18:17:43.123456 node-1 WARNING kernel: {line}",
        ["syslog-year-amid"] = line => $"Nov 23 2026 18:17:43 node-1 kernel: {line}",
        ["syslog-year-last"] = line => $"Nov 23 18:17:43 2026 node-1 kernel: {line}",
        ["syslog-host-apart"] = line => $"Nov 23 18:17:43  node-1 kernel: {line}",
        ["ci-syslog"] = line => $"{Time}.1234567Z Nov 23 18:17:43 node-1 kernel: {line}",
        ["ci-kmsg-raw"] = line => $"{Time}.1234567Z <6>{line}",
        ["android-cpu"] = line => InFront(line, "c0 1234 "),
        ["android-bracket"] = line => InFront(line, "[0:        kswapd0:   45] "),
        ["android-parenthesis"] = line => InFront(line, "(0)[45:kswapd0]"),
        ["grep"] = line => $"/var/log/kern.log:{line}",
        ["grep-number"] = line => $"1234:{line}",
        ["grep-context"] = line => $"kern.log-20261123.1-77-{line}",
        ["grep-syslog"] = line => $"messages-20261123:Nov 23 18:17:43 node-1 kernel: {line}",
        ["zgrep-rfc3339"] = line => $"/var/log/syslog.2.gz:{Time}.123456+01:00 node-1 kernel: {line}",
        ["cat-number"] = line => $"   123\tNov 23 18:17:43 node-1 kernel: {line}",
        ["carriage-return"] = line => $"\r{line}",
        ["logread"] = line => $"Mon Nov 23 18:17:43 2026 kern.warn kernel: {line}",
        ["rfc5424-without-version"] = line => $"{Time}.123456+00:00 vcsa kernel - - - {line}",
        ["busybox-syslogd"] = line => $"Nov 23 18:17:43 node-1 kern.warn kernel: {line}",
        ["relay"] = line => $"Nov 23 18:17:43 10.0.0.5 node-1 kernel: {line}",
        ["date-blank-syslog"] = line => $"2026-11-23 18:17:43 node-1 kernel: {line}",
        ["chrome-os"] = line => $"{Time}.123456Z WARNING kernel: {line}",
        ["fenced"] = line => $"```{line}",
        ["grep-colour"] = line => line.Replace("oom", "\e[01;31m\e[Koom\e[m\e[K", StringComparison.Ordinal).Replace("Killed", "\e[01;31m\e[KKilled\e[m\e[K", StringComparison.Ordinal),
        ["break-behind"] = line => $"{line}<br />",
        ["busybox-user"] = line => $"Nov 23 18:17:43 node-1 user.err kernel: {line}",
        ["busybox-without-host"] = line => $"Nov 23 18:17:43 kern.info kernel: {line}",
        ["day-unpadded"] = line => $"Nov 3 18:17:43 node-1 kernel: {line}",
        ["tag-alone"] = line => $"kernel: {line}",
        ["year-behind"] = line => $"Nov 23 2026 18:17:43 node-1 kernel: {line}",
        ["slashes"] = line => $"2026/11/23 18:17:43 node-1 kernel: {line}",
        ["two-times"] = line => $"Nov 23 18:17:44 relay Nov 23 18:17:43 node-1 kernel: {line}",
        ["collector"] = line => $"level=info component=guest7 {line}",
        ["json"] = line => "{\"log\":\"" + Escape(line) + "\\n\",\"stream\":\"stdout\",\"time\":\"" + Time + ".753Z\"}",
        ["json-priority"] = line => "{\"textPayload\":\"<6>" + Escape(line) + "\",\"timestamp\":\"" + Time + "Z\"}",
        ["json-nested"] = line => "{\"insertId\":\"x1\",\"jsonPayload\":{\"_HOSTNAME\":\"node-1\",\"message\":\"" + Escape(line) + "\",\"n\":{\"a\":[{}]}},\"timestamp\":\"" + Time + "Z\"}",
        ["json-elastic"] = line => "{\"_source\":{\"host\":{\"name\":\"node-1\"},\"message\":\"" + Escape(line) + "\",\"@timestamp\":\"" + Time + "Z\"}}",
        ["json-otel"] = line => "{\"body\":{\"stringValue\":\"" + Escape(line) + "\"},\"attributes\":[]}",
        ["json-splunk"] = line => "{\"preview\":false,\"result\":{\"_raw\":\"" + Escape(line) + "\",\"host\":\"node-1\"}}",
        ["json-in-csv"] = line => $"\"{Time}Z\",\"node-1\",\"{line}\",\"kern\"",
        ["json-in-list"] = line => "- {\"dt\": \"" + Time + "\", \"lvl\": \"target\", \"msg\": \"" + line + "\"}",
        ["json-after-csv"] = line => $"1709972115000,\"Nov 23 18:17:43 node-1 kernel: {line}\"",
        ["json-before-csv"] = line => $"\"Nov 23 18:17:43 node-1 kernel: {line}\",\"{Time}.000+0000\",\"node-1\",\"/var/log/kern.log\"",
        ["json-like-logfmt"] = line => $"time={Time}Z level=info host=node-1 msg=\"{line}\"",
        ["json-syslog"] = line => "{\"timestamp\":\"" + Time + "Z\",\"message\":\"Nov 23 18:17:43 node-1 kernel: " + Escape(line) + "\"}",
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string log in Stamped)
            {
                // In JSON a line is a whole record, so that a newline in a name cannot have torn it.
                foreach (string wrap in Wraps.Keys.Where(wrap => !wrap.StartsWith("json", StringComparison.Ordinal) || log == Stamped[0]))
                {
                    cases.Add(log, wrap);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Events_OfARewrappedLog_AreTheSame(string log, string wrap)
    {
        byte[] plain = Golden.Read(log);
        byte[] wrapped = Rewrap(plain, Wraps[wrap]);

        AssertSame(Comparable(plain), Comparable(wrapped));
        AssertSame(Comparable(plain), [.. Chunks.ParseInPieces(wrapped, 1000, Golden.Options).Select(Comparable)]);
        AssertSame(Comparable(plain), [.. Chunks.ParseWithoutSkipping(wrapped, Golden.Options).Select(Comparable)]);
    }

    [Theory]
    [InlineData(" ", "\n")]
    [InlineData("kernel: ", "\n")]
    [InlineData("    ", "\n")]
    [InlineData("        ", "\n")]
    [InlineData("\t", "\n")]
    [InlineData("> ", "\n")]
    [InlineData(">> ", "\n")]
    [InlineData("", "\n\n")]
    [InlineData("", "<br/>\n")]
    public void Lines_WithoutAnyStamp_AreTheSame(string before, string after)
    {
        string[] messages = [.. Messages(Stamped[0])];
        string plain = string.Concat(messages.Select(message => message + "\n"));
        string posted = string.Concat(messages.Select(message => before + message + after));

        AssertSame(Comparable(Encoding.Latin1.GetBytes(plain)), Comparable(Encoding.Latin1.GetBytes(posted)));
    }

    [Theory]
    [InlineData("\u041f\u043d \u0434\u0435\u043a 22 18:03:32 2025", "2025-12-22T18:03:32")]
    [InlineData("dim. 19 avril 18:03:30 2026", "2026-04-19T18:03:30")]
    [InlineData("\uc6d4  1\uc6d4  5 10:00:00 2026", "2026-01-05T10:00:00")]
    [InlineData("Pzt Oca  5 10:00:00 2026", null)]
    [InlineData("Po led  5 10:00:00 2026", null)]
    public void Times_OfAnyLanguage_HideNothing(string time, string? expected)
    {
        byte[] log = Encoding.UTF8.GetBytes(string.Concat(Messages(Stamped[0]).Select(message => $"[{time}] {message}\n")));

        OomEvent oomEvent = Assert.Single(OomLog.Parse(log, Golden.Options));
        Assert.Equal(141, Assert.Single(oomEvent.Victims).Pid);
        Assert.NotEmpty(oomEvent.Tasks);
        Assert.Equal(expected, oomEvent.Time?.DateTime.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Names_BehindManyBlanks_AreRead()
    {
        string plain = string.Concat(Messages(Stamped[0]).Select(message => message + "\n"));
        string posted = plain.Replace(" 937 worker\n", " 937                worker\n", StringComparison.Ordinal);
        Assert.NotEqual(plain, posted);

        AssertSame(Comparable(Encoding.Latin1.GetBytes(plain)), Comparable(Encoding.Latin1.GetBytes(posted)));
    }

    [Fact]
    public void Statistics_PaddedWithBlanks_AreRead()
    {
        string log = string.Concat(Messages(Stamped[0]).Select(message => message.StartsWith("anon ", StringComparison.Ordinal) || message.StartsWith("file ", StringComparison.Ordinal) ? $"{message}   \n" : $"{message}\n"));

        AssertSame(Comparable(Encoding.Latin1.GetBytes(string.Concat(Messages(Stamped[0]).Select(message => message + "\n")))), Comparable(Encoding.Latin1.GetBytes(log)));
    }

    [Theory]
    [InlineData("Nov 23 18:17:43 node-1 kernel: ", "#012")]
    [InlineData("Nov 23 18:17:43 node-1 kernel: [   12.345678] ", "#012")]
    [InlineData("[   12.345678] ", "\\n")]
    [InlineData("[   12.345678] ", "\\x0a")]
    public void Statistics_InOneRecordWithEscapedNewlines_AreTheSame(string prefix, string escape)
    {
        string log = string.Concat(Messages(Stamped[0]).Select(message => prefix + message + "\n"));
        int first = log.IndexOf(prefix + "anon ", StringComparison.Ordinal);
        int last = log.IndexOf(prefix + "inactive_anon ", StringComparison.Ordinal);
        string record = log[first..last].Replace("\n" + prefix, escape, StringComparison.Ordinal);
        Assert.Contains(escape + "file ", record, StringComparison.Ordinal);

        AssertSame(Comparable(Encoding.Latin1.GetBytes(log)), Comparable(Encoding.Latin1.GetBytes(log[..first] + record + log[last..])));
    }

    [Theory]
    [InlineData("\\n")]
    [InlineData("\\x0a")]
    public void Registers_InOneRecordWithEscapedNewlines_AreTheSame(string escape)
    {
        string log = Encoding.Latin1.GetString(Golden.Read("6.1-ppc64el-v2-k8s-podlimit.dmesg.log"));
        string escaped = log.Replace("\n               GPR", escape + "GPR", StringComparison.Ordinal);
        Assert.Contains(escape + "GPR04", escaped, StringComparison.Ordinal);

        AssertSame(Comparable(Encoding.Latin1.GetBytes(log)), Comparable(Encoding.Latin1.GetBytes(escaped)));
    }

    [Theory]
    [InlineData(80, ">")]
    [InlineData(100, ">")]
    [InlineData(120, "...")]
    [InlineData(160, ">")]
    public void Values_ThatAPagerCutOff_AreLeftOut(int width, string mark)
    {
        foreach (string log in (string[])[Stamped[0], "7.3-amd64-global-swap.dmesg.log", "5.10-amd64-v1-k8s.dmesg.log", "6.1-amd64-numa-cpuset.dmesg.log"])
        {
            OomEvent whole = OomLog.Parse(Golden.Read(log), Golden.Options)[0];
            OomEvent cut = OomLog.Parse(Rewrap(Golden.Read(log), line => line.Length > width ? line[..(width - mark.Length)] + mark : line), Golden.Options)[0];

            Assert.Equal(whole.Victims[0].Pid, cut.Victims[0].Pid);
            string?[] values = [cut.Trigger?.Cpuset, cut.Trigger?.Nodemask, cut.Trigger?.MemsAllowed, cut.Memcg?.Path, cut.Memcg?.TaskPath, cut.Kernel?.Release, cut.ConstraintText];
            string?[] expected = [whole.Trigger?.Cpuset, whole.Trigger?.Nodemask, whole.Trigger?.MemsAllowed, whole.Memcg?.Path, whole.Memcg?.TaskPath, whole.Kernel?.Release, whole.ConstraintText];
            Assert.All(values.Zip(expected), pair => Assert.True(pair.First is null || pair.First == pair.Second, $"{log}: {pair.First}"));
        }
    }

    [Theory]
    [InlineData("ESC")]
    [InlineData("^[")]
    public void Colours_ThatAPagerMadeVisible_AreColours(string escape)
    {
        byte[] coloured = Golden.Read("6.1-amd64-v2-k8s.dmesg-color.log");
        string shown = Encoding.Latin1.GetString(coloured).Replace("\e", escape, StringComparison.Ordinal);

        AssertSame(Comparable(coloured), Comparable(Encoding.Latin1.GetBytes(shown)));
    }

    [Theory]
    [InlineData("    \"stdout_lines\": [\n        \"", "\",\n        \"", "\"\n    ]")]
    [InlineData("    \"Output\": \"", "\\r\\n", "\\r\\n\"")]
    public void Log_InAMemberOfAPrettyObject_IsRead(string before, string between, string after)
    {
        byte[] log = Golden.Read(Stamped[0]);
        string[] lines = Encoding.Latin1.GetString(log).TrimEnd('\n').Split('\n');
        string json = "{\n    \"changed\": true,\n    \"id\": \"i-0abc\",\n" + before + string.Join(between, lines.Select(Escape)) + after + "\n}\n";

        AssertSame(Comparable(log), Comparable(Encoding.Latin1.GetBytes(json)));
    }

    [Fact]
    public void Log_ThatAProgramsRecordQuotes_IsNone()
    {
        string quoted = string.Join("\\n", Encoding.Latin1.GetString(Golden.Read(Stamped[0])).TrimEnd('\n').Split('\n').Take(20).Select(Escape));
        string json = "{\n\t\"MESSAGE\" : \"" + quoted + "\",\n\t\"SYSLOG_IDENTIFIER\" : \"bot\",\n\t\"_TRANSPORT\" : \"stdout\"\n}\n";

        Assert.InRange(json.Length, 1000, 16_000);
        Assert.Empty(OomLog.Parse(json));
    }

    [Theory]
    [InlineData("2024-03-09 08:15:09.275 ")]
    [InlineData("2024-03-09T08:15:09Z ")]
    [InlineData("Mar  9 08:15:09 ")]
    [InlineData("Mar  9 08:15:09 web-1 ")]
    public void LowmemReserve_BehindABareTime_IsNoTag(string time)
    {
        byte[] wrapped = Encoding.Latin1.GetBytes(string.Concat(Encoding.Latin1.GetString(Golden.Read("7.3-amd64-global-swap.dmesg.log")).TrimEnd('\n').Split('\n').Select(line => time + line[15..] + "\n")));

        Assert.All(OomLog.Parse(wrapped)[0].Memory!.Nodes.SelectMany(node => node.Zones), zone => Assert.NotEmpty(zone.LowmemReservePages));
    }

    [Fact]
    public void Table_WithNoBreakSpaces_IsTheSame()
    {
        byte[] log = Golden.Read(Stamped[0]);
        byte[] padded = Rewrap(log, line => line.Contains("] [", StringComparison.Ordinal)
            ? line[..15] + line[15..].Replace("  ", "\u00C2\u00A0\u00C2\u00A0", StringComparison.Ordinal) : line);
        Assert.NotEqual(log.Length, padded.Length);

        AssertSame(Comparable(log), Comparable(padded));
    }

    [Fact]
    public void Lines_ThatAreQuotedPrintable_AreTheSame()
    {
        byte[] log = Golden.Read(Stamped[0]);
        byte[] quoted = Rewrap(log, line => line.Replace("=", "=3D", StringComparison.Ordinal));

        AssertSame(Comparable(log), Comparable(quoted));
    }

    [Theory]
    [InlineData(" invoked oom-killer: ", "gfp_mask=")]
    [InlineData("(GFP_KERNEL), ", "order=")]
    [InlineData("order=0, ", "oom_score_adj=")]
    [InlineData("Comm: worker ", "Not tainted")]
    [InlineData("Not ", "tainted 6.1")]
    [InlineData("Not tainted ", "6.1")]
    [InlineData("-amd64 ", "#1")]
    [InlineData("BIOS ", "1.16")]
    [InlineData("swapents oom_score_adj ", "name")]
    [InlineData("pgtables_bytes ", "swapents")]
    [InlineData("937 ", "worker")]
    [InlineData("Killed process 141 ", "(worker)")]
    [InlineData("(worker) ", "total-vm:")]
    [InlineData(" file-rss:", " shmem-rss:")]
    [InlineData("pgtables:", " oom_score_adj:937\n")]
    public void Line_ThatAMailProgramBroke_IsJoined(string before, string after)
    {
        byte[] log = Golden.Read(Stamped[0]);
        string text = Encoding.Latin1.GetString(log);
        int at = text.IndexOf(after, Math.Max(0, text.IndexOf(before, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.True(at > 0);
        string broken = text[..at].TrimEnd(' ') + "\n" + text[at..].TrimStart(' ');

        AssertSame(Comparable(log), Comparable(Encoding.Latin1.GetBytes(broken)));
    }

    [Theory]
    [InlineData("grep -c 'Tasks state (memory values in pages):' x")]
    [InlineData("app said: memory: usage 125952kB, limit 125952kB, failcnt 3632")]
    [InlineData("a; Task in /a killed as a result of limit of /b")]
    public void KernelWordsInProse_AreNoEvent(string line) => Assert.Empty(OomLog.Parse(line + "\n" + line + "\n"));

    [Theory]
    [InlineData('"')]
    [InlineData('\'')]
    public void MarkInAName_EndsNoText(char mark)
    {
        string log = $"app msg={mark}[    1.000000] Out of memory: Killed process 7 (it{mark}s) total-vm:8kB, anon-rss:4kB{mark} k=1\n";

        OomVictim victim = Assert.Single(Assert.Single(OomLog.Parse(log)).Victims);
        Assert.Equal($"it{mark}s", victim.Name.ToString());
        Assert.Equal(4, victim.AnonRssKiB);
    }

    [Fact]
    public void WrappersWithoutEnd_AreTakenOffAFewTimes()
    {
        Assert.Empty(OomLog.Parse(string.Concat(Enumerable.Repeat("c0 0 ", 100_000)) + "x\n"));
        Assert.Empty(OomLog.Parse(string.Concat(Enumerable.Repeat("[0:a:1] ", 100_000)) + "x\n"));
    }

    [Fact]
    public void Trigger_ThatAMailProgramBrokeInQuotedPrintable_IsJoined()
    {
        byte[] log = Golden.Read(Stamped[0]);
        byte[] broken = Rewrap(log, line => line.Replace("gfp_mask=", "gfp_mask=3D", StringComparison.Ordinal)
            .Replace(" order=0, oom_score_adj=", "\norder=3D0, oom_score_adj=3D", StringComparison.Ordinal));

        AssertSame(Comparable(log), Comparable(broken));
    }

    private static string InFront(string line, string prefix) => line.Contains("] ", StringComparison.Ordinal) ? line.Insert(line.IndexOf("] ", StringComparison.Ordinal) + 2, prefix) : line;

    private static string Encode(string line) => line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    private static string Escape(string line) => line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
