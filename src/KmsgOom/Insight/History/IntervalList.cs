namespace KmsgOom.Insight;

/// <summary>Sums up intervals.</summary>
internal static class IntervalList
{
    public static OomIntervals Summarize(IEnumerable<TimeSpan> intervals)
    {
        TimeSpan[] sorted = [.. intervals.Order()];
        return sorted.Length == 0 ? default : new OomIntervals(sorted.Length, sorted[0], Median(sorted), sorted[^1]);
    }

    private static TimeSpan Median(TimeSpan[] sorted)
    {
        TimeSpan low = sorted[(sorted.Length - 1) / 2];
        return low + ((sorted[sorted.Length / 2] - low) / 2);
    }
}
