namespace KmsgOom.Insight;

/// <summary>The victims of one name in one event.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kills">How many there are.</param>
/// <param name="SumBytes">What they held together.</param>
/// <param name="PeakBytes">What the greatest of them held; null where the log says it of none.</param>
internal readonly record struct KilledProgram(string Name, int Kills, Int128 SumBytes, long? PeakBytes);
