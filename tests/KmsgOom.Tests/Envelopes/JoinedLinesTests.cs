using System.Text;
using System.Text.Json;
using KmsgOom.Tests.Support;
using static KmsgOom.Tests.Envelopes.RewrappedLog;

namespace KmsgOom.Tests.Envelopes;

/// <summary>A report whose lines stand in one line is the report, unless a program quotes it.</summary>
public sealed class JoinedLinesTests
{
    [Theory]
    [InlineData("", "\r", "")]
    [InlineData("", " ", "")]
    [InlineData("\"", "\\n", "\"")]
    [InlineData("{\"log\":\"", "\\n", "\"}")]
    [InlineData("['", "', '", "']")]
    [InlineData("Nov 23 18:17:43 node-1 kernel: ", " Nov 23 18:17:43 node-1 kernel: ", "")]
    [InlineData("[{\"msg\":\"", "\"},{\"msg\":\"", "\"}]")]
    [InlineData("{\"dmesg\": [{\"pri\": 4, \"msg\": \"", "\"}, {\"pri\": 4, \"msg\": \"", "\"}]}")]
    public void Lines_JoinedToOne_AreTheSame(string before, string between, string after)
    {
        byte[] log = Golden.Read(Stamped);
        string joined = before + Encoding.Latin1.GetString(log).TrimEnd('\n').Replace("\n", between, StringComparison.Ordinal) + after;

        AssertSame(Comparable(log), Comparable(Encoding.Latin1.GetBytes(joined)));
        AssertSame(Comparable(log), [.. Chunks.ParseInPieces(Encoding.Latin1.GetBytes("x\n" + joined + "\n"), 1000, Golden.Options).Select(Comparable)]);
    }

    [Theory]
    [InlineData("", "\\n", "")]
    [InlineData("Nov 23 18:17:43 node-1 kernel: ", "#012", "")]
    [InlineData("{\"message\":\"", "\\n", "\"}")]
    public void Lines_WithoutStampJoinedToOne_AreTheSame(string before, string between, string after)
    {
        string[] messages = [.. Messages(Stamped)];
        byte[] plain = Encoding.Latin1.GetBytes(string.Concat(messages.Select(message => message + "\n")));
        byte[] joined = Encoding.Latin1.GetBytes(before + string.Join(between, messages) + after);

        AssertSame(Comparable(plain), Comparable(joined));
    }

    [Theory]
    [InlineData("Nov 23 18:17:43 node-1 slackbot[12]: user said: ")]
    [InlineData("{\"SYSLOG_IDENTIFIER\":\"bot\",\"MESSAGE\":\"")]
    public void Report_ThatAProgramQuotesInOneLine_IsNone(string before)
    {
        string joined = before + Encoding.Latin1.GetString(Golden.Read(Stamped)).TrimEnd('\n').Replace("\n", "\\n", StringComparison.Ordinal);

        Assert.Empty(OomLog.Parse(Encoding.Latin1.GetBytes(before[0] == '{' ? joined + "\"}" : joined), Golden.Options));
    }

    [Theory]
    [InlineData("Nov 23 18:17:43 node-1 kernel: ", "#012", "")]
    [InlineData("{\"time\":\"2026-11-23T18:17:43Z\",\"host\":\"node-1\",\"log\":\"", "\\n", "\"}")]
    public void Lines_JoinedToOne_HaveItsHostAndTime(string before, string between, string after)
    {
        string joined = before + Encoding.Latin1.GetString(Golden.Read(Stamped)).TrimEnd('\n').Replace("\n", between, StringComparison.Ordinal) + after;

        OomEvent oomEvent = Assert.Single(OomLog.Parse(Encoding.Latin1.GetBytes(joined), Golden.Options));
        Assert.Equal("node-1", oomEvent.Host);
        Assert.Equal(23, oomEvent.Time?.DateTime.Day);
        Assert.NotEmpty(oomEvent.Tasks);
    }

