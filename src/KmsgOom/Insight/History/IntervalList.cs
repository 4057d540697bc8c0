namespace KmsgOom.Insight;

/// <summary>Sums up intervals.</summary>
internal static class IntervalList
{
    public static OomIntervals Summarize(IEnumerable<TimeSpan> intervals)
    {
        TimeSpan[] sorted = [.. intervals.Order()];
        return sorted.Length == 0 ? default : new OomIntervals(sorted.Length, sorted[0], sorted[(sorted.Length - 1) / 2], sorted[^1]);
    }
}
