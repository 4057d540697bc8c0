using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>What <c>journalctl -o</c> makes of a record (reference, section 11.3).</summary>
internal static class JournalWrappers
{
    public static IEnumerable<Wrapper> All =>
    [
        Wrappers.Journal("journal-no-hostname", (record, _) => $"{Wrappers.Rfc3164(record)} kernel: ", Wrappers.Inferred) with { Host = null },

        // Nothing but the text; a newline in a name is one in the log.
        Wrappers.Repeated("journal-cat", (_, _) => "") with { HasUptime = false, TakesAnyByte = false },
        BytesPretty("journal-json-pretty-bytes", ("[\n\t\t", ",\n\t\t", "\n\t]")),
        BytesPretty("journal-json-pretty-bytes-235", ("[ ", ", ", " ]")),
    ];

    /// <summary>Prints bytes that are no text a number each: a line each, or up to systemd 235 all on one line.</summary>
    private static Wrapper BytesPretty(string name, (string Open, string Between, string Close) array) => new(name, (record, host, _) =>
    {
        string message = Wrappers.IsUtf8(record.Text)
            ? Wrappers.Quote(record.Text)
            : array.Open + string.Join(array.Between, record.Text.Select(letter => Invariant($"{(int)letter}"))) + array.Close;
        return Invariant($"{{\n\t\"_HOSTNAME\" : \"{host}\",\n\t\"MESSAGE\" : {message},\n\t\"PRIORITY\" : \"{record.Level}\",\n\t\"SYSLOG_IDENTIFIER\" : \"kernel\",\n")
            + Invariant($"\t\"_SOURCE_MONOTONIC_TIMESTAMP\" : \"{record.Microseconds}\",\n\t\"__REALTIME_TIMESTAMP\" : \"{Wrappers.Realtime(record)}\"\n}}\n");
    })
    {
        HasUptime = true,
        Host = Wrappers.Host,
        TakesAnyByte = true,
        TakesNewline = true,
        TimeOf = Wrappers.Zulu,
    };
}