    /// <summary>An answer of Loki on one line; it begins with the newest unless asked otherwise.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("[   77.000001] ", false)]
    [InlineData("[   77.000001] ", true)]
    [InlineData("Nov 23 18:17:43 node-1 kernel: ", false)]
    [InlineData("Nov 23 18:17:43 node-1 kernel: [   77.000001] ", true)]
    [InlineData("json", false)]
    [InlineData("json", true)]
    public void Strings_OfADocument_AreLines(string wrapper, bool isNewestFirst)
    {
        string[] lines = [.. Messages(Stamped).Select(message => wrapper != "json" ? wrapper + message
            : "{\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":" + JsonSerializer.Serialize(message) + "}")];
        IEnumerable<string> values = lines.Select((line, at) => $"[\"{1795457863000000000 + (at / 3)}\",{JsonSerializer.Serialize(line)}]");
        string document = "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"stream\":{\"job\":\"systemd\",\"log\":\"kern\"},\"values\":["
            + string.Join(',', isNewestFirst ? values.Reverse() : values) + "]}],\"stats\":{\"summary\":{\"bytes\":1}}}}";

        string[] expected = Comparable(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
        Assert.Single(expected);
        AssertSame(expected, Comparable(Encoding.Latin1.GetBytes(document)));
        AssertSame(expected, [.. Chunks.ParseInPieces(Encoding.Latin1.GetBytes("x\n" + document + "\n"), 1000, Golden.Options).Select(Comparable)]);
    }

    /// <summary>An answer of Elasticsearch on one line: the array of hits is not its first member.</summary>
    [Fact]
    public void Objects_DeepInADocument_AreLines()
    {
        IEnumerable<string> hits = Messages(Stamped).Select((message, at) =>
            "{\"_id\":\"" + at + "\",\"_source\":{\"@timestamp\":\"2026-11-23T18:17:43Z\",\"host\":{\"name\":\"node-1\"},\"message\":" + JsonSerializer.Serialize(message) + "}}");
        string document = "{\"took\":3,\"_shards\":{\"failures\":[]},\"hits\":{\"total\":{\"value\":9},\"hits\":[" + string.Join(',', hits) + "]}}";

        OomEvent oomEvent = Assert.Single(OomLog.Parse(Encoding.Latin1.GetBytes(document), Golden.Options));
        AssertSame(Comparable(Encoding.Latin1.GetBytes(string.Join('\n', Messages(Stamped)))), [Comparable(oomEvent)]);
        Assert.Equal("node-1", oomEvent.Host);
    }

    /// <summary>A document may have several lists, and other things between their objects.</summary>
    [Theory]
    [InlineData("{\"a\":[F],\"b\":[{\"message\":\"K\"}]}")]
    [InlineData("[[F],[{\"message\":\"K\"}]]")]
    [InlineData("[F,\t{\"message\":\"K\"}]")]
    [InlineData("[F,{ \"message\":\"K\"}]")]
    [InlineData("[F,\"K\"]")]
    [InlineData("[F,\"K\",F]")]
    public void Kill_BehindTheFirstObjects_IsFound(string document)
    {
        string first = string.Join(',', Enumerable.Range(0, 5).Select(at => "{\"message\":\"line " + at + new string('x', 120) + "\"}"));
        string log = document.Replace("K", "Out of memory: Killed process 7 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB", StringComparison.Ordinal).Replace("F", first, StringComparison.Ordinal);

        Assert.Equal(7, Assert.Single(Assert.Single(OomLog.Parse(Encoding.Latin1.GetBytes(log), Golden.Options)).Victims).Pid);
    }

    /// <summary>A document that was cut off, in its last string: that has no end, and what it holds of a kill is one.</summary>
    [Theory]
    [InlineData(false, 60)]
    [InlineData(false, 120)]
    [InlineData(true, 60)]
    [InlineData(true, 120)]
    public void Kills_InADocumentThatWasCutOff_AreFound(bool isNewestFirst, int more)
    {
        IEnumerable<int> pids = Enumerable.Range(1, 9);
        IEnumerable<string> values = (isNewestFirst ? pids.Reverse() : pids).Select(pid => $"[\"17954578630000000{pid:00}\",\"[   7{pid}.000001] Out of memory: Killed process {pid} (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB\"]");
        string document = "{\"values\":[" + string.Join(',', values);
        string cut = document[..(document.LastIndexOf("[\"", StringComparison.Ordinal) + more)] + "\n";

        IEnumerable<int> found = OomLog.Parse(Encoding.Latin1.GetBytes(cut), Golden.Options).SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid).Order();
        Assert.Equal(pids.Where(pid => cut.Contains($"process {pid} ", StringComparison.Ordinal)), found);
        Assert.InRange(found.Count(), 8, 9);
    }

    /// <summary>No kill of a document is lost where nothing else can be told.</summary>
    [Fact]
    public void Kills_InStringsOfADocument_AreFound()
    {
        IEnumerable<string> values = Enumerable.Range(1, 9).Select(pid => $"[\"17954578630000000{pid:00}\",\"Out of memory: Killed process {pid} (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB\"]");
        string document = "{\"values\":[" + string.Join(',', values) + "]}";

        Assert.Equal(Enumerable.Range(1, 9), OomLog.Parse(Encoding.Latin1.GetBytes(document), Golden.Options).SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid));
    }

    /// <summary>A few objects on a short line, in a list or one behind the other.</summary>
    [Theory]
    [InlineData("[Q,W]")]
    [InlineData("[Q, W]")]
    [InlineData("[ Q, W ]")]
    [InlineData("{\"events\":[Q,W]}")]
    [InlineData("Q,W")]
    [InlineData("QW")]
    [InlineData("Q W")]
    [InlineData("{\"logEvents\":[Q]}{\"logEvents\":[W]}")]
    [InlineData("{\"logEvents\":[Q,Q,Q]}{\"logEvents\":[W]}")]
    public void Kills_InAFewObjects_AreFound(string document)
    {
        string log = document.Replace("Q", Kill(7), StringComparison.Ordinal).Replace("W", Kill(8), StringComparison.Ordinal) + "\n";
        OomEvent[] events = [.. OomLog.Parse(Encoding.Latin1.GetBytes(log), Golden.Options)];

        Assert.Equal([(7, "mill"), (8, "mill")], events.SelectMany(oomEvent => oomEvent.Victims).Select(victim => (victim.Pid, victim.Name.ToString())).Distinct());
        Assert.Equal(events, Chunks.ParseInPieces(Encoding.Latin1.GetBytes(log), 7, Golden.Options));

        static string Kill(int pid) => $"{{\"id\":{pid},\"message\":\"Out of memory: Killed process {pid} (mill) total-vm:9kB, anon-rss:8kB, file-rss:7kB\"}}";
    }

    [Fact]
    public void ArrayWithinARecord_IsNoListOfLines()
    {
        const string Tag = "{\"k\":\"vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv\"}";
        string log = "{\"message\":\"Out of memory: Killed process 7 (a) total-vm:8kB, anon-rss:4kB\",\"tags\":[" + string.Join(',', Enumerable.Repeat(Tag, 5)) + "]}\n";

        Assert.Equal(7, Assert.Single(Assert.Single(OomLog.Parse(log)).Victims).Pid);
    }
}
