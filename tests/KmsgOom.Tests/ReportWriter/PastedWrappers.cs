namespace KmsgOom.Tests.ReportWriter;

/// <summary>What mails, tickets, web pages and source code make of the lines of a console ("From reports people posted" in the list of traps).</summary>
internal static class PastedWrappers
{
    public static IEnumerable<Wrapper> All =>
    [
        Marked("mail-thrice", "> > >", ""),
        Marked("bar", "| ", ""),
        Marked("tab", "\t", ""),
        Marked("list-star", "* ", ""),
        Marked("backticks", "`", "`"),
        Marked("python-strings", "    '", "\\n',"),

        Page("html-p", line => $"<p>{Encode(line)}</p>"),
        Page("html-br", line => $"<br>{Encode(line)}"),
        Wrappers.Repeated("mail-syslog", (record, host) => $"> {Wrappers.Rfc3164(record)} {host} kernel: ") with
        {
            HasUptime = false,
            Host = Wrappers.Host,
            TakesAnyByte = false,
            TimeOf = Wrappers.Inferred,
        },
    ];

    private static Wrapper Marked(string name, string before, string after) => Wrappers.Repeated(name, (record, _) => before + Wrappers.Stamp(record), after + "\n") with { TakesAnyByte = false };

    private static Wrapper Page(string name, Func<string, string> mark) =>
        new(name, (record, _, _) => string.Concat(record.Text.Split('\n').Select(line => mark(Wrappers.Stamp(record) + line) + "\n"))) { HasUptime = true };

    private static string Encode(string line) => line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
}
