using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>The values of a memory cgroup's statistics in a run.</summary>
internal static class RunStatistics
{
    /// <summary>Takes such lines as long as nothing else comes and the report has room.</summary>
    public static void TakeMany<TWrapper>(EnvelopeParser envelopes, OomReport report, ref RunCursor run)
        where TWrapper : struct, IRunWrapper
    {
        if (report.StatGroups.Count == 0)
        {
            return;
        }

        RunRoom room = new(report);
        Span<StatEntry> stats = report.Stats.Room;
        int count = 0;
        while (count < stats.Length && room.IsLeft && run.TryTakeWrapper<TWrapper>(envelopes, report, out ReadOnlySpan<byte> text))
        {
            if (!TryKeep(text, run.Number, ref room, ref stats[count], out int length))
            {
                break;
            }

            count++;
            run.PassKept(envelopes, report, length);
        }

        room.Close();
        report.Stats.KeepRoom(count);
    }

    /// <summary>Takes one such line; false, and nothing changed, where it is anything else.</summary>
    /// <param name="report">The report, which is open in the section.</param>
    /// <param name="text">The message, and as many bytes behind it as <see cref="LineRun"/> leaves.</param>
    /// <param name="length">The length of the message, which is not empty.</param>
    /// <param name="prefix">What stood before it.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    public static bool TryAccept(OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
    {
        if (text[0] is < (byte)'a' or > (byte)'z' || !MemcgStatLine.TryParseShort(text, length, out TextRange key, out long value))
        {
            return false;
        }

        ReportLineReader.AddStat(report, key.Shift(OomReportBuilder.OwnInRun(report, text, length, in prefix, line, offset)), value);
        return true;
    }

    /// <summary>Takes the lines of a record, but for its last, as long as nothing else comes and the report has room; says how many bytes they are.</summary>
    /// <param name="report">The report, which is open in the section.</param>
    /// <param name="record">The record, or the rest of it.</param>
    /// <param name="number">The number of the line that the record stands on.</param>
    public static int TakeRecord(OomReport report, ReadOnlySpan<byte> record, long number)
    {
        if (report.StatGroups.Count == 0)
        {
            return 0;
        }

        // What is read behind a line is not there at the end of a record.
        int taken = TakeLines(report, record, record.Length - ByteMask.Width, number);
        if (record.Length - taken is > 0 and <= ByteMask.Width)
        {
            Span<byte> tail = stackalloc byte[2 * ByteMask.Width];
            tail.Clear();
            record[taken..].CopyTo(tail);
            taken += TakeLines(report, tail, record.Length - taken, number);
        }

        return taken;
    }

    private static int TakeLines(OomReport report, ReadOnlySpan<byte> text, int end, long number)
    {
        RunRoom room = new(report);
        Span<StatEntry> stats = report.Stats.Room;
        int taken = 0;
        int count = 0;
        while (taken < end && count < stats.Length && room.IsLeft)
        {
            if (!TryKeep(text[taken..], number, ref room, ref stats[count], out int length))
            {
                break;
            }

            count++;
            taken += length + 1;
        }

        room.Close();
        report.Stats.KeepRoom(count);
        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryKeep(ReadOnlySpan<byte> text, long number, ref RunRoom room, ref StatEntry stat, out int length)
    {
        length = ByteMask.LengthOfLine(text);
        if (!MemcgStatLine.TryParseUsual(text, length, out int key, out long value))
        {
            return false;
        }

        stat = new StatEntry(new TextRange(room.KeepShort(text, length, number), key), value);
        return true;
    }
}
