namespace KmsgOom.Envelopes;

/// <summary>A wall-clock time of an envelope; the default value is "none".</summary>
internal readonly record struct WallClock(long Ticks, short OffsetMinutes, bool HasOffset, bool IsYearInferred)
{
    public bool IsPresent => Ticks != 0;

    /// <summary>Gets a value that grows with time within one log.</summary>
    public long Order => Ticks - (HasOffset ? OffsetMinutes * TimeSpan.TicksPerMinute : 0);

    /// <summary>Tells whether two loggers may have printed the same time: one of them may leave out the zone, or the year.</summary>
    public bool IsPrintedAs(WallClock other) => Ticks == other.Ticks && (HasOffset != other.HasOffset || OffsetMinutes == other.OffsetMinutes);

    public OomTimestamp? ToTimestamp() => IsPresent
        ? new OomTimestamp(
            new DateTime(Ticks),
            HasOffset ? TimeSpan.FromMinutes(OffsetMinutes) : null,
            IsYearInferred ? OomTimeSource.YearInferred : OomTimeSource.Printed)
        : null;
}
