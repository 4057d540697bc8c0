using System.Collections.Immutable;
using System.Text;
using KmsgOom.Files;
using KmsgOom.Framing;
using KmsgOom.Tests.Files;
using KmsgOom.Tests.Support;
using static KmsgOom.Tests.Envelopes.RewrappedLog;

namespace KmsgOom.Tests.Framing;

/// <summary>A report that a terminal cut at its width is the report.</summary>
public sealed class FoldedLinesTests
{
    // The first cut is chance, which shows in nothing but its own line: a report before has it.
    private static readonly string First = Encoding.Latin1.GetString(Golden.Read(Stamped));

    public static TheoryData<string, int, bool> Cases
    {
        get
        {
            TheoryData<string, int, bool> cases = [];
            foreach (string log in Golden.Names.Where(name => name.EndsWith(".dmesg.log", StringComparison.Ordinal) || name.EndsWith("traditional.log", StringComparison.Ordinal)))
            {
                foreach (int width in (int[])[80, 100, 133])
                {
                    cases.Add(log, width, width != 100);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Events_OfAFoldedLog_AreTheSame(string log, int width, bool keepsBlanks)
    {
        string both = First + Encoding.Latin1.GetString(Golden.Read(log));
        byte[] folded = Fold(both, width, keepsBlanks);
        string[] expected = [.. Comparable(folded)[..1], .. Comparable(Encoding.Latin1.GetBytes(both))[1..]];

        AssertSame(expected, Comparable(folded));
        AssertSame(expected, [.. Chunks.ParseInPieces(folded, 1000, Golden.Options).Select(Comparable)]);
        AssertSame(expected, [.. Chunks.ParseWithoutSkipping(folded, Golden.Options).Select(Comparable)]);
    }

    [Fact]
    public void LineBehindAProgram_IsNoRestOfIt()
    {
        string report = First[..First.LastIndexOf('\n', First.IndexOf("oom-kill:", StringComparison.Ordinal))] + "\n";
        string program = "Nov 23 18:17:43 node-1 app[12]: " + new string('x', 200) + "\n";
        const string Kill = "Out of memory: Killed process 77 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0\n";

        ImmutableArray<OomEvent> events = OomLog.Parse(report + program + "at x.y.z\n" + program + "at x.y.z\n" + program + Kill);

        Assert.Contains(events.SelectMany(oomEvent => oomEvent.Victims), victim => victim.Pid == 77);
    }

    [Theory]
    [InlineData("\r\n", "utf-8")]
    [InlineData("\n", "utf-16")]
    [InlineData("\r\n", "utf-16BE")]
    public void Events_AreTheSame_WithOtherLineEndsAndEncodings(string end, string encoding)
    {
        byte[] folded = Fold(First + Encoding.Latin1.GetString(Golden.Read("6.1-amd64-v2-oomgroup.dmesg.log")), 100, keepsBlanks: false);
        Encoding other = Encoding.GetEncoding(encoding);
        byte[] log = [.. other.GetPreamble(), .. other.GetBytes(Encoding.Latin1.GetString(folded).Replace("\n", end, StringComparison.Ordinal))];

        AssertSame(Comparable(folded), Comparable(log));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public void Events_AreTheSame_FromSeveralParsers(int width)
    {
        byte[] log = Fold(Encoding.Latin1.GetString(LogMaker.Repeat(Golden.Read("6.1-amd64-v2-oomgroup.dmesg.log"), times: 60)), width, keepsBlanks: true);
        using TempFile file = new(log);
        ImmutableArray<OomEvent> expected = OomLog.Parse(log, Golden.Options);
        foreach (int slice in (int[])[512, 1000, 1777])
        {
            FileCuts cuts = new(slice, 64 * slice, 128 * slice, DensePercent: 10_000);
            LogFileReader reader = new(file.Handle, log.Length, Golden.Options with { MaxDegreeOfParallelism = 3 }, cuts);

            AssertEvents.Same(expected, [.. reader.ReadAllAsync().ToBlockingEnumerable()]);
            Assert.True(reader.HandOvers > 0);
        }
    }

    [Theory]
    [InlineData("Killed process 77 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB")]
    [InlineData("Out of memory: Killed process 77 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0")]
    [InlineData("\e[32m[    8.100000] \e[0mOut of memory: Killed process 77 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB")]
    [InlineData("{\"MESSAGE\":\"Out of memory: Killed process 77 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB\",\"SYSLOG_IDENTIFIER\":\"kernel\"}")]
    [InlineData("web-1  | [    8.100000] Out of memory: Killed process 77 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB")]
    public void Kill_BehindALineThatIsHeld_IsNotLost(string kill)
    {
        string report = First[..First.LastIndexOf('\n', First.IndexOf("Tasks state", StringComparison.Ordinal))] + "\n";
        string log = Encoding.Latin1.GetString(Fold(report, 160, keepsBlanks: true)) + "[    7.262800] " + new string('y', 145) + "\n" + kill + "\n";

        Assert.Contains(OomLog.Parse(log).SelectMany(oomEvent => oomEvent.Victims), victim => victim.Pid == 77);
    }

    [Theory]
    [InlineData("Killed")]
    [InlineData("out of")]
    [InlineData("process")]
    public void Kill_ThatIsCutInItsFirstWords_IsOne(string behind)
    {
        string[] lines = [.. First.TrimEnd('\n').Split('\n').Select(line => $"Nov 23 18:17:43 a-host-with-a-name-that-is-rather-long-for-one kernel: {line}")];
        int width = lines.Single(line => line.Contains("Killed process", StringComparison.Ordinal)).IndexOf(behind, StringComparison.Ordinal);
        byte[] folded = Fold(string.Join('\n', lines), width, keepsBlanks: true);

        Assert.InRange(width, 80, 130);
        OomVictim victim = Assert.Single(Assert.Single(OomLog.Parse(folded, Golden.Options)).Victims);
        Assert.Equal(OomLog.Parse(First)[0].Victims[0], victim with { Time = null });
    }

    [Fact]
    public void Rows_BrokenBeforeTheirNames_AreNoFoldedLines()
    {
        string log = string.Concat(First.TrimEnd('\n').Split('\n').Select(line =>
            line.Length > 80 && line.Contains("] [ ", StringComparison.Ordinal) ? string.Concat(line.AsSpan(0, line.LastIndexOf(' ')), "\n", line.AsSpan(line.LastIndexOf(' ') + 1), "\n") : line + "\n"));

        Assert.Equal(OomLog.Parse(First)[0].Tasks.AsEnumerable(), OomLog.Parse(log)[0].Tasks);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(262)]
    public void Events_DoNotDependOnTheCut_WhereLinesAreOverlong(int length)
    {
        string report = First[..First.LastIndexOf('\n', First.IndexOf("oom-kill:", StringComparison.Ordinal))] + "\n";
        string twice = "[    7.262800] " + new string('y', length - 15) + "\nrest\n";
        string log = report + twice + twice + "[    7.262900] " + new string('y', 1000) + "\nOut of memory: Killed process 77 (late) total-vm:1kB, anon-rss:1kB\n";
        OomParserOptions options = Golden.Options with { Limits = new OomParserLimits { MaxLineBytes = 256 } };
        ImmutableArray<OomEvent> expected = OomLog.Parse(log, options);
        foreach (int piece in (int[])[1, 7, 100, 1000])
        {
            AssertEvents.Same(expected, Chunks.ParseInPieces(Encoding.Latin1.GetBytes(log), piece, options));
        }
    }

    [Fact]
    public void SecondCut_ProvesTheWidth_UnlessItIsARows()
    {
        FoldedLines lines = new();
        lines.NoteCut(90, 1000);
        Assert.False(lines.MayBeCut(84));
        lines.Hold(new byte[90], 12, 1100);

        Assert.False(lines.TryAppend("rest"u8, 1191, isProof: false));
        Assert.True(lines.TryAppend("rest"u8, 1191, isProof: true));
        Assert.True(lines.MayBeCut(84));
    }

    [Theory]
    [InlineData(79)]
    [InlineData(600)]
    public void Width_ThatNoTerminalHas_IsNone(int width)
    {
        FoldedLines lines = new();
        lines.NoteCut(width, 1000);

        Assert.False(lines.IsLiveAt(1000));
    }

    [Fact]
    public void Width_OfALineThatIsLonger_IsForgotten()
    {
        FoldedLines lines = new();
        lines.NoteCut(90, 1000);
        Assert.True(lines.MayBeCut(90));

        lines.ForgetIfLonger(91);

        Assert.False(lines.MayBeCut(90));
        Assert.False(lines.IsLiveAt(1000));
    }

    [Fact]
    public void Line_WithoutEnd_IsNotHeldForEver()
    {
        FoldedLines lines = new();
        lines.NoteCut(512, 0);
        lines.Hold(new byte[512], 1, 0);

        int rows = 0;
        while (lines.TryAppend(new byte[512], 0, isProof: true))
        {
            rows++;
        }

        Assert.Equal(7, rows);
        Assert.Equal(4096, lines.Held.Length);
    }

    private static byte[] Fold(string log, int width, bool keepsBlanks)
    {
        StringBuilder folded = new();
        foreach (string line in log.TrimEnd('\n').Split('\n'))
        {
            int at = 0;
            for (; at + width < line.Length; at += width)
            {
                string row = line.Substring(at, width);
                folded.Append(keepsBlanks ? row : row.TrimEnd(' ')).Append('\n');
            }

            folded.Append(line[at..]).Append('\n');
        }

        return Encoding.Latin1.GetBytes(folded.ToString());
    }
}
