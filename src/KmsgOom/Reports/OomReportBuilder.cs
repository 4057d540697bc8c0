using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>Knows which report a line belongs to, when a report ends, and in which order reports are delivered; never looks at a message.</summary>
/// <remarks>
/// <para>Reports stand in the order of their first line and leave in that order. A report is open until it has its victim (or
/// the reason for none), then held until each victim has its reaper line or the window has passed.</para>
/// <para>The window is judged by the time of lines that belong to reports, not of the lines between: those may be skipped
/// unread. Only while a report is open does a foreign line close it.</para>
/// </remarks>
internal sealed partial class OomReportBuilder(OomParserLimits limits)
{
    private readonly ReportPool _pool = new(limits.MaxBufferedBytes);
    private readonly SuppressedReports _suppressed = new();
    private readonly BootClock _boot = new();
    private OomReport? _current;

    /// <summary>How many reports are open: mostly none or the current one, and then nobody needs to look.</summary>
    private int _openCount;

    /// <summary>How many reports are open or held.</summary>
    private int _waitingCount;

    /// <summary>The earliest and latest last lines of the reports that are not done, not tighter than true: between them nothing is over.</summary>
    private long _earliestUptime = long.MaxValue;
    private long _latestUptime = -1;
    private WallClock _earliestWall;

    /// <summary>The first of their last lines, not later than true: bare lines near to it end nothing.</summary>
    private long _earliestOffset = long.MaxValue;

    /// <summary>Gets the reports that are not delivered yet.</summary>
    public LiveReports Live { get; } = new();

    /// <summary>Gets whether two reports of one machine may run into each other at the moment.</summary>
    public bool HasSeveralOpen => _openCount > 1;

    public long LimitHits { get; private set; }

    /// <summary>Gets the reports that were kept back because another logger had written them already.</summary>
    public long Copies { get; private set; }

    public bool HasOpen => _openCount > 0;

    /// <summary>Gets whether the report that must go first is done.</summary>
    public bool IsReady => Live.Count > 0 && Live[0].Facts.State == ReportState.Done;

    public bool HasLive => Live.Count > 0;

    /// <summary>Gets whether the report touched last is open in its task table.</summary>
    public bool IsInTable => _current is { Facts: { State: ReportState.Open, Section: OomSections.Tasks } };

    /// <summary>Finds the report that lines of a host belong to; null where none is open.</summary>
    public OomReport? FindOpen(ReadOnlySpan<byte> host)
    {
        if (_current is { } current && current.Facts.State == ReportState.Open && LiveReports.IsSameHost(current, host))
        {
            return current;
        }

        return _openCount == 0 ? null : Live.FindNewest(host, static report => report.Facts.State == ReportState.Open);
    }

    /// <summary>Closes an open report that awaited its next line for too long, or until the machine booted; hands back the report if it is still open.</summary>
    public OomReport? CloseIfOverdue(OomReport? report, in Envelope envelope, long offset)
    {
        if (report is not null && ReportWindow.IsEndedBy(report, in envelope, offset))
        {
            End(report);
            return null;
        }

        return report;
    }

    /// <summary>Lets go of what an event line proves to be over: windows that have passed, and everything of a host that has rebooted.</summary>
    public void Advance(in Envelope envelope, long offset)
    {
        bool isBetween = envelope.UptimeMicroseconds >= 0
            ? envelope.UptimeMicroseconds - _earliestUptime <= ReportWindow.Microseconds
                && _latestUptime - envelope.UptimeMicroseconds <= ReportWindow.ClockSlackMicroseconds
                && !ReportWindow.IsOfOtherBoot(_earliestWall, envelope.Wall)
            : !envelope.Wall.IsPresent && offset - _earliestOffset <= ReportWindow.Bytes;
        if (isBetween)
        {
            return;
        }

        (_earliestUptime, _latestUptime, _earliestOffset, _earliestWall) = (long.MaxValue, -1, long.MaxValue, default);
        foreach (OomReport report in Live)
        {
            if (report.Facts.State == ReportState.Done)
            {
                continue;
            }

            if (LiveReports.IsSameHost(report, envelope.Host) ? ReportWindow.IsOver(report, in envelope, offset) : ReportWindow.IsLongOver(report, in envelope, offset))
            {
                End(report);
                continue;
            }

            Widen(report.Facts.LastUptime, report.Facts.LastWall, report.Facts.LastOffset);
        }
    }

