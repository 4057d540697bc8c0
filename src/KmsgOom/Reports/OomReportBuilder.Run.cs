using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <content>Lines of one report that follow each other.</content>
internal sealed partial class OomReportBuilder
{
    /// <summary>Remembers when and where the last line of a report stood.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Touch(ref ReportFacts facts, long uptimeMicroseconds, long sequence, long offset)
    {
        if (uptimeMicroseconds >= 0)
        {
            facts.LastUptime = uptimeMicroseconds;
        }

        facts.LastOffset = offset;
        if (sequence >= 0)
        {
            // Every record has the next number; foreign records that were seen in between are not lost.
            if (facts.LastSequence >= 0)
            {
                facts.LostMessages += Math.Max(0, sequence - facts.LastSequence - 1 - facts.PendingForeignLines);
            }

            facts.LastSequence = sequence;
        }
    }

    /// <summary>Makes a line part of a report that goes on in the same section.</summary>
    /// <returns>Where the text begins in the report's text.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OwnInRun(OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
    {
        Touch(ref report.Facts, prefix.UptimeMicroseconds, prefix.Sequence, offset);
        report.Facts.OwnedLines++;
        int start = report.Append(text, length);
        report.Lines.Add(new ReportLine(line, new TextRange(start, length), report.Facts.Section, IsKnown: true));
        return start;
    }

    /// <summary>Remembers what all lines of a run have in common.</summary>
    public void EndRun(OomReport report, long uptimeMicroseconds, in WallClock wall, long offset)
    {
        if (wall.IsPresent)
        {
            report.Facts.LastWall = wall;
        }

        Widen(uptimeMicroseconds, wall, offset);
        _current = report;
    }
}
