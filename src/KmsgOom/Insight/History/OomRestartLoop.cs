namespace KmsgOom;

/// <summary>A program of one workload that was killed again and again at similar intervals: something restarts it, and it fills its memory anew.</summary>
/// <remarks>
/// Four kills or more, of which no interval is more than three times the one before or less than a third of it, so that the doubling waits of a
/// restart back-off are one loop. Kills within a second of each other are one (workers that die together).
/// </remarks>
/// <param name="Host">The host; null where the log names none.</param>
/// <param name="Workload">The workload; null where the log names none.</param>
/// <param name="Program">The name of the killed program.</param>
/// <param name="Kills">How often it was killed in the loop.</param>
/// <param name="Intervals">The time from kill to kill.</param>
/// <param name="First">The wall-clock time of the first kill; null where the log has none.</param>
/// <param name="Last">The wall-clock time of the last kill; null where the log has none.</param>
public readonly record struct OomRestartLoop(
    string? Host, string? Workload, string Program, long Kills, OomIntervals Intervals, OomTimestamp? First, OomTimestamp? Last);
