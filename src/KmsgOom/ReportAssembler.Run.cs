using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <content>Taking the lines inside a report, for <see cref="LineRun"/>.</content>
internal sealed partial class ReportAssembler
{
    /// <summary>Gets the reader of tables.</summary>
    public TaskTableReader Tasks => _reader.Tasks;

    /// <summary>Gets whether the last line began a report or stands inside one, so that more of it may follow.</summary>
    public bool IsInside { get; private set; }

    /// <summary>Finds the report whose lines may be read in a run: it is open in a section before the victim's; null where there is none.</summary>
    public OomReport? FindRunning(ReadOnlySpan<byte> host, in WallClock wall) =>
        Reports.FindOpen(host) is
        {
            Facts:
            {
                Kind: OomEventKind.Oom, IsInForeignDump: false, IsDoubled: false, IsFull: false, PendingForeignLines: 0,
                Section: OomSections.Tasks or OomSections.Memcg or OomSections.MemInfo or OomSections.CallTrace or OomSections.Trigger,
            }
        } open && (open.Facts.IsBootNoted || !wall.IsPresent) && !_wrap.IsOf(open)
            ? open : null;

    /// <summary>Takes a line that has no one shape, or that leads from one section to the next; false where it is anything else, which goes the long way.</summary>
    /// <param name="report">The report.</param>
    /// <param name="envelope">The line.</param>
    /// <param name="prefix">What stood before its message.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    public bool TryAcceptOtherInRun(OomReport report, scoped in Envelope envelope, in RunPrefix prefix, long line, long offset)
    {
        ReadOnlySpan<byte> message = envelope.Message;
        OomSections section = report.Facts.Section;
        OomLineKind kind = OomLineClassifier.Classify(message, section);
        bool isFrequent = (kind == OomLineKind.MemInfo && section == OomSections.MemInfo) || (kind == OomLineKind.Register && section == OomSections.CallTrace);

        // Newlines that are written as escapes have a "#", and vendors' prefixes begin with such letters.
        if ((isFrequent || kind == OomLineKind.MemcgStats) && (message[0] is (byte)'c' or (byte)'(' || message.Contains((byte)'#')))
        {
            return false;
        }

        if (isFrequent)
        {
            TextRange text = new(OomReportBuilder.OwnInRun(report, message, message.Length, in prefix, line, offset), message.Length);
            _reader.Read(report, kind, text, in envelope);
            if (kind == OomLineKind.Register)
            {
                _mail.Await(report, kind, text, line, offset);
            }

            return true;
        }

        // What follows a counter without its end may look like a statistic.
        if (!kind.IsInside() || (kind == OomLineKind.MemcgUsage && !MemcgUsageLine.IsWhole(message)) || Reports.HasSeveralOpen
            || (SecondLook.IsDue(kind, in envelope) && _second.TryMend(kind, message, out _))
            || MixedReports.NoteForeignDump(report, kind, in envelope))
        {
            return false;
        }

        _joiner.Forget();
        Own(report, kind, in envelope, line, offset);
        return true;
    }

    /// <summary>Takes a line that is known to have no other wrapper and to need no repair; false where it may not be the report's.</summary>
    /// <param name="report">The report.</param>
    /// <param name="kind">What the line is: one of those that stand inside a report.</param>
    /// <param name="message">Its message, and as many bytes behind it as <see cref="LineRun"/> leaves.</param>
    /// <param name="envelope">The line.</param>
    /// <param name="prefix">What stood before its message.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    public bool TryAcceptPlain(OomReport report, OomLineKind kind, ReadOnlySpan<byte> message, scoped in Envelope envelope, in RunPrefix prefix, long line, long offset)
    {
        bool isFrequent = kind.IsFrequent();
        if (!isFrequent)
        {
            if (Reports.HasSeveralOpen || (kind == OomLineKind.TaskIn && report.Facts.HasTaskIn) || (kind is >= OomLineKind.Cpu and <= OomLineKind.Register && MixedReports.NoteForeignDump(report, kind, in envelope)))
            {
                return false;
            }

            _joiner.Forget();
            report.Facts.Section = kind.Section();
            report.Facts.Sections |= report.Facts.Section;
        }

        TextRange text = new(OomReportBuilder.OwnInRun(report, message, envelope.Message.Length, in prefix, line, offset), envelope.Message.Length);
        if (_reader.Read(report, kind, text, in envelope) == LineResult.Cut)
        {
            _joiner.Await(report, kind, text, in envelope, offset);
        }

        if (!isFrequent || kind == OomLineKind.Register)
        {
            _mail.Await(report, kind, text, line, offset);
        }

        return true;
    }

    /// <summary>Takes values of the statistics out of a record that has all of them, which they follow one by one in a run elsewhere; says how many bytes they are.</summary>
    private int TakeStatistics(scoped in Envelope part, ReadOnlySpan<byte> record, long line, long offset)
    {
        if (FindRunning(part.Host, in part.Wall) is not { Facts.Section: OomSections.Memcg } report || ReportWindow.IsOver(report, in part, offset))
        {
            return 0;
        }

        int taken = RunStatistics.TakeRecord(report, record, line);
        if (taken > 0)
        {
            OomReportBuilder.Touch(ref report.Facts, part.UptimeMicroseconds, part.Sequence, offset);
            EndRun(report, part.UptimeMicroseconds, in part.Wall, offset);
            IsInside = true;
        }

        return taken;
    }

    /// <summary>Counts messages that were seen: only the first ones may be rows of a table that begins before the log does.</summary>
    public void NoteMessages(long count) => _firstMessages = (int)Math.Max(0, _firstMessages - count);

    /// <summary>Remembers what the last line of a run tells of the report.</summary>
    public void EndRun(OomReport report, long uptimeMicroseconds, in WallClock wall, long offset)
    {
        _joiner.ForgetBefore(offset);
        Reports.EndRun(report, uptimeMicroseconds, in wall, offset);
    }
}
