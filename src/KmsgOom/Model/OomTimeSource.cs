namespace KmsgOom;

/// <summary>Tells how much of a wall-clock time the log printed.</summary>
public enum OomTimeSource : byte
{
    /// <summary>The log printed all of it.</summary>
    Printed,

    /// <summary>The log printed no year; it was inferred from <see cref="OomParserOptions.LogDate"/>.</summary>
    YearInferred,

    /// <summary>Uptime plus a boot time found in the log.</summary>
    Boot,
}
