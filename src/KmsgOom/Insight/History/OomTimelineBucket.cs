namespace KmsgOom;

/// <summary>One bucket of <see cref="OomTimeline"/>.</summary>
/// <param name="Start">When it begins, in the time that the log prints.</param>
/// <param name="Events">The events in it; may be zero.</param>
/// <param name="Kills">The processes killed in it.</param>
public readonly record struct OomTimelineBucket(DateTime Start, long Events, long Kills);
