using System.Collections.Immutable;
using System.Text;
using KmsgOom.Framing;
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
        using OomParser patient = new(Golden.Options) { CanSkip = false };
        AssertSame(expected, [.. Chunks.ParseCut(patient, folded, []).Select(Comparable)]);
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

    [Fact]
    public void RestBehindOneCut_IsLeftAlone()
    {
        FoldedLines lines = new();
        lines.Note(90, 1000);
        lines.Hold(new byte[84], 84, 12, 1100);

        Assert.True(lines.IsHolding);
        Assert.False(lines.TryAppend("rest"u8, 4, 1185));
    }

    [Theory]
    [InlineData(79)]
    [InlineData(600)]
    public void Width_ThatNoTerminalHas_IsNone(int width)
    {
        FoldedLines lines = new();
        lines.Note(width, 1000);

        Assert.False(lines.IsLiveAt(1000));
    }

    [Fact]
    public void Width_OfALineThatIsLonger_IsForgotten()
    {
        FoldedLines lines = new();
        lines.Note(90, 1000);
        Assert.True(lines.MayBeCut(90));

        lines.Look(91);

        Assert.False(lines.MayBeCut(90));
        Assert.False(lines.IsLiveAt(1000));
    }

    [Fact]
    public void Line_WithoutEnd_IsNotHeldForEver()
    {
        FoldedLines lines = new();
        lines.Note(512, 0);
        lines.Hold(new byte[512], 512, 1, 0);

        int rows = 0;
        while (lines.TryAppend(new byte[512], 512, 0))
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
