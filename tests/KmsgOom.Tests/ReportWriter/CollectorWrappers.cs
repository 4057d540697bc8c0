using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>What CI systems, phones, hypervisors and clouds put before the lines of a console (reference, section 11.3).</summary>
internal static class CollectorWrappers
{
    public static IEnumerable<Wrapper> All =>
    [
        Timed("clock", record => Wrappers.At(record, "HH:mm:ss "), _ => null),
        Timed("vmware-old", record => Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.fff'Z| vcpu-5| I125: Guest: '"), ZuluMillis),
        Timed("logcat-month", record => Wrappers.At(record, "MM-dd HH:mm:ss.fff'     0     0 W kernel  : '"), at => new OomTimestamp(Millis(at), null, OomTimeSource.YearInferred)),
        Timed("svlogd", record => Wrappers.At(record, "yyyy-MM-dd_HH:mm:ss.fffff' kern.info: '"), at => new OomTimestamp(Wrappers.Micros(at - (at % 10)), null, OomTimeSource.Printed)),
        Timed("priority-bar", record => Invariant($"{record.Level}|"), _ => null),
        Json("json-syslog", (record, line) => $"\"timestamp\":\"{Zulu(record)}\",\"message\":{Wrappers.Quote($"{Wrappers.Rfc3164(record)} {Wrappers.Host} kernel: {Wrappers.Stamp(record)}{line}")}") with
        {
            Host = Wrappers.Host,
            TimeOf = Wrappers.Inferred,
        },

        // A shipper of the journal keeps the record whole.
        new("json-MESSAGE", (record, host, _) => $"{{\"timestamp\":\"{Zulu(record)}\",\"_HOSTNAME\":\"{host}\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":{Wrappers.Quote(record.Text)}}}\n")
        {
            Host = Wrappers.Host,
            TakesNewline = true,
            TimeOf = Wrappers.Zulu,
        },
    ];

    /// <summary>Lines of a console behind a time; such logs are text, so no name has bytes that are none.</summary>
    private static Wrapper Timed(string name, Func<WrittenRecord, string> prefix, Func<long, OomTimestamp?> timeOf) =>
        Wrappers.Repeated(name, (record, _) => prefix(record) + Wrappers.Stamp(record)) with { TakesAnyByte = false, TimeOf = timeOf };

    private static Wrapper Json(string name, Func<WrittenRecord, string, string> members) =>
        new(name, (record, _, _) => string.Concat(record.Text.Split('\n').Select(line => "{" + members(record, line) + "}\n"))) { HasUptime = true, TimeOf = Wrappers.Zulu };

    private static string Zulu(WrittenRecord record) => Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff'Z'");

    private static DateTime Millis(long at) => Wrappers.Micros(at - (at % 1000));

    private static OomTimestamp? ZuluMillis(long at) => new OomTimestamp(Millis(at), TimeSpan.Zero, OomTimeSource.Printed);
}
