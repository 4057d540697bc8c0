using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Finds or opens the report that a line belongs to.</summary>
internal sealed class ReportRouter(OomReportBuilder reports)
{
    /// <summary>Finds or opens the report that a line belongs to; null where it belongs to none.</summary>
    public OomReport? Route(OomLineKind kind, OomReport? open, scoped in Envelope envelope, long line, long offset)
    {
        if (kind is > OomLineKind.AllocationFailure and < OomLineKind.KillAnnounced)
        {
            // The lines that come by the thousand belong to the report that is open, which alone needs a look.
            if (open is not null && !ReportWindow.IsOver(open, in envelope, offset))
            {
                return RouteSection(kind, open, in envelope, line, offset);
            }

            // Where none is, they may be passed over unread, and so prove nothing.
            if (open is null && !kind.IsAnchor())
            {
                return null;
            }
        }

        reports.Advance(in envelope, offset);
        switch (kind)
        {
            case OomLineKind.Trigger or OomLineKind.AllocationFailure or OomLineKind.Killed or OomLineKind.KillAnnounced
                when envelope.Origin == EnvelopeOrigin.Unknown && envelope.UptimeMicroseconds < 0 && IsOnlyBegun(kind, in envelope):
                // Nothing but the first words, and no wrapper: somebody tells of a report.
                return null;
            case OomLineKind.Trigger:
                return DuplicateReports.Open(reports, in envelope, line, offset);
            case OomLineKind.AllocationFailure:
                return reports.Open(OomEventKind.AllocationFailure, in envelope, line, offset);
            case OomLineKind.SlubRemark:
                return reports.Live.FindNewest(envelope.Host, static report => report.Facts is { Kind: OomEventKind.AllocationFailure, State: ReportState.Open });
            case OomLineKind.Killed or OomLineKind.KillAnnounced:
                return RouteKill(kind, in envelope, line, offset);
            case OomLineKind.GroupKill:
                return GroupKills.Route(reports, in envelope, line, offset);
            case OomLineKind.KillRemark or OomLineKind.AlreadyExiting or OomLineKind.NoKillable or OomLineKind.Panic:
                return reports.Live.FindNewest(envelope.Host, static report => report.Facts.Kind == OomEventKind.Oom && !report.Facts.Panic.IsPresent)
                    ?? (kind == OomLineKind.KillRemark ? null : reports.Open(OomEventKind.Oom, in envelope, line, offset));
            default:
                return RouteSection(kind, reports.FindOpen(envelope.Host), in envelope, line, offset);
        }
    }

    private bool IsOnlyBegun(OomLineKind kind, scoped in Envelope envelope) => kind switch
    {
        OomLineKind.Trigger => TriggerLine.IsCut(envelope.Message),
        OomLineKind.AllocationFailure => AllocationFailureLine.IsDoubtful(envelope.Message),
        _ => KilledLine.IsCut(envelope.Message) && !envelope.Message.EndsWith(KilledLine.Killed) && reports.FindOpenOom(envelope.Host) is null,
    };

    private OomReport? RouteKill(OomLineKind kind, scoped in Envelope envelope, long line, long offset)
    {
        int pid = ReportLineReader.PeekPid(envelope.Message);
        if (reports.HasSeveralOpen && reports.Live.TryFindTwoOpen(envelope.Host, out OomReport older, out OomReport newer)
            && Interleaving.ChooseByTask(older, newer, pid) is { Victims.Count: 0 } chosen)
        {
            return chosen;
        }

        // A report that is open waits for just this line; long after its last one, for that of a task in its table.
        if (reports.FindOpenOom(envelope.Host) is { Victims.Count: 0 } open && (kind == OomLineKind.Killed || !open.Facts.HasAnnounced)
            && (!ReportWindow.IsLate(open, in envelope, offset) || open.Tasks.Count == 0 || Interleaving.HasTask(open, pid))
            && !HasChosenAnother(open, pid))
        {
            // A copy that names somebody else is none.
            open.Facts.IsCopy = open.Facts.IsCopy && reports.Live.FindVictim(envelope.Host, pid, out _) is not null;
            return open;
        }

        // A pid that was named before is mostly the same victim: the first member of a group, or an echo.
        if (kind == OomLineKind.Killed && reports.Live.FindVictim(envelope.Host, pid, out int index) is { } again && KillReader.IsOfVictim(again, index, in envelope))
        {
            return again;
        }

        // Who announces nobody writes about the kernel: "Kill process .* \\(name\\)" is somebody's pattern.
        return GroupKills.FindGroup(reports, in envelope, pid, offset)
            ?? (kind == OomLineKind.KillAnnounced && pid < 0 && !KilledLine.IsCut(envelope.Message) ? null : reports.Open(OomEventKind.Oom, in envelope, line, offset));
    }

