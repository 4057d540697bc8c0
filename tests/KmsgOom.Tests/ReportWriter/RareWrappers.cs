using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>Wrappers whose records take several lines, and those that fewer logs have.</summary>
internal static class RareWrappers
{
    public static IEnumerable<Wrapper> All =>
    [
        Wrappers.Indented("dmesg-Tx", record => DmesgWrappers.Facility(record) + Wrappers.Ctime(record)) with { HasUptime = false, TimeOf = Wrappers.PrintedSeconds },
        new("dmesg-json", (record, _, _) => DmesgJson(record))
        {
            HasUptime = true,
            TakesAnyByte = true,
            TakesNewline = true,
            Frame = ("{\n   \"dmesg\": [\n      {\n", "      },{\n", "      }\n   ]\n}\n"),
        },
        Wrappers.Journal("journal-short-precise", (record, host) => Wrappers.Rfc3164(record) + Wrappers.At(record, "'.'ffffff") + $" {host} kernel: ", InferredMicros),
        Wrappers.Journal("journal-short-full", (record, host) => Wrappers.At(record, "ddd yyyy-MM-dd HH:mm:ss 'UTC'") + $" {host} kernel: ", Wrappers.ZuluSeconds),
        Wrappers.Journal("journal-short-unix", (record, host) => Unix(record) + $" {host} kernel: ", Wrappers.Zulu),
        new("journal-export", (record, host, _) => Export(record, host)) { HasUptime = true, Host = Wrappers.Host, TakesAnyByte = true, TakesNewline = true, TimeOf = Wrappers.Zulu },
        new("journal-verbose", (record, host, _) => Verbose(record, host)) { HasUptime = true, Host = Wrappers.Host, TakesNewline = true, TimeOf = Wrappers.Zulu },
        Wrappers.Repeated("cri", (record, _) => Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff") + "123Z stdout F " + Wrappers.Stamp(record)) with { TakesAnyByte = false, TimeOf = Wrappers.Zulu },
        new("octet-counted", (record, host, _) => string.Concat(record.Text.Split('\n').Select(line => Counted(record, host, line))))
        {
            HasUptime = true,
            Host = Wrappers.Host,
            TimeOf = Wrappers.Zulu,
        },
    ];

    private static OomTimestamp? InferredMicros(long at) => new OomTimestamp(Wrappers.Micros(at), null, OomTimeSource.YearInferred);

    private static string Unix(WrittenRecord record) => Invariant($"{Wrappers.Realtime(record) / 1_000_000}.{Wrappers.Realtime(record) % 1_000_000:000000}");

    private static string DmesgJson(WrittenRecord record) =>
        Invariant($"         \"pri\": {record.Level},\n         \"time\": {record.Microseconds / 1_000_000,5}.{record.Microseconds % 1_000_000:000000},\n")
        + $"         \"msg\": {Wrappers.Quote(record.Text)}\n";

    private static string Export(WrittenRecord record, string host)
    {
        bool isText = Wrappers.IsUtf8(record.Text) && record.Text.All(letter => letter >= ' ' || letter == '\t');
        string length = string.Concat(Enumerable.Range(0, 8).Select(at => (char)(((long)record.Text.Length >> (8 * at)) & 0xff)));
        string message = isText ? "MESSAGE=" + record.Text : "MESSAGE\n" + length + record.Text;
        return Invariant($"__CURSOR=s=8048;i={record.Microseconds:x}\n__REALTIME_TIMESTAMP={Wrappers.Realtime(record)}\n_TRANSPORT=kernel\nSYSLOG_IDENTIFIER=kernel\n_HOSTNAME={host}\n")
            + Invariant($"PRIORITY={record.Level}\n_SOURCE_MONOTONIC_TIMESTAMP={record.Microseconds}\n{message}\n\n");
    }

    private static string Verbose(WrittenRecord record, string host) =>
        Wrappers.At(record, "ddd yyyy-MM-dd HH:mm:ss.ffffff 'UTC'")
        + Invariant($" [s=8048;i={record.Microseconds:x}]\n    _TRANSPORT=kernel\n    SYSLOG_IDENTIFIER=kernel\n    _HOSTNAME={host}\n    PRIORITY={record.Level}\n")
        + Invariant($"    _SOURCE_MONOTONIC_TIMESTAMP={record.Microseconds}\n    MESSAGE={record.Text.Replace("\n", "\n            ", StringComparison.Ordinal)}\n");

    /// <summary>A frame of RFC 6587: its length before it, and nothing behind.</summary>
    private static string Counted(WrittenRecord record, string host, string line)
    {
        string frame = Invariant($"<{record.Level}>1 ") + Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff") + $"+00:00 {host} kernel - - - {Wrappers.Stamp(record)}{line}";
        return Invariant($"{frame.Length} {frame}");
    }
}
