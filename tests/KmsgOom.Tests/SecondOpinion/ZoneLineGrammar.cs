using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The counters of a zone; the node is null on kernels without NUMA.</summary>
internal sealed record ZoneLine(int? Node, string Zone, IReadOnlyList<Counter> Counters, bool? AllUnreclaimable);

/// <summary>Pages held back from requests that could use another zone; one for each zone of the build.</summary>
internal sealed record ReserveLine(IReadOnlyList<long> Pages);

/// <summary>Format reference, section 8.5; <c>mm/show_mem.c</c>, <c>show_free_areas()</c>.</summary>
internal static class ZoneLineGrammar
{
    // show_node(): "Node %d " with CONFIG_NUMA only
    public static readonly Parser<char, int?> Node = OrNull(Words("Node ").Then(Number32).Before(Char(' ')));

    public static readonly Parser<char, string> Zone = LetterOrDigit.AtLeastOnceString();

    // "%s" " free:%lukB" " boost:%lukB" " min:%lukB" " low:%lukB" " high:%lukB" …
    private static readonly Parser<char, ZoneLine> Line =
        from node in Node
        from zone in Zone.Before(Lookahead(Words(" free:")))
        from items in CounterGrammar.Items
        select new ZoneLine(node, zone, items.Counters, items.AllUnreclaimable);

    public static ZoneLine? TryParse(string message) => Line.ReadWhole(message);
}

/// <summary>Format reference, section 8.5: the line after each zone.</summary>
internal static class ReserveGrammar
{
    // "lowmem_reserve[]:" " %ld" for each zone; 2.6.9 "protections[]: %lu %lu %lu"
    private static readonly Parser<char, ReserveLine> Line =
        from title in Words("lowmem_reserve[]:").Or(Words("protections[]:"))
        from pages in Char(' ').Then(Number).AtLeastOnce()
        select new ReserveLine([.. pages]);

    public static ReserveLine? TryParse(string message) => Line.ReadWhole(message);
}
