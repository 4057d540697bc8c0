using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The counters of a NUMA node.</summary>
internal sealed record NodeLine(int Node, IReadOnlyList<Counter> Counters, bool? AllUnreclaimable);

/// <summary>Format reference, section 8.4; <c>mm/show_mem.c</c>, <c>show_free_areas()</c>, since 4.8.</summary>
internal static class NodeLineGrammar
{
    // "Node %d" " active_anon:%lukB" … " all_unreclaimable? %s" " Balloon:%lukB" "\n"
    private static readonly Parser<char, NodeLine> Line =
        from node in Words("Node ").Then(Number32).Before(Lookahead(Words(" active_anon:")))
        from items in CounterGrammar.Items
        select new NodeLine(node, items.Counters, items.AllUnreclaimable);

    public static NodeLine? TryParse(string message) => Line.ReadWhole(message);
}
