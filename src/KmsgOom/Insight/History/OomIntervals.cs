namespace KmsgOom;

/// <summary>The times between events of one machine.</summary>
/// <param name="Count">The number of intervals; zero where there are none, and then all else is zero.</param>
/// <param name="Min">The shortest.</param>
/// <param name="Median">The middle one; of an even number the mean of the two in the middle.</param>
/// <param name="Max">The longest.</param>
public readonly record struct OomIntervals(long Count, TimeSpan Min, TimeSpan Median, TimeSpan Max);
