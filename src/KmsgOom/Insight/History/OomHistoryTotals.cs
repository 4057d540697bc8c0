namespace KmsgOom;

/// <summary>The sums over all events of a history.</summary>
public sealed record OomHistoryTotals
{
    /// <summary>Gets the events that are counted everywhere: kernel OOMs, or all kinds where <see cref="OomHistoryOptions.CountsAllKinds"/> says so.</summary>
    public long Events { get; init; }

    /// <summary>Gets the events of other kinds that are not in <see cref="Events"/>.</summary>
    public long OtherKinds { get; init; }

    /// <summary>
    /// Gets the events that were met before (the same host, time, and victim), as when a log was given twice or two loggers wrote the same; they are not in any
    /// other count.
    /// </summary>
    public long Repeated { get; init; }

    /// <summary>Gets the processes killed.</summary>
    public long Kills { get; init; }

    /// <summary>Gets what the killed processes held, in bytes. Memory that they shared is in it several times.</summary>
    public long KilledRssBytes { get; init; }

    /// <summary>Gets the kills of which the log does not say how much they held.</summary>
    public long KillsWithoutRss { get; init; }

    /// <summary>Gets the victims whose memory the OOM reaper took back.</summary>
    public long Reaped { get; init; }

    /// <summary>Gets the victims whose memory the OOM reaper could not take back.</summary>
    public long ReaperUnable { get; init; }

    /// <summary>Gets the kernel OOMs of which the log has a kill line but no report: the kernel's rate limit, or a log that holds kill lines only.</summary>
    public long KillsWithoutReport { get; init; }

    /// <summary>Gets the reports that the kernel says it suppressed ("callbacks suppressed"). Their kill lines are printed all the same.</summary>
    public long SuppressedReports { get; init; }

    /// <summary>
    /// Gets how many kernel OOMs there were at least: those with a report, and the greater of <see cref="KillsWithoutReport"/> and
    /// <see cref="SuppressedReports"/>, which may be the same events.
    /// </summary>
    public long KernelOomsAtLeast { get; init; }

    /// <summary>Gets the kernel messages that were lost inside reports.</summary>
    public long LostMessages { get; init; }

    /// <summary>Gets the events of which something is provably missing.</summary>
    public long Incomplete { get; init; }

    /// <summary>Gets the reports that end before they name a victim or a reason why there is none.</summary>
    public long Unfinished { get; init; }

    /// <summary>Gets the events after which the machine panicked.</summary>
    public long Panics { get; init; }

    /// <summary>Gets the events without a wall-clock time: no day and no hour counts them.</summary>
    public long WithoutDate { get; init; }

    /// <summary>Gets the events without a wall-clock time and without an uptime: no burst and no interval counts them.</summary>
    public long WithoutTime { get; init; }

    /// <summary>Gets the events that came after <see cref="OomHistoryOptions.MaxTimelineEvents"/>: no burst and no interval counts them.</summary>
    public long BeyondTimeline { get; init; }

    /// <summary>Gets how many boots of machines the events come from at least: an uptime that goes back, or a boot after the event before, is another boot.</summary>
    public long BootsAtLeast { get; init; }

    /// <summary>Gets whether one machine's times have a zone in some events and none in others: those without are compared as if they were UTC.</summary>
    public bool HasMixedZones { get; init; }

    /// <summary>Gets whether times have different zones: intervals are right, days and hours are those of the clocks as printed.</summary>
    public bool HasSeveralZones { get; init; }

    /// <summary>Gets the earliest wall-clock time; null where no event has one.</summary>
    public OomTimestamp? First { get; init; }

    /// <summary>Gets the latest wall-clock time; null where no event has one.</summary>
    public OomTimestamp? Last { get; init; }
}
