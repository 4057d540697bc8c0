using System.Text;
using System.Text.Json;
using KmsgOom.Tests.Support;
using static KmsgOom.Tests.Envelopes.RewrappedLog;

namespace KmsgOom.Tests.Envelopes;

/// <summary>JSON objects that another wrapper stands before, or that another object holds, are read as if they stood alone.</summary>
public sealed class ObjectWithinTests
{
    private static readonly string[] Objects = [.. Messages(Stamped).Select(message =>
        "{\"_HOSTNAME\":\"node-1\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"__REALTIME_TIMESTAMP\":\"1795457863000000\",\"MESSAGE\":" + JsonSerializer.Serialize(message) + "}")];

    [Theory]
    [InlineData("\u001E", "")]
    [InlineData("data: ", "\n")]
    [InlineData("", ",")]
    [InlineData("[", "]")]
    [InlineData("npd-x7k2 node-problem-detector ", "")]
    [InlineData("2026-11-23T18:00:05+00:00\tkernel.log\t", "")]
    [InlineData("2026-11-23T18:00:05.182930000Z stdout F ", "")]
    [InlineData("journal-1  | ", "")]
    [InlineData("2026-11-23 18:00:05.000000000 +0000 kern.log: ", "")]
    [InlineData("> ", "")]
    [InlineData("node-1 {} ", "")]
    public void Objects_BehindAnotherWrapper_AreTheSame(string before, string after)
    {
        AssertSameEvents(Objects.Select(one => before + one + after));
        AssertSameEvents(Objects.Select(one => before + one + after + "\r"));
    }

    [Theory]
    [InlineData("{{\"log\":{0},\"stream\":\"stdout\",\"time\":\"2026-11-23T18:00:05.1Z\"}}")]
    [InlineData("{{\n  \"stream\": \"stdout\",\n  \"log\": {0}\n}}")]
    [InlineData("{{\"kubernetes\":{{\"pod_name\":\"npd\",\"host\":\"other\"}},\"log\":{0},\"date\":1795457870.12}}")]
    public void Objects_WithinAnother_AreTheSame(string outer) =>
        AssertSameEvents(Objects.Select(one => string.Format(System.Globalization.CultureInfo.InvariantCulture, outer, JsonSerializer.Serialize(one + "\n"))));

    [Theory]
    [InlineData("    ", ",")]
    [InlineData("", "")]
    [InlineData("[\"1795457863000000000\", ", "],")]
    public void Objects_InStrings_AreTheSame(string before, string after) => AssertSameEvents(Objects.Select(one => before + JsonSerializer.Serialize(one).Replace("\\u0022", "\\\"", StringComparison.Ordinal) + after));

    /// <summary>The kernel's stamp within does not tell where the message ends, but the object does.</summary>
    [Theory]
    [InlineData("npd-x7k2 node-problem-detector ", "", false)]
    [InlineData("2026-11-23T18:00:05.182930000Z stdout F ", "", false)]
    [InlineData("    ", ",", true)]
    [InlineData("[\"1795457863000000000\",", "],", true)]
    public void Objects_WithStamps_AreTheSame(string before, string after, bool isString)
    {
        string[] stamped = [.. Encoding.Latin1.GetString(Golden.Read(Stamped)).TrimEnd('\n').Split('\n').Select(line => $"{{\"MESSAGE\":{JsonSerializer.Serialize(line)},\"host\":\"node-1\"}}")];
        string[] lines = [.. stamped.Select(one => before + (isString ? JsonSerializer.Serialize(one).Replace("\\u0022", "\\\"", StringComparison.Ordinal) : one) + after)];

        AssertSame(Comparable(Golden.Read(Stamped)), Comparable(Encoding.Latin1.GetBytes(string.Join('\n', lines))));
    }

