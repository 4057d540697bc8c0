namespace KmsgOom;

/// <summary>How much a program of one workload held each time it was killed: two kills or more of which the log says it.</summary>
/// <remarks>
/// Of several victims with one name in one event the greatest counts. A program that is killed at a limit holds that limit each time: a
/// slope of zero does not say that it does not leak, only that its limit stayed.
/// </remarks>
/// <param name="Host">The host; null where the log names none.</param>
/// <param name="Workload">The workload; null where the log names none.</param>
/// <param name="Program">The name of the killed program.</param>
/// <param name="Kills">The events in which it was killed and the log says what it held.</param>
/// <param name="FirstRssBytes">What it held at the first kill, in bytes.</param>
/// <param name="LastRssBytes">What it held at the last kill, in bytes.</param>
/// <param name="PeakRssBytes">The most that it held at a kill, in bytes.</param>
/// <param name="Duration">The time from the first kill to the last; null where the log cannot tell (another boot and no date).</param>
/// <param name="BytesPerHour">
/// The difference of last and first over the time between them, in bytes an hour; null where less than a minute is between them, which is no measure of an
/// hour.
/// </param>
/// <param name="IsRising">Whether it held more at each kill than at the one before.</param>
public readonly record struct OomGrowth(
    string? Host, string? Workload, string Program, long Kills, long FirstRssBytes, long LastRssBytes, long PeakRssBytes,
    TimeSpan? Duration, double? BytesPerHour, bool IsRising);
