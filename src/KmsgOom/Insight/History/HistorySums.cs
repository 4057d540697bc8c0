namespace KmsgOom.Insight;

/// <summary>Adds up what <see cref="OomHistoryTotals"/> tells.</summary>
internal sealed class HistorySums
{
    private const OomSections ReportSections =
        OomSections.Trigger | OomSections.CallTrace | OomSections.Memcg | OomSections.MemInfo | OomSections.Tasks | OomSections.Constraint;

    private OomHistoryTotals _totals = new();
    private long _kernelOoms;
    private Int128 _rssBytes;
    private Int128 _suppressed;
    private Int128 _lost;

    public long Repeated { get; set; }

    public long OtherKinds { get; set; }

    public long WithoutTime { get; set; }

    public long BeyondTimeline { get; set; }

    public void Add(OomEvent oomEvent, OomTimestamp? time, Int128 rssBytes)
    {
        ReadOnlySpan<OomVictim> victims = oomEvent.Victims.AsSpan();
        bool isKernelOom = oomEvent.Kind == OomEventKind.Oom;
        long withoutRss = 0;
        long reaped = 0;
        long unable = 0;
        foreach (OomVictim victim in victims)
        {
            withoutRss += HistoryVictims.RssBytesOf(oomEvent, victim) is null ? 1 : 0;
            reaped += victim.Reaper is { Outcome: OomReaperOutcome.Reaped } ? 1 : 0;
            unable += victim.Reaper is { Outcome: OomReaperOutcome.Unable } ? 1 : 0;
        }

        _kernelOoms += isKernelOom ? 1 : 0;
        _rssBytes += rssBytes;
        _suppressed += Math.Max(0, oomEvent.SuppressedBefore);
        _lost += Math.Max(0, oomEvent.LostMessages);
        _totals = _totals with
        {
            Events = _totals.Events + 1,
            Kills = _totals.Kills + victims.Length,
            KillsWithoutRss = _totals.KillsWithoutRss + withoutRss,
            Reaped = _totals.Reaped + reaped,
            ReaperUnable = _totals.ReaperUnable + unable,
            KillsWithoutReport = _totals.KillsWithoutReport + (isKernelOom && victims.Length > 0 && (oomEvent.Sections & ReportSections) == 0 ? 1 : 0),
            Incomplete = _totals.Incomplete + (oomEvent.IsComplete ? 0 : 1),
            Unfinished = _totals.Unfinished + (oomEvent.Outcome == OomOutcome.Unfinished ? 1 : 0),
            Panics = _totals.Panics + (oomEvent.Outcome == OomOutcome.Panic ? 1 : 0),
            WithoutDate = _totals.WithoutDate + (time is null ? 1 : 0),
            First = HistoryClock.Earlier(_totals.First, time),
            Last = HistoryClock.Later(_totals.Last, time),
        };
    }

    public OomHistoryTotals ToTotals(long boots, bool hasMixedZones, bool hasSeveralZones)
    {
        long withReport = _kernelOoms - _totals.KillsWithoutReport;
        return _totals with
        {
            Repeated = Repeated,
            OtherKinds = OtherKinds,
            WithoutTime = WithoutTime,
            BeyondTimeline = BeyondTimeline,
            KilledRssBytes = HistoryClock.Clamp(_rssBytes),
            SuppressedReports = HistoryClock.Clamp(_suppressed),
            LostMessages = HistoryClock.Clamp(_lost),
            KernelOomsAtLeast = HistoryClock.Clamp(withReport + Int128.Max(_totals.KillsWithoutReport, _suppressed)),
            BootsAtLeast = boots,
            HasMixedZones = hasMixedZones,
            HasSeveralZones = hasSeveralZones,
        };
    }
}
