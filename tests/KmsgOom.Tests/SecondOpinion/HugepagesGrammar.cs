using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The huge pages of one size on a node; counts of huge pages.</summary>
internal sealed record Hugepages(int Node, long Total, long Free, long Surplus, long SizeKiB);

/// <summary>Format reference, section 8.7; <c>mm/hugetlb.c</c>, <c>hugetlb_show_meminfo_node()</c>, since 3.10.</summary>
internal static class HugepagesGrammar
{
    // "Node %d hugepages_total=%u hugepages_free=%u hugepages_surp=%u hugepages_size=%lukB\n"
    private static readonly Parser<char, Hugepages> Line =
        from node in Words("Node ").Then(Number32)
        from total in Words(" hugepages_total=").Then(Number)
        from free in Words(" hugepages_free=").Then(Number)
        from surplus in Words(" hugepages_surp=").Then(Number)
        from size in Words(" hugepages_size=").Then(Number).Before(Words("kB"))
        select new Hugepages(node, total, free, surplus, size);

    public static Hugepages? TryParse(string message) => Line.ReadWhole(message);
}
