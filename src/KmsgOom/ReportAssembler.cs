using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Framing;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Hands each message to its grammar and the fact to the report it belongs to: the joint between the stages.</summary>
internal sealed partial class ReportAssembler : IDisposable
{
    private const int MaxMends = 4;

    // The first record may be torn, into as many lines as it has fields, and who posts an excerpt says some words before it. The last of these is looked at no more.
    private const int FirstMessages = 65;

    private readonly EnvelopeParser _envelopes;
    private readonly ReportLineReader _reader;
    private readonly MailJoiner _mail;
    private readonly LineJoiner _joiner = new();
    private readonly SecondLook _second = new();
    private readonly LearnedWrap _wrap = new();
    private readonly ReportRouter _router;

    /// <summary>How many messages may still be rows of a table that begins before the log does.</summary>
    private int _firstMessages = FirstMessages;

    public ReportAssembler(OomParserOptions options, EnvelopeParser envelopes)
    {
        _envelopes = envelopes;
        _reader = new ReportLineReader(options.Limits);
        _mail = new MailJoiner(_reader);
        Reports = new OomReportBuilder(options.Limits);
        _router = new ReportRouter(Reports);
    }

    public OomReportBuilder Reports { get; }

    public long MalformedLines => _reader.MalformedLines;

    public long OrphanReaperLines { get; private set; }

    public long SuppressedReports { get; private set; }

    /// <summary>Gets or sets whether a row may begin a report. No search finds rows, so that lines are read one by one until then.</summary>
    public bool MayBeginInTable
    {
        get => _firstMessages > 0;
        set => _firstMessages = value ? FirstMessages : 0;
    }

    /// <summary>Tells whether the next line matters whatever it is: a report is open, or a name was torn apart just before.</summary>
    public bool NeedsNextLine(long offset) => Reports.HasOpen || _joiner.IsAwaitingAt(offset) || _mail.IsAwaitingAt(offset);

    public void Accept(scoped in Envelope envelope, long line, long offset)
    {
        NoteMessages(1);
        if (envelope.Origin == EnvelopeOrigin.Program)
        {
            if (UserKillLine.IsMatch(envelope.Message))
            {
                AcceptOneLine(OomLineKind.UserKill, in envelope, line, offset);
                return;
            }

            if (Reports.HasOpen && MessagesDroppedLine.IsMatch(envelope.Message))
            {
                AcceptDropped(in envelope, line, offset);
                return;
            }

            SkipForeign(in envelope, isKernel: false, line, offset);
            return;
        }

        if (envelope.IsMultiLine)
        {
            AcceptRecord(in envelope, line, offset);
            return;
        }

        AcceptMessage(in envelope, line, offset);
    }

    public void Reset()
    {
        Reports.Reset();
        _reader.Reset();
        _joiner.Forget();
        _mail.Forget();
        _wrap.Forget();
        OrphanReaperLines = 0;
        SuppressedReports = 0;
        _firstMessages = FirstMessages;
    }

    public void Dispose() => _second.Dispose();

    /// <summary>Takes a record of several lines: statistics and counters are one fact a line, a newline elsewhere is part of a name.</summary>
    private void AcceptRecord(scoped in Envelope envelope, long line, long offset)
    {
        int firstLength = envelope.Message.IndexOf((byte)'\n');
        OomLineKind first = firstLength < 0 ? OomLineKind.Unrelated : Classify(Reports.FindOpen(envelope.Host), in envelope, envelope.Message[..firstLength]);
        if (!IsSplit(first, envelope.Message, firstLength))
        {
            AcceptMessage(in envelope, line, offset);
            return;
        }

        Envelope part = envelope;
        part.IsMultiLine = false;
        part.IsPart = true;
        ReadOnlySpan<byte> rest = envelope.Message;
        int end;
        do
        {
            part.UptimeMicroseconds = envelope.UptimeMicroseconds;
            rest = rest[TakeStatistics(in part, rest, line, offset)..];
            end = rest.IndexOf((byte)'\n');
            part.Message = end < 0 ? rest : rest[..end];
            if (first is OomLineKind.Trigger or OomLineKind.KillAnnounced or OomLineKind.Killed && _envelopes.TryTakeHeader(part.Message, in envelope, out Envelope headed))
            {
                // Lines of a log, not of a record.
                headed.IsPart = true;
                AcceptMessage(in headed, line, offset);
            }
            else
            {
                part.Message = part.Message[DmesgEnvelope.TakeUptime(part.Message, ref part)..];
                AcceptMessage(in part, line, offset);
            }

            rest = rest[(end + 1)..];
        }
        while (end >= 0);
    }

    /// <summary>Takes such a record whose newlines are written as escapes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAcceptEscaped(scoped in Envelope envelope, long line, long offset)
    {
        if (!_second.TryUndoNewlines(in envelope, out int firstLength, out ReadOnlySpan<byte> record)
            || !IsSplit(Classify(Reports.FindOpen(envelope.Host), in envelope, envelope.Message[..firstLength]), record, firstLength))
        {
            return false;
        }

        Envelope whole = envelope;
        whole.Message = record;
        AcceptRecord(in whole, line, offset);
        return true;
    }

