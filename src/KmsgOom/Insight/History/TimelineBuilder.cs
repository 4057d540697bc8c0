namespace KmsgOom.Insight;

/// <summary>Puts events into buckets of time.</summary>
internal static class TimelineBuilder
{
    public static OomTimeline Build(IReadOnlyList<HistoryEntry> entries)
    {
        HistoryEntry[] dated = [.. entries.Where(entry => entry.Time is not null)];
        if (dated.Length == 0)
        {
            return new OomTimeline();
        }

        DateTime first = dated.Min(entry => entry.Time!.Value.DateTime);
        DateTime last = dated.Max(entry => entry.Time!.Value.DateTime);
        OomTimelineUnit unit = OomTimelineUnit.Minute;
        while (unit < OomTimelineUnit.Century && NumberOf(last, unit) - NumberOf(first, unit) >= OomTimeline.MaxBuckets)
        {
            unit++;
        }

        long start = NumberOf(first, unit);
        OomTimelineBucket[] buckets = new OomTimelineBucket[NumberOf(last, unit) - start + 1];
        for (int i = 0; i < buckets.Length; i++)
        {
            buckets[i] = new OomTimelineBucket(StartOf(start + i, unit), 0, 0);
        }

        foreach (HistoryEntry entry in dated)
        {
            ref OomTimelineBucket bucket = ref buckets[NumberOf(entry.Time!.Value.DateTime, unit) - start];
            bucket = bucket with { Events = bucket.Events + 1, Kills = bucket.Kills + entry.Kills };
        }

        return new OomTimeline { Unit = unit, Buckets = [.. buckets] };
    }

    // The first day of the calendar, 0001-01-01, is a Monday.
    private static long NumberOf(DateTime time, OomTimelineUnit unit) => unit switch
    {
        OomTimelineUnit.Minute => time.Ticks / TimeSpan.TicksPerMinute,
        OomTimelineUnit.Hour => time.Ticks / TimeSpan.TicksPerHour,
        OomTimelineUnit.Day => time.Ticks / TimeSpan.TicksPerDay,
        OomTimelineUnit.Week => time.Ticks / TimeSpan.TicksPerDay / 7,
        OomTimelineUnit.Month => ((time.Year - 1) * 12) + time.Month - 1,
        OomTimelineUnit.Year => time.Year - 1,
        _ => (time.Year - 1) / 100,
    };

    private static DateTime StartOf(long number, OomTimelineUnit unit) => unit switch
    {
        OomTimelineUnit.Minute => new DateTime(number * TimeSpan.TicksPerMinute),
        OomTimelineUnit.Hour => new DateTime(number * TimeSpan.TicksPerHour),
        OomTimelineUnit.Day => new DateTime(number * TimeSpan.TicksPerDay),
        OomTimelineUnit.Week => new DateTime(number * 7 * TimeSpan.TicksPerDay),
        OomTimelineUnit.Month => new DateTime((int)(number / 12) + 1, (int)(number % 12) + 1, 1),
        OomTimelineUnit.Year => new DateTime((int)number + 1, 1, 1),
        _ => new DateTime(((int)number * 100) + 1, 1, 1),
    };
}
