namespace KmsgOom.Insight;

/// <summary>Subtracts times that a damaged log may have far apart.</summary>
internal static class TimeApart
{
    /// <summary>Gets how much later the first is; null where one is unknown, or no span is that long.</summary>
    public static TimeSpan? Of(TimeSpan? later, TimeSpan? earlier)
    {
        if (later is not { } end || earlier is not { } start)
        {
            return null;
        }

        Int128 ticks = (Int128)end.Ticks - start.Ticks;
        return ticks > long.MinValue && ticks < long.MaxValue ? new TimeSpan((long)ticks) : null;
    }
}