    /// <summary>Tells whether the newlines of a record part facts, or whole lines of a report that somebody put into one.</summary>
    private static bool IsSplit(OomLineKind kind, ReadOnlySpan<byte> record, int firstLength) => kind switch
    {
        // Behind these words a line holds no name any more.
        OomLineKind.Trigger => record[firstLength - 1] is >= (byte)'0' and <= (byte)'9',
        OomLineKind.KillAnnounced => record[..firstLength].EndsWith(" child"u8),
        OomLineKind.Killed => record[firstLength - 1] is (byte)'B' or (>= (byte)'0' and <= (byte)'9') && SkipAhead.Find(record[firstLength..], out _) >= 0,
        _ => kind is OomLineKind.Register or OomLineKind.MemcgStat or OomLineKind.MemcgStats or OomLineKind.MemInfo or OomLineKind.MemInfoStart or OomLineKind.MemcgUsage,
    };

    private OomLineKind Classify(OomReport? open, scoped in Envelope envelope, ReadOnlySpan<byte> message)
    {
        OomLineKind kind = OomLineClassifier.Classify(message, open is null ? OomSections.None : open.Facts.Section);

        // An allocation failure in the middle of a report must not make its rows unreadable.
        return kind == OomLineKind.Unrelated && open is not null && open.Facts.Kind != OomEventKind.Oom && Reports.FindOpenOom(envelope.Host) is { } behind
            ? OomLineClassifier.Classify(message, behind.Facts.Section)
            : kind;
    }

    private void AcceptMessage(scoped in Envelope envelope, long line, long offset)
    {
        IsInside = false;
        OomReport? open = Reports.FindOpen(envelope.Host);
        if (open is { Facts.IsDoubled: true } && DuplicateReports.TakeEcho(open, in envelope))
        {
            return;
        }

        if (_wrap.IsLive && TryAcceptUnwrapped(open, in envelope, line, offset))
        {
            return;
        }

        OomLineKind kind = Classify(open, in envelope, envelope.Message);
        if (kind == OomLineKind.Unrelated && TaskRowColumns.IsRow(envelope.Message) && MayLackHeader(open, in envelope, offset))
        {
            AcceptFrequent(open ?? Reports.Open(OomEventKind.Oom, in envelope, line, offset), OomLineKind.TaskRow, in envelope, line, offset);
            return;
        }

        bool isFrequent = kind.IsFrequent() && open is { Facts: { Kind: OomEventKind.Oom, IsInForeignDump: false } } && !MixedReports.IsBehindTrace(open, kind)
            && !ReportWindow.IsOver(open, in envelope, offset);
        if (isFrequent && kind == OomLineKind.MemcgStat && _mail.IsAwaitingCounter && !envelope.IsRecord && TryJoinMail(in envelope, line, offset))
        {
            return;
        }

        if (isFrequent && !SecondLook.IsDue(kind, in envelope))
        {
            AcceptFrequent(open!, kind, in envelope, line, offset);
            return;
        }

        bool mayBeRecord = kind is OomLineKind.Unrelated or OomLineKind.MemcgStats or OomLineKind.MemInfo or OomLineKind.Register
            or OomLineKind.Trigger or OomLineKind.KillAnnounced or OomLineKind.Killed;
        if (mayBeRecord && !envelope.IsRecord && !envelope.IsPart && TryAcceptEscaped(in envelope, line, offset))
        {
            return;
        }

        if (SecondLook.IsDue(kind, in envelope) && TryAcceptMended(kind, in envelope, line, offset))
        {
            return;
        }

        if (isFrequent)
        {
            AcceptFrequent(open!, kind, in envelope, line, offset);
            return;
        }

        if (!envelope.IsUnwrapped && ((kind == OomLineKind.Unrelated && TryLearn(open, in envelope, line, offset))
            || (kind == OomLineKind.Trigger && TryAcceptNameless(in envelope, line, offset))))
        {
            return;
        }

        switch (kind)
        {
            case OomLineKind.Unrelated or OomLineKind.Remark:
                SkipOrJoin(kind, in envelope, line, offset);
                return;
            case OomLineKind.Suppressed:
                Suppress(in envelope, line, offset);
                return;
            case OomLineKind.Reaper:
                AcceptReaper(in envelope, line, offset);
                return;
            case OomLineKind.MessagesDropped:
                AcceptDropped(in envelope, line, offset);
                return;
            case OomLineKind.VmFault or OomLineKind.UserKill:
                AcceptOneLine(kind, in envelope, line, offset);
                return;
            case OomLineKind.KillAnnounced when !envelope.IsUnwrapped && KilledLine.FindAnnouncement(envelope.Message) is > 0 and int start:
                AcceptAnnouncement(start, in envelope, line, offset);
                return;
            case OomLineKind.Trigger when open is not null && DuplicateReports.BeginsTwice(open, in envelope):
                return;
            default:
                break;
        }

        OomReport? report = _router.Route(kind, open, in envelope, line, offset);
        if (report is null)
        {
            SkipForeign(in envelope, isKernel: true, line, offset);
            return;
        }

        _joiner.Forget();
        Own(report, kind, in envelope, line, offset);
        IsInside = (kind == OomLineKind.Trigger || kind.IsInside()) && !_mail.IsAwaitingCounter;
        Reports.HoldIfSettled(report);
        Reports.KeepInBounds(report);
    }