    /// <summary>Objects on many lines whose members are objects themselves, before and behind the message (<c>gcloud logging read</c>, Elasticsearch).</summary>
    [Theory]
    [InlineData("  {\n    \"jsonPayload\": {\n      \"MESSAGE\": {0},\n      \"_HOSTNAME\": \"node-1\"\n    },\n    \"resource\": {\n      \"labels\": {\n        \"node_name\": \"node-1\"\n      }\n    },\n    \"timestamp\": \"2026-11-23T18:17:43Z\"\n  },")]
    [InlineData("      {\n        \"_source\": {\n          \"@timestamp\": \"2026-11-23T18:17:43Z\",\n          \"host\": {\n            \"name\": \"node-1\"\n          },\n          \"message\": {0}\n        }\n      },")]
    public void Objects_OnManyLines_AreRead_WithWhatIsInTheirMembers(string form)
    {
        string[] records = [.. Messages(Stamped).Select(message => form.Replace("{0}", JsonSerializer.Serialize(message), StringComparison.Ordinal))];
        string log = "[\n" + string.Join('\n', records) + "\n]\n";
        OomEvent oomEvent = Assert.Single(OomLog.Parse(log, Golden.Options));

        Assert.Equal("2026-11-23T18:17:43Z", oomEvent.Time.ToString());
        Assert.Empty(oomEvent.UnknownLines);
        AssertSameEvents(["[", .. records, "]"]);
    }

