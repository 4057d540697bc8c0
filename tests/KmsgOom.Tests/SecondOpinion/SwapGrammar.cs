using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The swap that is free, or all of it.</summary>
internal sealed record SwapSpace(bool IsTotal, long KiB);

/// <summary>What the swap cache did since boot; a race is counted up to 2.6.26.</summary>
internal sealed record SwapCache(long Added, long Deleted, long Found, long Searched, (long First, long Second)? Race);

/// <summary>Format reference, section 8.8; <c>mm/swap_state.c</c>, <c>show_swap_cache_info()</c>.</summary>
internal static class SwapSpaceGrammar
{
    // "Free swap  = %ldkB\n", "Total swap = %lukB\n"; from arch code up to 2.6.26 "Free swap:       %6ldkB\n"
    private static readonly Parser<char, SwapSpace> Line =
        from isTotal in Words("Free swap  = ").Or(Words("Free swap:").Before(Blanks)).ThenReturn(false)
            .Or(Words("Total swap = ").ThenReturn(true))
        from size in Number.Before(Words("kB"))
        select new SwapSpace(isTotal, size);

    public static SwapSpace? TryParse(string message) => Line.ReadWhole(message);
}

/// <summary>Format reference, section 8.8; gone in 6.0.</summary>
internal static class SwapCacheGrammar
{
    // "Swap cache stats: add %lu, delete %lu, find %lu/%lu\n"; up to 2.6.26 "Swap cache: add …, race %lu+%lu\n"
    private static readonly Parser<char, SwapCache> Line =
        from added in Words("Swap cache stats: add ").Or(Words("Swap cache: add ")).Then(Number)
        from deleted in Words(", delete ").Then(Number)
        from found in Words(", find ").Then(Number)
        from searched in Char('/').Then(Number)
        from race in OrNull(Words(", race ").Then(Number).Before(Char('+')).Then(Number, (first, second) => (first, second)))
        select new SwapCache(added, deleted, found, searched, race);

    public static SwapCache? TryParse(string message) => Line.ReadWhole(message);
}
