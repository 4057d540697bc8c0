using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The first line of the sibling report that kills nobody.</summary>
internal sealed record AllocationFailure(
    string Comm, string Reason, int? Order, uint GfpMask, IReadOnlyList<string>? GfpNames, string? Nodemask, string? Cpuset, string? MemsAllowed);

/// <summary>Format reference, section 7.6; <c>mm/page_alloc.c</c>, <c>warn_alloc()</c>.</summary>
internal static class AllocationFailureGrammar
{
    private static readonly AllocationFailure Empty = new("", "", null, 0, null, null, null, null);

    // 5.0  ",cpuset=%s,mems_allowed=%*pbl"
    private static readonly Parser<char, AllocationFailure> FromCpuset =
        Try(Words(",cpuset=").Then(LongestBefore(Words(",mems_allowed=").Then(NodeList))))
            .Select(found => Empty with { Cpuset = found.Text, MemsAllowed = found.Tail })
            .Or(Parser<char>.Return(Empty));

    // 4.11  ", nodemask=%*pbl"
    private static readonly Parser<char, AllocationFailure> FromNodemask =
        Words(", nodemask=").Then(NodeMask.Then(FromCpuset, (mask, line) => line with { Nodemask = mask })).Or(Parser<char>.Return(Empty));

    // "mode:0x%x", since 4.6 "mode:%#x(%pGg)"
    private static readonly Parser<char, AllocationFailure> FromMode =
        from gfp in Words(", mode:").Then(GfpGrammar.Mask)
        from line in FromNodemask
        select line with { GfpMask = gfp.Mask, GfpNames = gfp.Names };

    // "page allocation failure: order:%d"; up to 2.6.38 with a dot, stalls with a comma; vmalloc has another
    private static readonly Parser<char, AllocationFailure> FromOrder =
        from order in OrNull(OneOf('.', ':', ',').Then(Words(" order:")).Then(Number32))
        from line in FromMode
        select line with { Order = order };

    private static readonly Parser<char, AllocationFailure> FromReason =
        from start in Words(": ").Then(OneOf(Words("page allocation "), Words("vmalloc"), Words("vmemmap ")))
        from found in ShortestBefore(FromOrder)
        select found.Tail with { Reason = start + found.Text, Order = found.Tail.Order ?? PageOrder(found.Text) };

    // "%s: %pV"
    private static readonly Parser<char, AllocationFailure> Line =
        LongestBefore(FromReason).Select(found => found.Tail with { Comm = found.Text });

    // "vmalloc error: size %lu, page order %u, failed to allocate pages"
    private static int? PageOrder(string reason) =>
        Words(" error: size ").Then(Number).Then(Words(", page order ")).Then(Number32).Before(Words(", failed to allocate pages")).Parse(reason) is { Success: true } found ? found.Value : null;

    public static AllocationFailure? TryParse(string message) => Line.ReadWhole(message);
}
