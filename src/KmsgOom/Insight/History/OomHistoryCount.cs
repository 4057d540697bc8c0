namespace KmsgOom;

/// <summary>One row of a table of <see cref="OomHistoryReport"/>.</summary>
/// <param name="Key">The program, workload, host, day or word; null for the events whose log does not say.</param>
/// <param name="Events">The events.</param>
/// <param name="Kills">The processes killed; in the table of programs those with this name, else all of the events.</param>
/// <param name="RssBytes">
/// The sum of what their kill lines (else their rows of the task table) say they held, in bytes. Memory that they shared is in it several times.
/// </param>
/// <param name="First">The earliest wall-clock time; null where none of the events has one.</param>
/// <param name="Last">The latest wall-clock time; null where none of the events has one.</param>
public readonly record struct OomHistoryCount(string? Key, long Events, long Kills, long RssBytes, OomTimestamp? First, OomTimestamp? Last);
