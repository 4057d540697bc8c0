using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <content>Taking the lines that come by the thousand, for <see cref="LineRun"/>.</content>
internal sealed partial class ReportAssembler
{
    /// <summary>The report whose lines are read in a run.</summary>
    private OomReport? _running;

    /// <summary>Gets whether the last line was one of many, or stands before them, so that the next may be another.</summary>
    public bool MayFollowMany { get; private set; }

    /// <summary>Tells whether lines of a host may be read by <see cref="TryAcceptInRun"/>: a report is open in a section of many lines.</summary>
    public bool MayRun(ReadOnlySpan<byte> host, in WallClock wall)
    {
        _running = Reports.FindOpen(host) is
        {
            Facts:
            {
                Kind: OomEventKind.Oom, IsInForeignDump: false, IsDoubled: false, IsFull: false, PendingForeignLines: 0,
                Section: OomSections.Tasks or OomSections.Memcg or OomSections.MemInfo or OomSections.CallTrace,
            }
        } open && (open.Facts.IsBootNoted || !wall.IsPresent) && !_wrap.IsOf(open)
            ? open : null;
        return _running is not null;
    }

    /// <summary>Takes a line of that section; false, and nothing changed, where it is anything else.</summary>
    /// <param name="text">The message, and as many bytes behind it as <see cref="LineRun"/> leaves.</param>
    /// <param name="length">The length of the message.</param>
    /// <param name="prefix">What stood before it.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    public bool TryAcceptInRun(ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
    {
        OomReport report = _running!;
        if (length <= 0 || ReportWindow.IsOver(report, prefix.UptimeMicroseconds, offset))
        {
            return false;
        }

        switch (report.Facts.Section)
        {
            case OomSections.Memcg when MemcgStatLine.TryParseShort(text, length, out TextRange key, out long value):
                ReportLineReader.AddStat(report, key.Shift(OwnInRun(report, text[..length], in prefix, line, offset)), value);
                break;
            case OomSections.CallTrace when TraceLine.IsShortFrame(text, length, out int indent):
                report.CallTrace.Add(new TextRange(OwnInRun(report, text[..length], in prefix, line, offset) + indent, length - indent));
                break;
            case OomSections.CallTrace when TraceLine.IsTaskMark(text[..length]):
                OwnInRun(report, text[..length], in prefix, line, offset);
                break;
            case OomSections.Tasks when _reader.Tasks.TryReadShortRow(report, text, length, out int pid, out ReadOnlySpan<byte> name) && IsPlain(text[(length - name.Length)..], name.Length):
                OwnInRun(report, text[..length], in prefix, line, offset);
                _reader.Tasks.AddTask(report, pid, new TaskName(name));
                break;
            default:
                return false;
        }

        Reports.KeepInBounds(report);
        return true;
    }

    /// <summary>Takes a line of that section that has no one shape; false, and nothing changed, where it is anything else.</summary>
    /// <param name="message">The message, which must have no escape and no other wrapper.</param>
    /// <param name="prefix">What stood before it.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    public bool TryAcceptOtherInRun(ReadOnlySpan<byte> message, in RunPrefix prefix, long line, long offset)
    {
        OomReport report = _running!;

        // Vendors' prefixes begin with such letters, and newlines that are written as escapes with a "#" or a backslash.
        if (report.Facts.Section is not (OomSections.CallTrace or OomSections.MemInfo) || message[0] is (byte)'c' or (byte)'(' || message.ContainsAny((byte)'#', (byte)'\\')
            || ReportWindow.IsOver(report, prefix.UptimeMicroseconds, offset))
        {
            return false;
        }

        OomLineKind kind = OomLineClassifier.Classify(message, report.Facts.Section);
        if (kind != (report.Facts.Section == OomSections.MemInfo ? OomLineKind.MemInfo : OomLineKind.Register))
        {
            return false;
        }

        Envelope none = default;
        _reader.Read(report, kind, new TextRange(OwnInRun(report, message, in prefix, line, offset), message.Length), in none);
        Reports.KeepInBounds(report);
        return true;
    }

    /// <summary>Remembers what the last line of a run tells of the report.</summary>
    public void EndRun(in RunPrefix last, in WallClock wall, long offset)
    {
        _joiner.Forget();
        Reports.EndRun(_running!, last.UptimeMicroseconds, in wall, offset);
    }

    private static int OwnInRun(OomReport report, ReadOnlySpan<byte> message, in RunPrefix prefix, long line, long offset)
    {
        OomReportBuilder.Touch(ref report.Facts, prefix.UptimeMicroseconds, prefix.Sequence, offset);
        report.Facts.OwnedLines++;
        int start = report.Append(message);
        report.Lines.Add(new ReportLine(line, offset, new TextRange(start, message.Length), report.Facts.Section, IsKnown: true));
        return start;
    }

    /// <summary>Tells that a name at the end of a line is nothing else: no escape, no colour, no end of a JSON record, nothing that is trimmed.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text, int length) =>
        length > 0 && (ByteMask.OfEscape(text) & ((1u << length) - 1)) == 0 && text[length - 1] is not ((byte)'{' or (byte)'>' or (byte)']' or (byte)'\r' or 0);
}
