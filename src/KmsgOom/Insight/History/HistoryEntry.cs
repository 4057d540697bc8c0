namespace KmsgOom.Insight;

/// <summary>What is kept of an event for whatever depends on order.</summary>
/// <param name="Order">The place in the order of arrival.</param>
/// <param name="Host">The host; null where there is none.</param>
/// <param name="Path">The file; null where there is none.</param>
/// <param name="Time">The wall-clock time; null where there is none.</param>
/// <param name="Uptime">The time since boot; null where there is none.</param>
/// <param name="Workload">The workload; null where there is none.</param>
/// <param name="Kills">The number of processes killed.</param>
internal sealed record HistoryEntry(int Order, string? Host, string? Path, OomTimestamp? Time, TimeSpan? Uptime, string? Workload, int Kills)
{
    /// <summary>Gets or sets the boot that the event belongs to, counted within its <see cref="MachineTimeline"/>.</summary>
    public int Boot { get; set; }

    /// <summary>Gets the programs that were killed, each once.</summary>
    public required KilledProgram[] Programs { get; init; }

    /// <summary>Gets the time from this event to a later one of the same machine; null where the log cannot tell.</summary>
    public TimeSpan? Until(HistoryEntry later)
    {
        // The time since boot has no leaps; a wall clock is set now and then.
        if (Boot == later.Boot && Uptime is { } from && later.Uptime is { } to)
        {
            return to > from ? to - from : TimeSpan.Zero;
        }

        return Time is { } start && later.Time is { } end
            ? new TimeSpan(Math.Max(0, HistoryClock.TicksOf(end) - HistoryClock.TicksOf(start)))
            : null;
    }
}
