namespace KmsgOom.Envelopes;

/// <summary>A wall-clock time of an envelope; the default value is "none".</summary>
internal readonly record struct WallClock(long Ticks, short OffsetMinutes, bool HasOffset, bool IsYearInferred)
{
    public bool IsPresent => Ticks != 0;

    /// <summary>Gets a value that grows with time within one log.</summary>
    public long Order => Ticks - (HasOffset ? OffsetMinutes * TimeSpan.TicksPerMinute : 0);

    public OomTimestamp? ToTimestamp() => IsPresent
        ? new OomTimestamp(
            new DateTime(Ticks),
            HasOffset ? TimeSpan.FromMinutes(OffsetMinutes) : null,
            IsYearInferred ? OomTimeSource.YearInferred : OomTimeSource.Printed)
        : null;
}
