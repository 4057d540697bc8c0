using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The wrappers that the writer knows.</summary>
internal static class Wrappers
{
    public const string Host = "node7";

    private static readonly DateTime Boot = new(2026, 11, 20, 9, 58, 0);

    public static readonly string[] Levels = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];

    public static Wrapper[] All { get; } =
    [
        Repeated("bare", (_, _) => "") with { HasUptime = false },
        Repeated("console", (record, _) => Stamp(record)) with { TakesNewline = true },
        Repeated("dmesg-S", (record, _) => Invariant($"<{record.Level}>{Stamp(record)}")) with { TakesNewline = true },
        Repeated("caller", (record, _) => Stamp(record)[..^1] + "[  T123] ") with { TakesNewline = true },
        new("kmsg", (record, _, sequence) => Invariant($"{record.Level},{sequence},{record.Microseconds},-;{Escape(record.Text, '\\')}\n"))
        {
            HasUptime = true,
            TakesAnyByte = true,
            TakesNewline = true,
        },
        Indented("dmesg", Stamp),
        Indented("dmesg-r", record => Invariant($"<{record.Level}>{Stamp(record)}")),
        Indented("dmesg-x", record => Invariant($"kern  :{Levels[record.Level],-6}: {Stamp(record)}")),
        Indented("dmesg-T", Ctime) with { HasUptime = false, TimeOf = PrintedSeconds },
        Indented("dmesg-iso", record => At(record, "yyyy-MM-ddTHH:mm:ss,ffffff") + "+00:00 ") with
        {
            HasUptime = false,
            TimeOf = Zulu,
        },
        Logger("rfc3164", (record, host) => $"{Rfc3164(record)} {host} kernel: ", Inferred),
        Logger("rfc3164-stamp", (record, host) => $"{Rfc3164(record)} {host} kernel: {Stamp(record)}", Inferred) with { HasUptime = true },
        Logger("rfc3339", (record, host) => $"{Rfc3339(record)} {host} kernel: {Stamp(record)}", Zulu) with { HasUptime = true },
        Logger("rfc5424", (record, host) => Invariant($"<{record.Level}>1 ") + $"{Rfc3339(record)} {host} kernel - - - ", Zulu),
        Journal("journal-short", (record, host) => $"{Rfc3164(record)} {host} kernel: ", Inferred),
        Journal("journal-short-iso", (record, host) => At(record, "yyyy-MM-ddTHH:mm:ss") + $"+0000 {host} kernel: ", ZuluSeconds),
        Journal("journal-short-monotonic", (record, host) => Stamp(record) + $"{host} kernel: ", _ => null) with { HasUptime = true },
        new("journal-json", (record, host, _) => JournalJson(record, host))
        {
            HasUptime = true,
            Host = Host,
            TakesAnyByte = true,
            TakesNewline = true,
            TimeOf = Zulu,
        },
        .. RareWrappers.All,
        .. PassedOnWrappers.All,
        .. DmesgWrappers.All,
        .. JournalWrappers.All,
        .. SyslogWrappers.All,
        .. CollectorWrappers.All,
        .. PastedWrappers.All,
        new("docker-json", (record, _, _) => Docker(record)) { HasUptime = true, TimeOf = Zulu },
    ];

    public static Wrapper Find(string name) => All.Single(wrapper => wrapper.Name == name);

    public static Wrapper Repeated(string name, Func<WrittenRecord, string, string> prefix, string end = "\n") => new(
        name, (record, host, _) => string.Concat(record.Text.Split('\n').Select(line => prefix(record, host) + line + end)))
    {
        HasUptime = true,
        TakesAnyByte = true,
    };

    public static Wrapper Indented(string name, Func<WrittenRecord, string> prefix) => new(
        name, (record, _, _) => prefix(record) + EscapeLines(record.Text).Replace("\n", "\n" + new string(' ', prefix(record).Length), StringComparison.Ordinal) + "\n")
    {
        HasUptime = true,
        TakesAnyByte = true,
        TakesNewline = true,
    };

    public static Wrapper Logger(string name, Func<WrittenRecord, string, string> prefix, Func<long, OomTimestamp?> timeOf) =>
        Repeated(name, prefix) with { HasUptime = false, Host = Host, TakesAnyByte = false, TimeOf = timeOf };

    public static Wrapper Journal(string name, Func<WrittenRecord, string, string> prefix, Func<long, OomTimestamp?> timeOf) => new(
        name, (record, host, _) => prefix(record, host) + record.Text.Replace("\n", "\n" + new string(' ', prefix(record, host).Length), StringComparison.Ordinal) + "\n")
    {
        Host = Host,
        TakesNewline = true,
        TimeOf = timeOf,
    };

    public static DateTime Micros(long at) => Boot.AddTicks(at * TimeSpan.TicksPerMicrosecond);

    public static DateTime Seconds(long at) => Micros(at - (at % 1_000_000));

    public static DateTime Clock(WrittenRecord record) => Micros(record.Microseconds);

    public static OomTimestamp? Inferred(long at) => new OomTimestamp(Seconds(at), null, OomTimeSource.YearInferred);

    public static OomTimestamp? Zulu(long at) => new OomTimestamp(Micros(at), TimeSpan.Zero, OomTimeSource.Printed);

    public static OomTimestamp? ZuluSeconds(long at) => new OomTimestamp(Seconds(at), TimeSpan.Zero, OomTimeSource.Printed);

    public static OomTimestamp? PrintedSeconds(long at) => new OomTimestamp(Seconds(at), null, OomTimeSource.Printed);

    public static long Realtime(WrittenRecord record) => (Clock(record) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static string At(WrittenRecord record, string format) => Clock(record).ToString(format, CultureInfo.InvariantCulture);

    public static string Rfc3164(WrittenRecord record) => At(record, "MMM ") + Invariant($"{Clock(record).Day,2} ") + At(record, "HH:mm:ss");

    public static string Rfc3339(WrittenRecord record) => At(record, "yyyy-MM-ddTHH:mm:ss.ffffff") + "+00:00";

    public static string Ctime(WrittenRecord record) => At(record, "'['ddd MMM ") + Invariant($"{Clock(record).Day,2} ") + At(record, "HH:mm:ss yyyy'] '");

    public static string Stamp(WrittenRecord record) => Invariant($"[{record.Microseconds / 1_000_000,5}.{record.Microseconds % 1_000_000:000000}] ");

    /// <summary>Escapes what dmesg finds not printable; newlines begin a new line.</summary>
    public static string EscapeLines(string text) => string.Join('\n', text.Split('\n').Select(line => Escape(line, null)));

    private static string Escape(string text, char? escape) =>
        string.Concat(text.Select(letter => letter < 0x20 || letter >= 0x7f || letter == escape ? Invariant($"\\x{(int)letter:x2}") : letter.ToString()));

    private static string JournalJson(WrittenRecord record, string host)
    {
        string message = IsUtf8(record.Text)
            ? Quote(record.Text)
            : "[" + string.Join(',', record.Text.Select(letter => ((int)letter).ToString(CultureInfo.InvariantCulture))) + "]";
        return Invariant($"{{\"_HOSTNAME\":\"{host}\",\"PRIORITY\":\"{record.Level}\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":{message},")
            + Invariant($"\"_SOURCE_MONOTONIC_TIMESTAMP\":\"{record.Microseconds}\",\"__REALTIME_TIMESTAMP\":\"{Realtime(record)}\"}}\n");
    }

    private static string Docker(WrittenRecord record) => string.Concat(record.Text.Split('\n').Select(line =>
        $"{{\"log\":{Quote(Stamp(record) + line + "\n")},\"stream\":\"stdout\",\"time\":\"{At(record, "yyyy-MM-ddTHH:mm:ss.ffffff")}Z\"}}\n"));

    public static string Quote(string text) =>
        "\"" + string.Concat(text.Select(letter => letter switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            < ' ' => Invariant($"\\u{(int)letter:x4}"),
            _ => letter.ToString(),
        })) + "\"";

    public static bool IsUtf8(string text) => System.Text.Unicode.Utf8.IsValid(Encoding.Latin1.GetBytes(text));
}
