using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>A kernel line that nobody knows, anywhere inside a report, is kept and changes nothing else.</summary>
public sealed class UnknownLineTests
{
    public static TheoryData<string> Logs() => [.. Golden.Names.Where(static name => name.EndsWith(".dmesg.log", StringComparison.Ordinal) || name.EndsWith(".rsyslog-kern.log", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Logs))]
    public void UnknownLine_Anywhere_ChangesNothingElse(string log)
    {
        string[] lines = Encoding.Latin1.GetString(Golden.Read(log)).Split('\n');
        ImmutableArray<OomEvent> expected = Parse(lines);
        // Some sixty places in each log; another stride in each, so that all kinds of neighbours come up.
        for (int at = 1; at < lines.Length - 1; at += Math.Max(1, lines.Length / 60))
        {
            // Not inside a line that a newline in a name tears apart: what stands there is part of it.
            int stamp = lines[at].IndexOf("] ", StringComparison.Ordinal);
            if (stamp < 0 || lines[at + 1].StartsWith("  ", StringComparison.Ordinal) || lines[at].StartsWith("  ", StringComparison.Ordinal))
            {
                continue;
            }

            string unknown = lines[at][..(stamp + 2)] + "frobnicator 0000:00:1f.2: quux level 3, see bar/baz";
            ImmutableArray<OomEvent> actual = Parse([.. lines[..(at + 1)], unknown, .. lines[(at + 1)..]]);
            Assert.Equal(expected.Length, actual.Length);
            for (int index = 0; index < expected.Length; index++)
            {
                Assert.Equal(Bare(expected[index]), Bare(actual[index]));
            }

            Assert.InRange(actual.Sum(static one => one.UnknownLines.Length) - expected.Sum(static one => one.UnknownLines.Length), 0, 1);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Jan 10 10:10:10 web5 kernel: ")]
    public void EmptyLines_AroundACallTrace_AreNotForeign(string prefix)
    {
        string[] messages =
        [
            "httpd invoked oom-killer: gfp_mask=0x201d2, order=0, oomkilladj=0", "", "Call Trace:", " [<ffffffff800c9e0c>] out_of_memory+0x8e/0x2f3", "", "Mem-info:",
            "Out of memory: Killed process 2222, UID 48, (httpd).",
        ];

        OomEvent oomEvent = Assert.Single(Parse([.. messages.Select(message => prefix + message)]));
        Assert.Equal(0, oomEvent.Source.ForeignLines);
        Assert.Equal(2222, Assert.Single(oomEvent.Victims).Pid);
    }

    private static ImmutableArray<OomEvent> Parse(string[] lines) => OomLog.Parse(Encoding.Latin1.GetBytes(string.Join('\n', lines)), Golden.Options);

    private static OomEvent Bare(OomEvent oomEvent) => oomEvent with { Id = "", Source = new OomSource(null, 0, 0, oomEvent.Source.LineCount, 0), UnknownLines = [] };
}
