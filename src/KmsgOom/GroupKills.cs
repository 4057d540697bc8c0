using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Tells the kills of groups apart that die one behind the other (memory.oom.group, 4.19 and later).</summary>
/// <remarks>
/// A victim is killed, then a line names its group, then all members are killed, the first once more: under one lock, so that nothing of another kill comes
/// between. Where the rate limit swallows reports, nothing but these lines is left.
/// </remarks>
internal static class GroupKills
{
    // Members die one directly behind the other, however slow the console.
    private const long MaxGapMicroseconds = 1_000_000;

    /// <summary>Finds or opens the report of a line that names a group.</summary>
    public static OomReport Route(OomReportBuilder reports, scoped in Envelope envelope, long line, long offset)
    {
        OomReport? report = reports.FindOpenOom(envelope.Host) ?? FindNewest(reports, envelope.Host);
        if (report is { Facts.IsGroupKill: false })
        {
            return report;
        }

        // A second group: the kill just before, which seemed one more member of the first, is its victim.
        OomReport group = reports.Open(OomEventKind.Oom, in envelope, line, offset);
        if (report is not null)
        {
            MoveLastKill(report, group);
        }

        return group;
    }

    /// <summary>Finds the report whose group a killed task belongs to; null where it is none's.</summary>
    public static OomReport? FindGroup(OomReportBuilder reports, scoped in Envelope envelope, int pid, long offset) =>
        FindNewest(reports, envelope.Host) is { Facts: { IsGroupKill: true, IsFull: false } } group && IsMember(group, in envelope, pid, offset) ? group : null;

    private static OomReport? FindNewest(OomReportBuilder reports, ReadOnlySpan<byte> host) =>
        reports.Live.FindNewest(host, static report => report.Facts.Kind == OomEventKind.Oom && (report.Victims.Count > 0 || report.Facts.IsGroupKill));

    private static bool IsMember(OomReport group, scoped in Envelope envelope, int pid, long offset)
    {
        OomScope scope = KillReader.ScopeOf(envelope.Message);
        return group.FindVictim(pid) < 0 && (scope == OomScope.Unknown || group.Facts.KillScope == OomScope.Unknown || scope == group.Facts.KillScope)
            && (Interleaving.HasTask(group, pid) || !ReportWindow.IsBehind(in group.Facts, in envelope, MaxGapMicroseconds, offset));
    }

    private static void MoveLastKill(OomReport from, OomReport to)
    {
        if (from.Victims.Count < 2 || from.Lines.Count == 0)
        {
            return;
        }

        ReportLine line = from.Lines.Last;
        ReadOnlySpan<byte> text = from.Get(line.Text);
        if (!KilledLine.TryParse(OomLineClassifier.SkipIndent(text), out KilledLine kill) || kill.Pid != from.Victims.Last.Pid)
        {
            return;
        }

        OomVictim victim = from.Victims.Last;
        from.Victims.Truncate(from.Victims.Count - 1);
        from.Lines.Truncate(from.Lines.Count - 1);
        from.Facts.OwnedLines--;
        to.Victims.Add(victim);
        to.Lines.Add(new ReportLine(line.Number, to.Keep(text), line.Section, IsKnown: true));
        ref ReportFacts facts = ref to.Facts;
        (facts.FirstLine, facts.FirstOffset, facts.FirstWall) = (line.Number, from.Facts.LastOffset, from.Facts.LastWall);
        facts.FirstUptime = victim.Uptime is { } uptime ? uptime.Ticks / TimeSpan.TicksPerMicrosecond : -1;
        facts.OwnedLines = 1;
        facts.Sections = facts.Section = OomSections.Victim;
        facts.KillScope = from.Facts.KillScope;
    }
}
