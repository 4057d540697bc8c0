using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A title, values, or both.</summary>
/// <remarks>
/// <c>HasTitle</c>: starts with "Memory cgroup stats".<br/>
/// <c>Path</c>: null on lines without title, and where the path was too long to print (3.9 to 3.14).<br/>
/// <c>Values</c>: KiB with the unit "KB" up to 5.2; bytes or counts without unit later.<br/>
/// <c>Fragment</c>: the piece of a line at which the console cut a record of many lines.
/// </remarks>
internal sealed record MemcgStats(bool HasTitle, string? Path, IReadOnlyList<Counter> Values, string? Fragment);

/// <summary>Format reference, sections 3.3 and 3.4; <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_meminfo()</c>.</summary>
internal static class MemcgStatsGrammar
{
    private static readonly Parser<char, string> Key = Parser<char>.Token(key => key is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))
        .AtLeastOnceString();

    // 3.9 to 5.2: " %s:%luKB" for each value, on the line of the title; a pr_cont that came late has no title
    private static readonly Parser<char, Counter> OldValue =
        from key in Key
        from value in Char(':').Then(Number).Before(Words("KB"))
        select new Counter(key, value, "KB");

    private static readonly Parser<char, IReadOnlyList<Counter>> OldValues =
        Char(' ').Then(OldValue).Many().Select(values => (IReadOnlyList<Counter>)[.. values]);

    // "Memory cgroup stats for %s:", or "Memory cgroup stats:"
    private static readonly Parser<char, MemcgStats> Titled =
        from found in Words("Memory cgroup stats for ").Then(LongestBefore(Char(':').Then(OldValues)))
        select new MemcgStats(true, found.Text, found.Tail, null);

    private static readonly Parser<char, MemcgStats> TitledWithoutPath =
        Words("Memory cgroup stats:").Then(OldValues).Select(values => new MemcgStats(true, null, values, null));

    private static readonly Parser<char, MemcgStats> OldValuesOnly =
        from values in OldValues.Before(Parser<char>.End)
        where values.Count > 0
        select new MemcgStats(false, null, values, null);

    // "%s %llu\n": a record each since 6.5, all of them in one record from 5.3 to 6.4
    private static readonly Parser<char, Counter> Value =
        from key in Key
        from value in Char(' ').Then(Number)
        select new Counter(key, value, null);

    private static readonly Parser<char, Counter> ValueOfLine = Try(Value.Before(Lookahead(Parser<char>.End.Or(Char('\n').IgnoreResult()))));

    private static readonly Parser<char, MemcgStats> Lines =
        from values in ValueOfLine.SeparatedAtLeastOnce(Try(Char('\n').Before(Lookahead(ValueOfLine))))
        from fragment in OrNull(Char('\n').Then(Key.Before(Char(' ').Optional())))
        from newline in Char('\n').Optional()
        select new MemcgStats(false, null, [.. values], fragment);

    public static MemcgStats? TryParse(string message) =>
        OneOf(Try(Titled), TitledWithoutPath, Try(OldValuesOnly), Lines).ReadWhole(message);
}
