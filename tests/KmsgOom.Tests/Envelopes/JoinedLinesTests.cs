using System.Text;
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

    [Fact]
    public void ArrayWithinARecord_IsNoListOfLines()
    {
        const string Tag = "{\"k\":\"vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv\"}";
        string log = "{\"message\":\"Out of memory: Killed process 7 (a) total-vm:8kB, anon-rss:4kB\",\"tags\":[" + string.Join(',', Enumerable.Repeat(Tag, 5)) + "]}\n";

        Assert.Equal(7, Assert.Single(Assert.Single(OomLog.Parse(log)).Victims).Pid);
    }
}
