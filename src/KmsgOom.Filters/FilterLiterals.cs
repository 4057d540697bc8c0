using System.Globalization;

namespace KmsgOom.Filters;

/// <summary>Reads values as the field they are compared with wants them.</summary>
internal static class FilterLiterals
{
    public static Int128? Read(FilterKind kind, string text) => kind switch
    {
        FilterKind.Number => Scale(text, static unit => unit.Length == 0 ? 1 : null),
        FilterKind.Size => Scale(text, SizeOf),
        FilterKind.Duration => Scale(text, TicksOf),
        FilterKind.Time => ReadTime(text),
        FilterKind.Flag => text switch { "true" or "yes" or "1" => 1, "false" or "no" or "0" => 0, _ => (Int128?)null },
        _ => null,
    };

    public static string Describe(FilterKind kind) => kind switch
    {
        FilterKind.Number => "a number, such as 3 or -998",
        FilterKind.Size => "a size, such as 4096, 64KiB or 1.5GiB",
        FilterKind.Duration => "a span of time, such as 90s, 5m, 2h or 1d",
        FilterKind.Time => "a time, such as 2026-01-31 or 2026-01-31T12:00:00Z",
        FilterKind.Flag => "true or false",
        _ => "a text",
    };

    private static Int128? Scale(string text, Func<string, decimal?> unitOf)
    {
        int end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1]))
        {
            end--;
        }

        return unitOf(text[end..]) is { } unit
            && decimal.TryParse(text.AsSpan(0, end), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && Math.Abs(number) < decimal.MaxValue / unit
            ? (Int128)decimal.Round(number * unit)
            : null;
    }

    private static decimal? SizeOf(string unit) => unit switch
    {
        "" or "B" => 1,
        "kB" or "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "TB" => 1_000_000_000_000,
        "K" or "Ki" or "KiB" => 1L << 10,
        "M" or "Mi" or "MiB" => 1L << 20,
        "G" or "Gi" or "GiB" => 1L << 30,
        "T" or "Ti" or "TiB" => 1L << 40,
        _ => null,
    };

    private static decimal? TicksOf(string unit) => unit switch
    {
        "ms" => TimeSpan.TicksPerMillisecond,
        "" or "s" => TimeSpan.TicksPerSecond,
        "m" or "min" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        "d" => TimeSpan.TicksPerDay,
        _ => null,
    };

    /// <summary>Tells whether a time has no zone: it is the clock as the log has it, and no moment.</summary>
    public static bool IsWall(FilterKind kind, string text) => kind == FilterKind.Time && ReadWall(text) is not null;

    private static Int128? ReadTime(string text)
    {
        if (ReadWall(text) is { } wall)
        {
            return wall;
        }

        string[] formats = ["yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm'Z'", "yyyy-MM-ddTHH:mm:ss'Z'"];
        return DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment.UtcTicks
            : null;
    }

    private static Int128? ReadWall(string text)
    {
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
        return DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime wall) ? wall.Ticks : null;
    }
}
