using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>The words that several parts of the report share.</summary>
internal static class Words
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
}
