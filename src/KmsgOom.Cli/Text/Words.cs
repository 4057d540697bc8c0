using System.Globalization;
using System.Text.RegularExpressions;

namespace KmsgOom.Cli.Text;

/// <summary>The words that several parts of the report share.</summary>
internal static partial class Words
{
    /// <summary>A blank at which no line is broken; <see cref="Screen"/> turns it into an ordinary one.</summary>
    public const char Glue = '\u00a0';

    public static string Task(TaskName name, int pid) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrintableText.OfName(name)} (pid{Glue}{pid})");

    public static string Count(long number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    public static string Fact(string name, long number) => string.Create(CultureInfo.InvariantCulture, $"{name}{Glue}{number}");

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan uptime) =>
        string.Create(CultureInfo.InvariantCulture, $"{uptime.Ticks / (decimal)TimeSpan.TicksPerSecond:F6} s");

    /// <summary>Keeps each number and its unit on one line.</summary>
    public static string GlueUnits(string text) => NumberAndUnit().Replace(text, Glue.ToString());

    [GeneratedRegex("(?<=[0-9]) (?=%|[KMGTPE]iB)", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAndUnit();
}
