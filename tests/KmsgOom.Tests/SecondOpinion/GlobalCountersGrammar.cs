using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The machine's counters, in pages, or in kB where the unit says so.</summary>
internal sealed record GlobalCounters(IReadOnlyList<Counter> Counters);

/// <summary>Format reference, section 8.3; <c>mm/show_mem.c</c>, <c>show_free_areas()</c>.</summary>
internal static class GlobalCountersGrammar
{
    private static readonly Parser<char, Counter> Item =
        from key in Letter.Or(Char('_')).AtLeastOnceString()
        from value in Char(':').Then(Number)
        select new Counter(key, value, null);

    private static readonly Parser<char, IEnumerable<Counter>> Row =
        Char(' ').Optional().Then(Item.SeparatedAtLeastOnce(Char(' ')));

    // "active_anon:%lu inactive_anon:%lu isolated_anon:%lu\n" " active_file:%lu …": one record with newlines in it, or its pieces
    private static readonly Parser<char, GlobalCounters> Rows =
        Row.SeparatedAtLeastOnce(Char('\n')).Select(rows => new GlobalCounters([.. rows.SelectMany(row => row)]));

    // up to 2.6.18  "Free pages: %11ukB (%ukB HighMem)\n"
    private static readonly Parser<char, GlobalCounters> FreePages =
        from free in Words("Free pages:").Then(Blanks).Then(Number)
        from highMem in Words("kB (").Then(Number).Before(Words("kB HighMem)"))
        select new GlobalCounters([new Counter("Free pages", free, "kB"), new Counter("HighMem", highMem, "kB")]);

    public static GlobalCounters? TryParse(string message) => FreePages.Or(Rows).ReadWhole(message);
}
