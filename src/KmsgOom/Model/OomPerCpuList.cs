namespace KmsgOom;

/// <summary>A list of free pages that a CPU keeps; all numbers are pages, null where not printed.</summary>
/// <param name="Temperature">Which list.</param>
/// <param name="LowPages">Below this it is filled (2.6.9).</param>
/// <param name="HighPages">Above this it is drained.</param>
/// <param name="BatchPages">How many pages move at a time.</param>
/// <param name="UsedPages">The pages in it.</param>
public readonly record struct OomPerCpuList(OomPerCpuTemperature Temperature, long? LowPages, long? HighPages, long? BatchPages, long? UsedPages);
