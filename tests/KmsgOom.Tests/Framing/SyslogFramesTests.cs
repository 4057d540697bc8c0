using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KmsgOom.Tests.Support;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Framing;

/// <summary>Forwarded records that stand one behind the other, with their lengths before them (RFC 6587) or without.</summary>
public sealed class SyslogFramesTests
{
    private const string Head = "<4>1 2026-11-23T18:17:43.000001+00:00 h kernel - - - ";

    public static TheoryData<string, string> Texts() => new()
    {
        { Frame("a") + Frame("b"), $"{Head}a|{Head}b" },
        { Frame("a") + "\n" + Frame("b") + "\n", $"{Head}a|{Head}b" },
        { Head + "a" + Head + "b", $"{Head}a|{Head}b" },

        // A length that leads over a line end is not believed, but the next frame's is, behind the rest.
        { Frame("a\nrest") + Frame("b"), $"{Head}a|rest|{Head}b" },
        { Frame("a\nsecond\nthird") + Frame("b") + Frame("c") + "\nd\n", $"{Head}a|second|third|{Head}b|{Head}c|d" },
        { "torn off the front" + Frame("a") + Frame("b"), $"torn off the front|{Head}a|{Head}b" },

        // A length that leads elsewhere is not believed either.
        { Frame("a", more: 3) + Frame("b") + "\n", $"{Head}a|{Head}b" },
        { Frame("a", more: -3) + Frame("b") + "\n", $"{Head}a|{Head}b" },
        { "0" + Frame("a") + "\n", $"0|{Head}a" },
        { "0" + Frame("a", more: 1) + "\n", "0" + Frame("a", more: 1) },

        // The line ends in the middle of a head, or the line is none.
        { Frame("a") + "61 <4>1 2026-11-23T18:\nb", $"{Head}a61 <4>1 2026-11-23T18:|b" },
        { $"{{\"log\":\"{Frame("a")}\"}}\n", $"{{\"log\":\"{Frame("a")}\"}}" },
        { "b 61 " + Head + "a\n", $"b 61 {Head}a" },
        { "quoting " + Frame("a") + "\n", $"quoting {Frame("a")}" },
        { "99999 " + Head + "a\n", $"99999 {Head}a" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Frames_EndWhereTheNextBeginsOrTheLineEnds_HoweverCut(string text, string lines)
    {
        byte[] bytes = Latin1.Bytes(text);
        ReadLines whole = ReadLines.Whole(new(bytes), 4096);

        Assert.Equal(lines, whole.Lines);
        Assert.Equal(text.Length, whole.Bytes);
        for (int size = 1; size < bytes.Length; size++)
        {
            Assert.Equal(whole, ReadLines.InCrumbs(bytes, size, 4096));
        }
    }

    [Fact]
    public void Frame_BehindALineOverTheLimit_IsRead()
    {
        string text = new string('x', 300) + "\n" + Frame("a") + Frame("b");
        ReadLines whole = ReadLines.Whole(new(Latin1.Bytes(text)), 100);

        Assert.Equal($"{text[..100]}|{Head}a|{Head}b", whole.Lines);
        Assert.Equal(1, whole.Overlong);
        for (int size = 1; size < text.Length; size++)
        {
            Assert.Equal(whole, ReadLines.InCrumbs(Latin1.Bytes(text), size, 100));
        }
    }

    /// <summary>Where no line ends for long, a message of several lines must not take the frames behind it along.</summary>
    [Fact]
    public void Report_BehindAFrameOfSeveralLines_IsTheSame()
    {
        string[] lines = Encoding.Latin1.GetString(Golden.Read("5.10-amd64-v1-k8s.dmesg.log")).TrimEnd('\n').Split('\n');
        string quiet = string.Concat(Enumerable.Repeat(Frame("[   10.000000] eth0: link up"), 200));
        string report = string.Concat(lines.Select(line => Frame(line)));
        string several = Frame("[   12.000000] a dump\nsecond line of it\nthird line");

        ImmutableArray<OomEvent> expected = OomLog.Parse(Latin1.Bytes(report), Golden.Options);
        Assert.NotEmpty(Assert.Single(expected).Tasks);
        foreach (string log in (string[])[quiet + report, quiet + several + report, several + quiet + report, quiet[20..] + report, several + report])
        {
            byte[] bytes = Latin1.Bytes(log);
            Assert.Equal(expected.Select(Text), OomLog.Parse(bytes, Golden.Options).Select(Text));
            Assert.Equal(expected.Select(Text), Chunks.ParseInPieces(bytes, 1000, Golden.Options).Select(Text));
        }
    }

    private static string Text(OomEvent oomEvent) =>
        string.Join('\n', oomEvent.Lines.Select(line => $"{line.Section} {line.Text}").Append($"{oomEvent.Host} {oomEvent.Time:O}"));

    private static string Frame(string text, int more = 0) => (Head.Length + text.Length + more).ToString(CultureInfo.InvariantCulture) + " " + Head + text;
}