    /// <summary>Opens a report, and ends the open OOM report of that host: its kill line did not come, unless an old kernel mixes the two.</summary>
    public OomReport Open(OomEventKind kind, in Envelope envelope, long line, long offset)
    {
        if (kind == OomEventKind.Oom && FindOpenOom(envelope.Host) is { } unfinished)
        {
            if (Live.TryFindTwoOpen(envelope.Host, out OomReport oldest, out _))
            {
                End(oldest);
            }

            if (!Interleaving.MayGoOn(unfinished, in envelope))
            {
                End(unfinished);
            }
        }

        if (_waitingCount >= limits.MaxHeldReports)
        {
            EndOldest(except: null);
        }

        OomReport report = _pool.Rent();
        ref ReportFacts facts = ref report.Facts;
        facts.Kind = kind;
        facts.FirstLine = line;
        facts.FirstOffset = offset;
        facts.FirstWrappers = envelope.Wrappers;
        TakeClocks(report, in envelope);
        facts.SuppressedBefore = kind == OomEventKind.Oom ? _suppressed.Take(envelope.Host) : 0;

        Live.Add(report);
        _openCount++;
        _waitingCount++;
        _current = report;
        Widen(envelope.UptimeMicroseconds, envelope.Wall, offset);
        return report;
    }

    /// <summary>Finds the open OOM report of a host, also behind an allocation failure that came in between.</summary>
    public OomReport? FindOpenOom(ReadOnlySpan<byte> host) => _openCount == 0
        ? null
        : Live.FindNewest(host, static report => report.Facts.Kind == OomEventKind.Oom && report.Facts.State == ReportState.Open);

    /// <summary>Makes a line part of a report and its text part of the report's text.</summary>
    /// <returns>Where the text begins in the report's text; negative where a bound forbids to keep it.</returns>
    public int Own(OomReport report, in Envelope envelope, ReadOnlySpan<byte> text, OomSections section, long line, long offset)
    {
        ref ReportFacts facts = ref report.Facts;
        facts.OwnedLines++;
        Touch(ref facts, in envelope, offset);
        Widen(envelope.UptimeMicroseconds, envelope.Wall, offset);
        if (!facts.HasClock && (envelope.UptimeMicroseconds >= 0 || envelope.Wall.IsPresent))
        {
            TakeClocks(report, in envelope);
        }

        if (!facts.IsBootNoted && envelope.Wall.IsPresent && envelope.UptimeMicroseconds >= 0)
        {
            NoteBoot(ref facts, in envelope);
        }

        if (facts.PendingForeignLines > 0)
        {
            facts.ForeignLines += facts.PendingForeignLines;
            facts.PendingForeignLines = 0;
        }

        if (section != OomSections.None)
        {
            facts.Section = section;
            facts.Sections |= section;
        }

        if (!ReferenceEquals(_current, report))
        {
            _current = report;
        }

        if (facts.IsFull)
        {
            return -1;
        }

        int start = report.Append(text);
        report.Lines.Add(new ReportLine(line, new TextRange(start, text.Length), section, IsKnown: true));
        return start;
    }

    /// <summary>Makes a reaper line part of the report of its victim, which may long have been followed by others.</summary>
    /// <returns>The kept text; none where a bound forbids to keep it.</returns>
    public static TextRange OwnReaper(OomReport report, in Envelope envelope, long line, long offset)
    {
        ref ReportFacts facts = ref report.Facts;
        facts.OwnedLines++;
        if (facts.IsFull)
        {
            return default;
        }

        TextRange text = report.Keep(envelope.Message);
        report.Lines.Add(new ReportLine(line, text, OomSections.Victim, IsKnown: true));
        return text;
    }

    /// <summary>Ends a report that waited for nothing but its reaper lines and has them all.</summary>
    public void EndIfReaped(OomReport report)
    {
        if (report.Facts is not { State: ReportState.Held, IsGroupKill: false } || report.Victims.Count == 0)
        {
            return;
        }

        foreach (ref readonly OomVictim victim in report.Victims.AsSpan())
        {
            if (victim.Reaper is null)
            {
                return;
            }
        }

        // Members of a group are killed one after the other; the report of a group ends with its window.
        End(report);
    }

    /// <summary>Counts a line that stands inside a report and is not part of it; keeps its text if the kernel wrote it.</summary>
    public void Skip(OomReport report, in Envelope envelope, bool isKernel, long line, long offset)
    {
        ref ReportFacts facts = ref report.Facts;
        facts.PendingForeignLines++;
        if (isKernel && !facts.IsFull && facts.UnknownLines < limits.MaxUnknownLines && !envelope.Message.IsEmpty)
        {
            facts.UnknownLines++;
            report.Lines.Add(new ReportLine(line, report.Keep(envelope.Message), OomSections.None, IsKnown: false));
        }
    }

