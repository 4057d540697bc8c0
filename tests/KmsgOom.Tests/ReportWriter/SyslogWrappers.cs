using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>Streams that rsyslog forwards, serial lines, and newlines that a logger writes as an escape (reference, section 11.3; traps 2 and 17).</summary>
internal static class SyslogWrappers
{
    public static IEnumerable<Wrapper> All =>
    [
        // Nothing stands between two messages.
        Wrappers.Repeated("forward", (record, host) => Invariant($"<{record.Level}>{Wrappers.Rfc3339(record)} {host} kernel: {Wrappers.Stamp(record)}"), "") with
        {
            Host = Wrappers.Host,
            TakesAnyByte = false,
            TimeOf = Wrappers.Zulu,
        },
        Wrappers.Repeated("serial-twice", (record, _) => Wrappers.Stamp(record), "\r\r\n") with { TakesNewline = true },

        Escaped("newline-octal", record => $"{Wrappers.Rfc3164(record)} {Wrappers.Host} kernel: ", "#012") with { Host = Wrappers.Host, TimeOf = Wrappers.Inferred },
        Escaped("newline-hex", Wrappers.Stamp, "\\x0a") with { HasUptime = true },
        Escaped("newline-backslash", Wrappers.Stamp, "\\n") with { HasUptime = true },
    ];

    private static Wrapper Escaped(string name, Func<WrittenRecord, string> prefix, string newline) =>
        new(name, (record, _, _) => prefix(record) + record.Text.Replace("\n", newline, StringComparison.Ordinal) + "\n");
}
