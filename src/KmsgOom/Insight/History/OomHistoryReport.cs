using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>What many events have in common: the answer of <see cref="OomHistory"/>.</summary>
public sealed record OomHistoryReport
{
    /// <summary>Gets the sums.</summary>
    public required OomHistoryTotals Totals { get; init; }

    /// <summary>Gets the counts by the name of the killed program.</summary>
    public required OomHistoryTable Programs { get; init; }

    /// <summary>Gets the counts by workload (<see cref="OomHistoryOptions.Workload"/>).</summary>
    public required OomHistoryTable Workloads { get; init; }

    /// <summary>Gets the counts by host.</summary>
    public required OomHistoryTable Hosts { get; init; }

    /// <summary>Gets the counts by day (<c>yyyy-MM-dd</c>) as printed in the log, earliest first; days without events are not there.</summary>
    public required OomHistoryTable Days { get; init; }

    /// <summary>Gets the counts by hour of the day (<c>00</c> to <c>23</c>) as printed in the log; hours without events are not there.</summary>
    public required OomHistoryTable Hours { get; init; }

    /// <summary>Gets the counts by <see cref="OomScope"/>, in the words of the event schema.</summary>
    public required OomHistoryTable Scopes { get; init; }

    /// <summary>Gets the counts by the printed constraint; the key is null where the log has none.</summary>
    public required OomHistoryTable Constraints { get; init; }

    /// <summary>Gets the counts by <see cref="OomEventKind"/>, in the words of the event schema, of all kinds whatever the options say.</summary>
    public required OomHistoryTable Kinds { get; init; }

    /// <summary>Gets the events over time, in as many rows as fit a screen.</summary>
    public required OomTimeline Timeline { get; init; }

    /// <summary>Gets the bursts: most events first, then the earliest.</summary>
    public ImmutableArray<OomBurst> Bursts { get; init; } = [];

    /// <summary>Gets the restart loops: most kills first.</summary>
    public ImmutableArray<OomRestartLoop> RestartLoops { get; init; } = [];

    /// <summary>Gets the programs that were killed more than once: those that held more each time first, then most kills first.</summary>
    public ImmutableArray<OomGrowth> Growth { get; init; } = [];

    /// <summary>Gets the time from event to event of the same machine.</summary>
    public OomIntervals Intervals { get; init; }
}
