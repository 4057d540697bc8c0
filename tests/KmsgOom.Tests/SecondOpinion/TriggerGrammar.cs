using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The first line of a report; <c>Comm</c> is the task that asked for memory, not the one that dies.</summary>
internal sealed record Trigger(
    string? Comm, uint GfpMask, IReadOnlyList<string>? GfpNames, string? Nodemask, int? Order, int? OomAdj, int? OomScoreAdj);

/// <summary>Format reference, section 1; <c>mm/oom_kill.c</c>, <c>dump_header()</c>.</summary>
internal static class TriggerGrammar
{
    // Stands in for the null that an optional part could not carry.
    private const string NoMask = "(null)";

    // 2.6.9   "oom-killer: gfp_mask=0x%x\n"
    // 2.6.14  "oom-killer: gfp_mask=0x%x, order=%d\n"
    // 2.6.19  "%s invoked oom-killer: gfp_mask=0x%x, order=%d, oomkilladj=%d\n"
    // 2.6.32  "…, order=%d, oom_adj=%d\n"
    // 2.6.36  "…, order=%d, oom_adj=%d, oom_score_adj=%d\n"
    // 3.7     "…, order=%d, oom_score_adj=%hd\n"
    // 4.6     "%s invoked oom-killer: gfp_mask=%#x(%pGg), order=%d, oom_score_adj=%hd\n"
    // 4.9     "…(%pGg), nodemask=%*pbl, order=%d, …"; 4.11 to 4.14 with two blanks before order
    private static readonly Parser<char, Trigger> Request =
        from gfp in GfpGrammar.Mask
        from nodemask in OrNull(Words(", nodemask=").Then(NodeMask).Select(mask => mask ?? NoMask))
        from order in OrNull(Words(",").Then(Blanks).Then(Words("order=")).Then(Number32))
        from oomAdj in OrNull(Words(", oomkilladj=").Or(Words(", oom_adj=")).Then(Number32))
        from oomScoreAdj in OrNull(Words(", oom_score_adj=").Then(Number32))
        select new Trigger(null, gfp.Mask, gfp.Names, nodemask == NoMask ? null : nodemask, order, oomAdj, oomScoreAdj);

    private static readonly Parser<char, Trigger> Nameless = Words("oom-killer: gfp_mask=").Then(Request).Before(Parser<char>.End);

    private static readonly Parser<char, Trigger> Named =
        LongestBefore(Words(" invoked oom-killer: gfp_mask=").Then(Request)).Select(found => found.Tail with { Comm = found.Text });

    public static Trigger? TryParse(string message) => Try(Nameless).Or(Named).ReadWhole(message);
}