    /// <summary>Tells whether a row may belong to a report, or begin one, though no header was seen.</summary>
    private bool MayLackHeader(OomReport? open, scoped in Envelope envelope, long offset) => open is null
        ? MayBeginInTable
        : open.Facts is { Kind: OomEventKind.Oom, HasTasksHeader: false } && !ReportWindow.IsOver(open, in envelope, offset);

    /// <summary>Takes a message that a second look has mended; on its own, since what it keeps on the stack is cleared at each call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAcceptMended(OomLineKind kind, scoped in Envelope envelope, long line, long offset)
    {
        // Each time the stack grows.
        if (envelope.Mended >= MaxMends || !_second.TryMend(kind, envelope.Message, out ReadOnlySpan<byte> mended))
        {
            return false;
        }

        Envelope other = envelope;
        other.Message = mended;
        other.Mended++;
        AcceptMessage(in other, line, offset);
        return true;
    }

    /// <summary>Takes a line that can belong to no other report: the short way for nearly all lines.</summary>
    private void AcceptFrequent(OomReport report, OomLineKind kind, scoped in Envelope envelope, long line, long offset)
    {
        IsInside = true;
        _joiner.Forget();
        int start = Reports.Own(report, in envelope, envelope.Message, kind.Section(), line, offset);
        if (start >= 0)
        {
            TextRange text = new(start, envelope.Message.Length);
            if (_reader.Read(report, kind, text, in envelope) == LineResult.Malformed || kind == OomLineKind.Register)
            {
                _mail.Await(report, kind, text, line, offset);
            }

            Reports.KeepInBounds(report);
        }
    }

    private void Own(OomReport report, OomLineKind kind, scoped in Envelope envelope, long line, long offset)
    {
        if (report.Facts.Kind == OomEventKind.AllocationFailure && Reports.FindOpenOom(envelope.Host) is { } around)
        {
            Reports.Skip(around, in envelope, isKernel: false, line, offset);
        }

        int start = Reports.Own(report, in envelope, envelope.Message, kind.Section(), line, offset);
        if (start < 0)
        {
            _reader.ReadWithoutText(report, kind, in envelope);
            return;
        }

        TextRange text = new(start, envelope.Message.Length);
        if (_reader.Read(report, kind, text, in envelope) == LineResult.Cut)
        {
            _joiner.Await(report, kind, text, in envelope, offset);
        }

        _mail.Await(report, kind, text, line, offset);
    }

    private void AcceptReaper(scoped in Envelope envelope, long line, long offset)
    {
        Reports.Advance(in envelope, offset);
        if (!ReaperLine.TryParse(OomLineClassifier.SkipIndent(envelope.Message), out ReaperLine reaper)
            || Reports.Live.FindVictim(envelope.Host, reaper.Pid, out int index) is not { } report
            || report.Victims[index].Reaper is not null)
        {
            OrphanReaperLines++;
            SkipForeign(in envelope, isKernel: true, line, offset);
            return;
        }

        if (Reports.FindOpen(envelope.Host) is { } open && !ReferenceEquals(open, report))
        {
            // It stands inside a later report, whose lines are counted.
            Reports.Skip(open, in envelope, isKernel: false, line, offset);
        }

        KillReader.ReadReaper(ref report.Victims[index], in reaper, in envelope);
        TextRange text = OomReportBuilder.OwnReaper(report, in envelope, line, offset);
        bool isCut = !reaper.IsWhole && text.IsPresent && !envelope.IsRecord;
        if (isCut)
        {
            if (!reaper.IsNameWhole)
            {
                _joiner.Await(report, OomLineKind.Reaper, text, in envelope, offset);
            }

            _mail.Await(report, OomLineKind.Reaper, text, line, offset);
        }
        else
        {
            Reports.EndIfReaped(report);
        }

        Reports.KeepInBounds(report);
    }

    private void SkipForeign(scoped in Envelope envelope, bool isKernel, long line, long offset)
    {
        // An empty line says nothing, whoever wrote it: old kernels print some around the call trace. A record's number is counted all the same.
        if (Reports.HasLive && Reports.CloseIfOverdue(Reports.FindOpen(envelope.Host), in envelope, offset) is { } report
            && (!envelope.Message.IsEmpty || envelope.Sequence >= 0 || !isKernel))
        {
            Reports.Skip(report, in envelope, isKernel, line, offset);
            Reports.KeepInBounds(report);
        }
    }
}