    /// <summary>Tells whether a report has named its victim already, which its table has, and not the task that was killed: that is another kill.</summary>
    private static bool HasChosenAnother(OomReport report, int pid) =>
        pid > 0 && report.Facts.ChosenPid is { } chosen && chosen != pid && Interleaving.HasTask(report, chosen) && !Interleaving.HasTask(report, pid);

    private OomReport? RouteSection(OomLineKind kind, OomReport? report, scoped in Envelope envelope, long line, long offset)
    {
        // The protection ends the Mem-Info block of a failed allocation too.
        bool isOomOnly = kind is (>= OomLineKind.TaskIn and < OomLineKind.MemcgProtection) or (>= OomLineKind.TasksTitle and <= OomLineKind.Constraint);
        if (report is not null && isOomOnly && report.Facts.Kind != OomEventKind.Oom)
        {
            report = reports.FindOpenOom(envelope.Host);
        }

        // A failed allocation has one dump and one Mem-Info block, the last it prints: the next is that of the report around it.
        bool isNext = kind is OomLineKind.Cpu or OomLineKind.MemInfoStart && report is { Facts: { Kind: OomEventKind.AllocationFailure } failed }
            && (failed.Sections & OomSections.MemInfo) != 0;
        if (isNext && reports.FindOpenOom(envelope.Host) is { } around)
        {
            reports.End(report!);
            report = around;
        }

        if (report is not null && reports.HasSeveralOpen && reports.Live.TryFindTwoOpen(envelope.Host, out OomReport older, out OomReport newer))
        {
            report = MixedReports.Choose(kind, report, older, newer, in envelope);
        }

        if (report is null)
        {
            bool isHalf = kind == OomLineKind.TaskIn && TaskInLine.IsSecondHalf(envelope.Message);
            return kind.IsAnchor() && !isHalf ? reports.Open(OomEventKind.Oom, in envelope, line, offset) : null;
        }

        if (kind == OomLineKind.TaskIn && IsNextTaskIn(report, in envelope))
        {
            // Somebody searched the log for these lines: all else of the reports is lost.
            reports.End(report);
            return reports.Open(OomEventKind.Oom, in envelope, line, offset);
        }

        return MixedReports.NoteForeignDump(report, kind, in envelope) ? null : report;
    }

    /// <summary>Tells whether a line of which each report has one begins the next, where nobody else does: it is no second half, nor the same line by another logger.</summary>
    private static bool IsNextTaskIn(OomReport report, scoped in Envelope envelope)
    {
        ref readonly ReportFacts facts = ref report.Facts;
        if (!facts.HasTaskIn || !facts.LimitPath.IsPresent || (facts.Sections & OomSections.Trigger) != 0 || TaskInLine.IsSecondHalf(envelope.Message))
        {
            return false;
        }

        return envelope.UptimeMicroseconds >= 0 || facts.LastUptime >= 0
            ? envelope.UptimeMicroseconds > facts.LastUptime && facts.LastUptime >= 0
            : !envelope.Wall.IsPresent || envelope.Wall.Ticks != facts.LastWall.Ticks;
    }
}
