using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>Times and their lengths for a person.</summary>
internal static class Spans
{
    public static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} days"),
    };

    public static string Clock(OomTimestamp time) => time.DateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Gets the zone behind a clock; empty where the log has none.</summary>
    public static string Zone(OomTimestamp time) => time.Offset is null ? "" : time.Offset == TimeSpan.Zero ? " UTC" : $" {time.ToString()[^6..]}";
}
