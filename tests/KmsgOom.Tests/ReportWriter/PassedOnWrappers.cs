using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>What containers, CI systems, guests, phones, collectors and people put around a console's line, which keeps its stamp beneath.</summary>
internal static class PassedOnWrappers
{
    private static readonly string[] FrenchMonths = ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

    public static IEnumerable<Wrapper> All =>
    [
        Passed("github", (line, record) => Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff") + $"0Z {line}", Wrappers.Zulu),
        Passed("gitlab", (line, record) => Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff") + $"Z 00O {line}", Wrappers.Zulu),
        Passed("jenkins", (line, record) => Wrappers.At(record, "'['yyyy-MM-ddTHH:mm:ss.fff") + $"Z] {line}", Millis),
        Passed("buildkite", (line, record) => Invariant($"\u001b_bk;t={(Wrappers.Clock(record) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond}\u0007{line}"), Millis),
        Passed("vmware", (line, record) => Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.fff") + $"Z In(05) vcpu-5 - Guest: <6>{line}", Millis),
        Passed("logcat", (line, record) => Wrappers.At(record, "yyyy-MM-dd HH:mm:ss.fff") + $"     0     0 W kernel  : {line}", at => Millis(at)!.Value with { Offset = null }),
        Passed("logcat-brief", (line, _) => $"W/kernel  (    0): {line}", _ => null),
        Passed("html", (line, record) => Encode(Invariant($"<{record.Level}>{line}")), _ => null),
        Passed("html-lines", (line, _) => $"<span class=\"line\">{Encode(line)}</span>", _ => null),
        Passed("quoted", (line, _) => $"> {line}", _ => null),
        Passed("quoted-twice", (line, _) => $">> {line}", _ => null),
        Passed("indented", (line, _) => $"    {line}", _ => null),
        Passed("list", (line, _) => $"- {line}", _ => null),
        Passed("go-strings", (line, _) => $"\t\t\"{line}\",", _ => null),
        Passed("no-break-spaces", (line, _) => $"\u00c2\u00a0\u00c2\u00a0{line}", _ => null),
        Passed("collector", (line, _) => $"level=info component=guest7 {line}", _ => null),
        new("grep", (record, host, _) => Lines(record, line => $"/var/log/messages-20261123:{Wrappers.Rfc3164(record)} {host} kernel: {Wrappers.Stamp(record)}{line}"))
        {
            HasUptime = true,
            Host = Wrappers.Host,
            TimeOf = Wrappers.Inferred,
        },
        new("cat-number", (record, host, _) => Lines(record, line => $"    12\t{Wrappers.Rfc3164(record)} {host} kernel: {line}")) { Host = Wrappers.Host, TimeOf = Wrappers.Inferred },
        Passed("cloud-text", (line, record) => $"{{\"textPayload\":{Wrappers.Quote(line)},\"timestamp\":\"{Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff")}Z\"}}", Wrappers.Zulu),
        Passed("cloud-nested", (line, record) => $"{{\"jsonPayload\":{{\"message\":{Wrappers.Quote(line)}}},\"timestamp\":\"{Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff")}Z\"}}", Wrappers.Zulu),
        Passed("cloud-message", (line, record) => $"{{\"timestamp\":\"{Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff")}Z\",\"message\":{Wrappers.Quote(line)}}}", Wrappers.Zulu),
        Wrappers.Repeated("crlf", (record, _) => Wrappers.Stamp(record)) with { Render = (record, _, _) => Lines(record, line => Wrappers.Stamp(record) + line + "\r") },
        Wrappers.Repeated("caller-cpu", (record, _) => Wrappers.Stamp(record)[..^1] + "[    C0] ") with { TakesNewline = true },
        Wrappers.Repeated("busybox-r", (record, _) => Invariant($"<{record.Level}>{Wrappers.Stamp(record)}")) with { TakesNewline = true },
        Wrappers.Indented("dmesg-delta", record => Invariant($"[<{record.Microseconds / 1_000_000 % 1000,5}.{record.Microseconds % 1_000_000:000000}>] ")) with { HasUptime = false },
        Wrappers.Indented("dmesg-reltime", record => Invariant($"[  +0.{record.Microseconds % 1_000_000:000000}] ")) with { HasUptime = false },
        Wrappers.Indented("dmesg-T-french", French) with { HasUptime = false, TimeOf = at => new OomTimestamp(Wrappers.Seconds(at), null, OomTimeSource.Printed) },
        new("dmesg-color", (record, _, _) => Coloured(record)) { HasUptime = true, TakesNewline = true },
        Wrappers.Journal("journal-short-iso-precise", (record, host) => Wrappers.At(record, "yyyy-MM-ddTHH:mm:ss.ffffff") + $"+0000 {host} kernel: ", Wrappers.Zulu),
        Wrappers.Journal("journal-with-unit", (record, host) => Wrappers.At(record, "ddd yyyy-MM-dd HH:mm:ss 'UTC'") + $" {host} kernel: ", at => new OomTimestamp(Wrappers.Seconds(at), TimeSpan.Zero, OomTimeSource.Printed)),
        new("journal-json-pretty", (record, host, _) => Pretty(record, host)) { HasUptime = true, Host = Wrappers.Host, TakesNewline = true, TimeOf = Wrappers.Zulu },
        new("forwarded", (record, host, _) => Lines(record, line => Invariant($"<{record.Level}>{Wrappers.Rfc3164(record)} {host} kernel: {Wrappers.Stamp(record)}{line}")).Replace("\n", "", StringComparison.Ordinal))
        {
            HasUptime = true,
            Host = Wrappers.Host,
            TimeOf = Wrappers.Inferred,
        },
        new("escaped-newlines", (record, host, _) => $"{Wrappers.Rfc3164(record)} {host} kernel: {Wrappers.Stamp(record)}{record.Text.Replace("\n", "#012", StringComparison.Ordinal)}\n")
        {
            HasUptime = true,
            Host = Wrappers.Host,
            TimeOf = Wrappers.Inferred,
        },
    ];

    private static Wrapper Passed(string name, Func<string, WrittenRecord, string> wrap, Func<long, OomTimestamp?> timeOf) =>
        new(name, (record, _, _) => Lines(record, line => wrap(Wrappers.Stamp(record) + line, record))) { HasUptime = true, TimeOf = timeOf };

    private static string Lines(WrittenRecord record, Func<string, string> wrap) => string.Concat(record.Text.Split('\n').Select(line => wrap(line) + "\n"));

    private static OomTimestamp? Millis(long at) => new OomTimestamp(Wrappers.Micros(at - (at % 1000)), TimeSpan.Zero, OomTimeSource.Printed);

    private static string French(WrittenRecord record) =>
        Latin1(Invariant($"[ven. {FrenchMonths[Wrappers.Clock(record).Month - 1]} {Wrappers.Clock(record).Day,2} ")) + Wrappers.At(record, "HH:mm:ss yyyy'] '");

    private static string Latin1(string text) => System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Coloured(WrittenRecord record)
    {
        string stamp = Wrappers.Stamp(record);
        string[] lines = record.Text.Split('\n');
        return $"\u001b[32m{stamp}\u001b[0m{lines[0]}\n" + string.Concat(lines.Skip(1).Select(line => new string(' ', stamp.Length) + line + "\n"));
    }

    private static string Pretty(WrittenRecord record, string host)
    {
        long realtime = (Wrappers.Clock(record) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return Invariant($"{{\n\t\"_HOSTNAME\" : \"{host}\",\n\t\"PRIORITY\" : \"{record.Level}\",\n\t\"SYSLOG_IDENTIFIER\" : \"kernel\",\n\t\"_TRANSPORT\" : \"kernel\",\n")
            + Invariant($"\t\"MESSAGE\" : {Wrappers.Quote(record.Text)},\n\t\"_SOURCE_MONOTONIC_TIMESTAMP\" : \"{record.Microseconds}\",\n\t\"__REALTIME_TIMESTAMP\" : \"{realtime}\"\n}}\n");
    }

    private static string Encode(string line) => line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
