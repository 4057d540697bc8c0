using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Turns the values that occur everywhere back into the model's.</summary>
internal static class ValueReading
{
    private const int BytesPerKiB = 1024;

    public static T Require<T>([NotNull] T? value, string name)
        where T : class => value ?? throw Missing(name);

    public static T Require<T>([NotNull] T? value, string name)
        where T : struct => value ?? throw Missing(name);

    /// <summary>Gets a list; empty where it is absent.</summary>
    public static T[] Elements<T>(T[]? values, string name)
        where T : class
    {
        if (values is null)
        {
            return [];
        }

        return Array.IndexOf(values, null) < 0 ? values : throw new JsonException($"{name}: holds a null.");
    }

    public static ImmutableArray<string> Texts(string[]? texts, string name) => ImmutableCollectionsMarshal.AsImmutableArray(Elements(texts, name));

    public static TaskName Name(string? comm)
    {
        string text = Require(comm, "comm");
        return new TaskName(Encoding.UTF8.GetBytes(text));
    }

    public static long KiB(decimal bytes, string name) => Units(bytes, BytesPerKiB, name);

    public static long? KiB(decimal? bytes, string name) => bytes is { } present ? KiB(present, name) : null;

    public static long Pages(decimal bytes, int pageSize, string name) => Units(bytes, pageSize, name);

    public static long? Pages(decimal? bytes, int pageSize, string name) => bytes is { } present ? Pages(present, pageSize, name) : null;

    public static TimeSpan? Uptime(decimal? seconds)
    {
        if (seconds is not { } present)
        {
            return null;
        }

        const decimal Most = long.MaxValue / (decimal)TimeSpan.TicksPerSecond;
        const decimal Least = long.MinValue / (decimal)TimeSpan.TicksPerSecond;
        return present is >= Least and <= Most
            ? new TimeSpan((long)(present * TimeSpan.TicksPerSecond))
            : throw new JsonException("uptime_seconds: out of range.");
    }

    public static OomTimestamp? Time(string? text, string? source)
    {
        if (text is null)
        {
            return null;
        }

        int end = text.Length;
        TimeSpan? offset = null;
        if (text.EndsWith('Z'))
        {
            end--;
            offset = TimeSpan.Zero;
        }
        else if (text is [.., '+' or '-', _, _, ':', _, _])
        {
            end -= "+hh:mm".Length;
            offset = Offset(text.AsSpan(end));
        }

        // The kind stays unspecified: a printed time without a zone is nobody's local time.
        return DateTime.TryParseExact(
            text.AsSpan(0, end), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? new OomTimestamp(time, offset, source is null ? OomTimeSource.Printed : (OomTimeSource)Words.TimeSources.Find(source))
            : throw BadTime();
    }

    public static OomSections Sections(string[]? words)
    {
        OomSections sections = OomSections.None;
        foreach (string? word in words ?? [])
        {
            sections |= (OomSections)(1 << Words.Sections.Find(word));
        }

        return sections;
    }

    private static TimeSpan Offset(ReadOnlySpan<char> text) =>
        TimeSpan.TryParseExact(text[1..], "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan offset)
            ? (text[0] == '-' ? -offset : offset)
            : throw BadTime();

    private static long Units(decimal bytes, int unit, string name) =>
        bytes % unit == 0 && bytes / unit is >= long.MinValue and <= long.MaxValue and decimal count
            ? (long)count
            : throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"{name}: {bytes} is not a 64-bit number of {unit} bytes each."));

    private static JsonException BadTime() => new("time: is not of the form yyyy-MM-ddTHH:mm:ss[.ffffff][Z|+hh:mm|-hh:mm].");

    private static JsonException Missing(string name) => new($"{name}: is missing.");
}
