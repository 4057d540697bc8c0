namespace KmsgOom;

/// <summary>Where a line of <see cref="KeptLines"/> is in their text.</summary>
/// <param name="Number">The line in the log, 1-based.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Section">The section it belongs to.</param>
internal readonly record struct KeptLine(long Number, int Start, int Length, OomSections Section);