    [Fact]
    public void Objects_ThatFluentBitPrints_AreTheSame() => AssertSameEvents(Objects.Select((one, at) =>
        $"[{at}] kmsg.0: [[1795457863.000000000, {{}}], {one.Replace("\":", "\"=>", StringComparison.Ordinal).Replace(",\"", ", \"", StringComparison.Ordinal)}]"));

    /// <summary>Numbers of collectors: GELF's seconds, Fluent Bit's, milliseconds of exports.</summary>
    [Theory]
    [InlineData("\"timestamp\":1795457863.12", "2026-11-23T18:17:43.1200000")]
    [InlineData("\"date\":1795457863.123456", "2026-11-23T18:17:43.1234560")]
    [InlineData("\"timestamp\":1795457863120", "2026-11-23T18:17:43.1200000")]
    [InlineData("\"timestamp\":1795457863", "2026-11-23T18:17:43.0000000")]
    [InlineData("\"TimeGenerated\":\"2026-11-23T18:17:43Z\",\"Computer\":\"node-1\"", "2026-11-23T18:17:43.0000000")]
    [InlineData("\"timestamp\":17954578", null)]
    [InlineData("\"timestamp\":1795457863.", null)]
    [InlineData("\"date\":2026112318", null)]
    [InlineData("\"date\":0000000001", null)]
    public void Times_OfCollectors_AreRead(string member, string? time)
    {
        string log = $"{{{member},\"message\":\"Out of memory: Killed process 7 (a) total-vm:8kB, anon-rss:4kB\"}}\n";

        OomEvent oomEvent = Assert.Single(OomLog.Parse(Encoding.UTF8.GetBytes(log), Golden.Options));
        Assert.Equal(time, oomEvent.Time?.DateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Nov 23 18:17:43 node-1 vector[12]: ")]
    [InlineData("2026-11-23T18:17:43.123456+00:00 node-1 agent[77]: got ")]
    public void Objects_ThatAProgramQuotes_AreNone(string before) =>
        Assert.Empty(OomLog.Parse(Encoding.Latin1.GetBytes(string.Concat(Objects.Select(one => before + one + "\n"))), Golden.Options));

    /// <summary>What the kernel printed is not another logger's, and a task may be called like an object.</summary>
    [Theory]
    [InlineData("Nov 23 18:17:43 n kernel: [    5.000000] ", " {\"log\":\"other words\"}", "")]
    [InlineData("[    5.000000] ", " {\"message\":\"audit\"}", "")]
    [InlineData("", " {\"message\":\"longer than a name\"}", "")]
    [InlineData("web-1  | {\"log\":\"", " {\\\"log\\\":\\\"abcdefghijkl\\\" \\\"x\\\" 1}\"}", "")]
    [InlineData("web-1  | {\"log\":\"{\\\"host\\\":\\\"node-1\\\",\\\"message\\\":\\\"", "\\\"}\"}", "node-1")]
    public void Kill_BesideAnObject_IsFound(string before, string after, string host)
    {
        string log = before + "Out of memory: Killed process 7 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB" + after + "\n";

        OomEvent oomEvent = Assert.Single(OomLog.Parse(Encoding.UTF8.GetBytes(log), Golden.Options));
        Assert.Equal(7, Assert.Single(oomEvent.Victims).Pid);
        Assert.True(host.Length == 0 || oomEvent.Host == host);
    }

    [Theory]
    [InlineData("[    125]", "{\"msg\":\"aa\"}")]
    [InlineData("[    125]", "{\"log\":\"abcd\"}")]
    public void Row_OfATaskCalledLikeAnObject_IsKept(string row, string name)
    {
        string[] lines = Encoding.Latin1.GetString(Golden.Read(Stamped)).Split('\n');
        int at = Array.FindIndex(lines, line => line.Contains(row, StringComparison.Ordinal));
        lines[at] = lines[at][..(lines[at].LastIndexOf(' ') + 1)] + name;
        foreach (bool isBare in (bool[])[false, true])
        {
            byte[] log = Encoding.Latin1.GetBytes(string.Join('\n', isBare ? lines.Select(line => line.Length > 15 ? line[15..] : line) : lines));

            Assert.Contains(Assert.Single(OomLog.Parse(log, Golden.Options)).Tasks, task => task.Name.ToString() == name);
            Assert.Contains(Assert.Single(Chunks.ParseInPieces(log, 1, Golden.Options)).Tasks, task => task.Name.ToString() == name);
        }
    }

    /// <summary>Lines of a run are read by other code than the rest, and must have no other wrapper either.</summary>
    [Theory]
    [InlineData(" {\"log\":\"{0}\"},")]
    [InlineData(" {\"log\":\"{0}\"}")]
    [InlineData("0000{1} <4>Nov 23 18:17:43 n kernel: {0}")]
    public void Kill_BehindARegister_IsReadAlikeWithoutSkipping(string after)
    {
        const string Kill = "Out of memory: Killed process 79 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB";
        int length = Kill.Length + "<4>Nov 23 18:17:43 n kernel: ".Length;
        string[] lines = Encoding.Latin1.GetString(Golden.Read(Stamped)).Split('\n');
        int at = Array.FindIndex(lines, line => line.Contains("RDX:", StringComparison.Ordinal));
        lines[at] = lines[at][..(lines[at].IndexOf("RDX:", StringComparison.Ordinal) + 21)] + after.Replace("{0}", Kill, StringComparison.Ordinal).Replace("{1}", $"{length}", StringComparison.Ordinal);
        byte[] log = Encoding.Latin1.GetBytes(string.Join('\n', lines));

        Assert.Equal(Chunks.ParseWithoutSkipping(log, Golden.Options).Select(oomEvent => OomJson.ToJson(oomEvent)), OomLog.Parse(log, Golden.Options).Select(oomEvent => OomJson.ToJson(oomEvent)));
    }

    private static void AssertSameEvents(IEnumerable<string> lines)
    {
        static string Text(OomEvent oomEvent) => $"{Comparable(oomEvent)} {oomEvent.Host} {oomEvent.Time?.DateTime:O}";
        byte[] plain = Encoding.Latin1.GetBytes(string.Join('\n', Objects));
        byte[] log = Encoding.Latin1.GetBytes("[\n" + string.Join('\n', lines) + "\n]\n");
        string[] expected = [.. OomLog.Parse(plain, Golden.Options).Select(Text)];
        Assert.Contains(" node-1 ", Assert.Single(expected), StringComparison.Ordinal);
        AssertSame(expected, [.. OomLog.Parse(log, Golden.Options).Select(Text)]);
        AssertSame(expected, [.. Chunks.ParseInPieces(log, 333, Golden.Options).Select(Text)]);
    }
}
