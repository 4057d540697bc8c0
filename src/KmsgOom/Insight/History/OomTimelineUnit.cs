namespace KmsgOom;

/// <summary>How long a bucket of <see cref="OomTimeline"/> is.</summary>
public enum OomTimelineUnit : byte
{
    /// <summary>A minute.</summary>
    Minute,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week that begins on Monday.</summary>
    Week,

    /// <summary>A month of the calendar.</summary>
    Month,

    /// <summary>A year of the calendar.</summary>
    Year,

    /// <summary>A hundred years: only a log with broken dates comes to it.</summary>
    Century,
}
