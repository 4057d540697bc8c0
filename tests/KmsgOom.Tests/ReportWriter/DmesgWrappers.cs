using System.Globalization;
using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>What the options of <c>dmesg</c> make of a record (reference, section 11.2).</summary>
internal static class DmesgWrappers
{
    private const string Colour = "\e[32m";
    private const string SubsystemColour = "\e[33m";
    private const string EndOfColour = "\e[0m";

    /// <summary>Abbreviated days, Monday first, and Novembers as the C library has them.</summary>
    private static readonly (string Language, string Days, string November)[] Languages =
    [
        ("de", "Mo Di Mi Do Fr Sa So", "Nov"),
        ("es", "lun mar mi\u00c3\u00a9 jue vie s\u00c3\u00a1b dom", "nov"),
        ("it", "lun mar mer gio ven sab dom", "nov"),
        ("pl", "pon wto \u00c5\u009bro czw pi\u00c4\u0085 sob nie", "lis"),
        ("ja", "\u00e6\u009c\u0088 \u00e7\u0081\u00ab \u00e6\u00b0\u00b4 \u00e6\u009c\u00a8 \u00e9\u0087\u0091 \u00e5\u009c\u009f \u00e6\u0097\u00a5", "11\u00e6\u009c\u0088"),
    ];

    public static IEnumerable<Wrapper> All =>
    [
        Wrappers.Indented("dmesg-d", record => Wrappers.Stamp(record)[..^2] + " <    0.000007>] "),
        Wrappers.Indented("dmesg-Td", record => Wrappers.Ctime(record)[..^2] + " <    0.000007>] ") with { HasUptime = false, TimeOf = Wrappers.PrintedSeconds },

        new("dmesg-L", (record, _, _) => Coloured(record)) { HasUptime = true, TakesAnyByte = true, TakesNewline = true },
        .. Languages.Select(language => Wrappers.Indented("dmesg-T-" + language.Language, record => Local(record, language.Days, language.November)) with
        {
            HasUptime = false,
            TimeOf = Wrappers.PrintedSeconds,
        }),
        .. Callers,
    ];

    /// <summary>CONFIG_PRINTK_CALLER behind each stamp: glued to it by the kernel, behind a blank by <c>dmesg</c>.</summary>
    private static IEnumerable<Wrapper> Callers =>
    [
        Wrappers.Repeated("caller-alone", (_, _) => "[  T123] ") with { HasUptime = false },
        Wrappers.Repeated("caller-long", (record, _) => Wrappers.Stamp(record)[..^1] + "[T1234567] ") with { TakesNewline = true },
        Wrappers.Repeated("dmesg-S-caller", (record, _) => Invariant($"<{record.Level}>{Wrappers.Stamp(record)[..^1]}[  T123] ")) with { TakesNewline = true },
        Wrappers.Indented("dmesg-caller", record => Wrappers.Stamp(record) + "[    C0] "),
        Wrappers.Indented("dmesg-x-caller", record => Facility(record) + Wrappers.Stamp(record) + "[  T123] "),
        Wrappers.Indented("dmesg-d-caller", record => Wrappers.Stamp(record)[..^2] + " <    0.000007>] [  T123] "),
        Wrappers.Indented("dmesg-T-caller", record => Wrappers.Ctime(record) + "[  T123] ") with { HasUptime = false, TimeOf = Wrappers.PrintedSeconds },
        Wrappers.Indented("dmesg-iso-caller", record => Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss,ffffff") + "+00:00 [  T123] ") with { HasUptime = false, TimeOf = Wrappers.Zulu },
        Wrappers.Indented("dmesg-delta-caller", _ => "[<    0.000007>] [  T123] ") with { HasUptime = false },
        Wrappers.Logger("rfc3164-caller", (record, host) => $"{Wrappers.Rfc3164(record)} {host} kernel: {Wrappers.Stamp(record)[..^1]}[  T123] ", Wrappers.Inferred) with { HasUptime = true },
        Wrappers.Logger("rfc3339-caller", (record, host) => $"{Wrappers.Rfc3339(record)} {host} kernel: {Wrappers.Stamp(record)[..^1]}[    C0] ", Wrappers.Zulu) with { HasUptime = true },
    ];

    public static string Facility(WrittenRecord record) => Invariant($"kern  :{Wrappers.Levels[record.Level],-6}: ");

    private static string Local(WrittenRecord record, string days, string november)
    {
        DateTime clock = Wrappers.Clock(record);
        return $"[{days.Split(' ')[((int)clock.DayOfWeek + 6) % 7]} {november} {clock.Day,2} " + clock.ToString("HH:mm:ss yyyy'] '", CultureInfo.InvariantCulture);
    }

    /// <summary>Colours the stamp, what stands before the first colon and blank, and warnings and worse.</summary>
    private static string Coloured(WrittenRecord record)
    {
        string stamp = Wrappers.Stamp(record);
        string text = Wrappers.EscapeLines(record.Text);
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        string subsystem = colon < 0 ? "" : SubsystemColour + text[..(colon + 2)] + EndOfColour;
        string rest = text[(colon < 0 ? 0 : colon + 2)..];
        string message = record.Level switch { < 3 => $"\e[7;31m{rest}{EndOfColour}", 3 => $"\e[31m{rest}{EndOfColour}", 4 => $"\e[1m{rest}{EndOfColour}", _ => rest };
        return Colour + stamp + EndOfColour + (subsystem + message).Replace("\n", "\n" + new string(' ', stamp.Length), StringComparison.Ordinal) + "\n";
    }
}
