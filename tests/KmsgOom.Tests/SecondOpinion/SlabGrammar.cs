using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>One cache of the table of unreclaimable slab.</summary>
internal sealed record SlabRow(string Name, long UsedKiB, long TotalKiB);

/// <summary>Format reference, section 8.11; <c>mm/slab_common.c</c>, <c>dump_unreclaimable_slab()</c>, since 4.15.</summary>
internal static class SlabGrammar
{
    // "%-17s %10luKB %10luKB\n"
    private static readonly Parser<char, (long Used, long Total)> Sizes =
        from used in Blanks.Then(Number).Before(Words("KB"))
        from total in Blanks.Then(Number).Before(Words("KB"))
        select (used, total);

    private static readonly Parser<char, SlabRow> Line =
        from found in LongestBefore(Sizes)
        select new SlabRow(found.Text.TrimEnd(' '), found.Tail.Used, found.Tail.Total);

    public static SlabRow? TryParse(string message) => Line.ReadWhole(message);
}
