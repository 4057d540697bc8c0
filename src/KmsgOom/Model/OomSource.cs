namespace KmsgOom;

/// <summary>Where an event stands in its log.</summary>
/// <param name="Path">The file, as the caller named it; null where there is none.</param>
/// <param name="Line">The first line of the report, 1-based.</param>
/// <param name="ByteOffset">The first byte of that line, 0-based.</param>
/// <param name="LineCount">The lines that belong to the event, reaper lines included.</param>
/// <param name="ForeignLines">Other lines between the report's first line and its last (reaper lines not counted).</param>
public readonly record struct OomSource(string? Path, long Line, long ByteOffset, int LineCount, int ForeignLines);
