namespace KmsgOom;

/// <summary>A wall-clock time as the log printed it.</summary>
/// <param name="DateTime">The printed date and time; its kind is <see cref="DateTimeKind.Unspecified"/>.</param>
/// <param name="Offset">The printed distance to UTC; null where the log had no zone.</param>
/// <param name="Source">How far the log printed it.</param>
public readonly record struct OomTimestamp(DateTime DateTime, TimeSpan? Offset, OomTimeSource Source)
{
    /// <summary>Gets the time in ISO 8601, with <c>Z</c> or an offset only where the log had one.</summary>
    public override string ToString()
    {
        string format = DateTime.Ticks % TimeSpan.TicksPerSecond == 0 ? "s" : "yyyy-MM-dd'T'HH:mm:ss.ffffff";
        string text = DateTime.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
        if (Offset is not { } offset)
        {
            return text;
        }

        return offset == TimeSpan.Zero
            ? text + "Z"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{text}{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
    }
}
