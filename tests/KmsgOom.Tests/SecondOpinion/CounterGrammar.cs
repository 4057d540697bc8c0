using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>One "key:123kB"; the unit as printed, null where none is.</summary>
internal sealed record Counter(string Key, long Value, string? Unit);

/// <summary>The items that node and zone lines are made of.</summary>
internal static class CounterGrammar
{
    // "active_anon", "isolated(anon)"; "DMA" never, it has no colon.
    private static readonly Parser<char, string> Key =
        from word in LetterOrDigit.Or(Char('_')).AtLeastOnceString()
        from lru in OrNull(Words("(anon)").Or(Words("(file)")))
        select word + lru;

    // mm/page_alloc.c: " shmem_thp: %lukB" (4.8 to 6.5, with a blank), " reserved_highatomic:%luKB", " pages_scanned:%lu"
    public static readonly Parser<char, Counter> Item =
        from key in Key
        from colon in Char(':').Before(Char(' ').Optional())
        from value in Number
        from unit in OrNull(Words("kB").Or(Words("KB")))
        select new Counter(key, value, unit);

    // " all_unreclaimable? %s" has neither colon nor number, and since 6.17 counters follow it.
    private static readonly Parser<char, (Counter? Counter, bool? Flag)> ItemOrFlag =
        Words("all_unreclaimable? ").Then(Words("yes").ThenReturn(true).Or(Words("no").ThenReturn(false)))
            .Select(flag => ((Counter?)null, (bool?)flag))
            .Or(Item.Select(counter => ((Counter?)counter, (bool?)null)));

    /// <summary>A blank before every item, in any order, with keys yet unknown.</summary>
    public static readonly Parser<char, (IReadOnlyList<Counter> Counters, bool? AllUnreclaimable)> Items =
        from items in Char(' ').Then(ItemOrFlag).AtLeastOnce()
        select (Counters(items), items.Select(item => item.Flag).FirstOrDefault(flag => flag is not null));

    private static IReadOnlyList<Counter> Counters(IEnumerable<(Counter? Counter, bool? Flag)> items) =>
        [.. items.Select(item => item.Counter).OfType<Counter>()];
}