    /// <summary>Remembers how many reports the kernel suppressed; the next report of that host is told.</summary>
    public void Suppress(ReadOnlySpan<byte> host, long count) => _suppressed.Note(host, count);

    /// <summary>Looks after the bounds once something has been added to a report.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void KeepInBounds(OomReport report)
    {
        if (report.HasGrown)
        {
            Count(report);
        }
    }

    private void Count(OomReport report)
    {
        _pool.Count(report);
        if (_pool.IsOverBound && !EndOldest(except: report) && !report.Facts.IsFull)
        {
            report.Facts.IsFull = true;
            LimitHits++;
        }
    }

    /// <summary>Ends everything: the log is over.</summary>
    public void EndAll()
    {
        foreach (OomReport report in Live)
        {
            End(report);
        }
    }

    /// <summary>Takes the next report that is done; those that come before it in the log go first.</summary>
    public bool TryTake(out OomReport? report)
    {
        while (Live.Count > 0 && Live[0].Facts.State == ReportState.Done)
        {
            report = Live[0];
            Live.RemoveFirst();
            if (Live.Count == 0)
            {
                // Where nothing waits, nothing of the past may matter: a parser that begins here is in the same state.
                (_earliestUptime, _latestUptime, _earliestWall) = (long.MaxValue, -1, default);
            }

            _current = ReferenceEquals(_current, report) ? null : _current;
            Copies += report.Facts.IsCopy ? 1 : 0;
            LimitHits += report.Facts.IsTableFull ? 1 : 0;
            if (!report.Facts.IsCopy && ReportVerdict.HasEvidence(report))
            {
                ReportVerdict.Complete(report);
                return true;
            }

            Release(report);
        }

        report = null;
        return false;
    }

    /// <summary>Takes back a report that was delivered.</summary>
    public void Release(OomReport report) => _pool.Return(report);

    public void Reset()
    {
        foreach (OomReport report in Live)
        {
            Release(report);
        }

        Live.Clear();
        _current = null;
        _openCount = _waitingCount = 0;
        (_earliestUptime, _latestUptime, _earliestOffset, _earliestWall) = (long.MaxValue, -1, long.MaxValue, default);
        _suppressed.Reset();
        _boot.Reset();
        (LimitHits, Copies) = (0, 0);
    }

    /// <summary>Ends the sections of a report that is settled; it is held for what may still come.</summary>
    public void HoldIfSettled(OomReport report)
    {
        if (report.Facts is { IsSettled: true, State: ReportState.Open })
        {
            report.Facts.State = ReportState.Held;
            _openCount--;
        }
    }

    /// <summary>Ends a report: nothing can be added to it.</summary>
    public void End(OomReport report)
    {
        _openCount -= report.Facts.State == ReportState.Open ? 1 : 0;
        _waitingCount -= report.Facts.State == ReportState.Done ? 0 : 1;
        report.Facts.State = ReportState.Done;
    }

    private void Widen(long uptime, WallClock wall, long offset)
    {
        _earliestOffset = Math.Min(_earliestOffset, offset);
        if (wall.IsPresent && (!_earliestWall.IsPresent || wall.Order < _earliestWall.Order))
        {
            _earliestWall = wall;
        }

        if (uptime < 0)
        {
            // A report without uptime is judged by another clock: look each time.
            _earliestUptime = long.MinValue / 2;
            return;
        }

        _earliestUptime = Math.Min(_earliestUptime, uptime);
        _latestUptime = Math.Max(_latestUptime, uptime);
    }

    private static void Touch(ref ReportFacts facts, in Envelope envelope, long offset)
    {
        if (envelope.Wall.IsPresent)
        {
            facts.LastWall = envelope.Wall;
        }

        Touch(ref facts, envelope.UptimeMicroseconds, envelope.Sequence, offset);
    }

    /// <summary>Delivers the oldest report as it is; false where there is no other than <paramref name="except"/>.</summary>
    private bool EndOldest(OomReport? except)
    {
        foreach (OomReport report in Live)
        {
            if (report.Facts.State != ReportState.Done && !ReferenceEquals(report, except))
            {
                End(report);
                LimitHits++;
                return true;
            }
        }

        return false;
    }
}
