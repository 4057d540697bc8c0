using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>What a CPU keeps of a zone.</summary>
internal sealed record PerCpuLists(int Cpu, IReadOnlyList<OomPerCpuList> Lists);

/// <summary>Format reference, section 8.2; <c>mm/page_alloc.c</c>, <c>show_free_areas()</c>, up to 4.0.</summary>
internal static class PerCpuGrammar
{
    // "hi:%5d, btch:%4d usd:%4d"
    private static readonly Parser<char, OomPerCpuList> List =
        from high in Padded("hi:")
        from batch in Padded(", btch:")
        from used in Padded(" usd:")
        select new OomPerCpuList(OomPerCpuTemperature.Any, null, high, batch, used);

    // 2.6.19  "CPU %4d: Hot: hi:%5d, btch:%4d usd:%4d   Cold: hi:%5d, btch:%4d usd:%4d\n"
    private static readonly Parser<char, IReadOnlyList<OomPerCpuList>> Two =
        from hot in Words("Hot: ").Then(List)
        from cold in Words("   Cold: ").Then(List)
        select (IReadOnlyList<OomPerCpuList>)[hot with { Temperature = OomPerCpuTemperature.Hot }, cold with { Temperature = OomPerCpuTemperature.Cold }];

    // 2.6.25  "CPU %4d: hi:%5d, btch:%4d usd:%4d\n"
    private static readonly Parser<char, PerCpuLists> Row =
        from cpu in Words("CPU ").Then(Char(' ').SkipMany()).Then(Number32)
        from lists in Words(": ").Then(Two.Or(List.Select(list => (IReadOnlyList<OomPerCpuList>)[list])))
        select new PerCpuLists(cpu, lists);

    private static readonly Parser<char, OomPerCpuTemperature> Temperature =
        Words("hot: ").ThenReturn(OomPerCpuTemperature.Hot).Or(Words("cold: ").ThenReturn(OomPerCpuTemperature.Cold));

    // 2.6.9  "cpu %d %s: low %d, high %d, batch %d\n", 2.6.18 "cpu %d %s: high %d, batch %d used:%d\n"
    private static readonly Parser<char, PerCpuLists> Old =
        from cpu in Words("cpu ").Then(Number32).Before(Char(' '))
        from temperature in Temperature
        from low in OrNull(Words("low ").Then(Number).Before(Words(", ")))
        from high in Words("high ").Then(Number)
        from batch in Words(", batch ").Then(Number)
        from used in OrNull(Words(" used:").Then(Number))
        select new PerCpuLists(cpu, [new OomPerCpuList(temperature, low, high, batch, used)]);

    // "%s per-cpu:", up to 2.6.18 "%s per-cpu: empty" and "%s: empty"
    private static readonly Parser<char, string> Title =
        from node in ZoneLineGrammar.Node
        from zone in ZoneLineGrammar.Zone
        from words in Words(" per-cpu:").Before(Words(" empty").Optional()).Or(Words(": empty"))
        select zone;

    public static PerCpuLists? TryParse(string message) => Row.Or(Old).ReadWhole(message);

    public static string? TryParseTitle(string message) => Title.ReadWhole(message);

    private static Parser<char, long> Padded(string key) => Words(key).Then(Char(' ').SkipMany()).Then(Number);
}
