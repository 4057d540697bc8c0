using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A line of the slab allocator: the request that failed, the cache, or a node's share of it.</summary>
internal sealed record Slub(string? Cache, int? Node, IReadOnlyList<long> Numbers);

/// <summary>Format reference, section 7.6; <c>mm/slub.c</c>, <c>slab_out_of_memory()</c>.</summary>
internal static class SlubGrammar
{
    private static readonly Parser<char, Unit> Cpu = Words("CPU ").Then(Number).Then(Words(" (of node ")).Then(Number).Then(Words(") on ")).IgnoreResult();

    // "SLUB: Unable to allocate memory on node %d (gfp=0x%x)\n" (4.6 "…%d, gfp=%#x(%pGg)\n"; 6.12 "… on CPU %u (of node %d) on node %d, …")
    private static readonly Parser<char, Slub> Request =
        from start in Words("SLUB: Unable to allocate memory on ").Then(Try(Cpu).Optional())
        from node in Words("node ").Then(Number32)
        from mask in Words(" (gfp=").Then(GfpGrammar.Mask).Before(Char(')')).Or(Words(", gfp=").Then(GfpGrammar.Mask))
        select new Slub(null, node, [mask.Mask]);

    // "  cache: %s, object size: %u, buffer size: %u, default order: %u, min order: %u\n"
    private static readonly Parser<char, IReadOnlyList<long>> Sizes =
        from objects in Words(", object size: ").Then(Number)
        from buffer in Words(", buffer size: ").Then(Number)
        from order in Words(", default order: ").Then(Number)
        from smallest in Words(", min order: ").Then(Number)
        select (IReadOnlyList<long>)[objects, buffer, order, smallest];

    private static readonly Parser<char, Slub> Cache =
        Words("cache: ").Then(LongestBefore(Sizes)).Select(found => new Slub(found.Text, null, found.Tail));

    // "  node %d: slabs: %ld, objs: %ld, free: %ld\n"
    private static readonly Parser<char, Slub> Node =
        from node in Words("node ").Then(Number32)
        from slabs in Words(": slabs: ").Then(Number)
        from objects in Words(", objs: ").Then(Number)
        from free in Words(", free: ").Then(Number)
        select new Slub(null, node, [slabs, objects, free]);

    public static Slub? TryParse(string message) => Char(' ').SkipMany().Then(OneOf(Request, Cache, Node)).ReadWhole(message);
}
