using KmsgOom.Envelopes;

namespace KmsgOom.Reports;

/// <summary>The two clocks of a report's line, and whose they are.</summary>
internal readonly record struct BootNote(long Uptime, WallClock Wall, byte[] Host);
