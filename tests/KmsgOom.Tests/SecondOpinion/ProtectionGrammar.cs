using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>What the memcg's settings protect from reclaim.</summary>
internal sealed record Protection(long MinKiB, long LowKiB);

/// <summary>Format reference, section 3.5; <c>mm/memcontrol.c</c>, <c>mem_cgroup_show_protected_memory()</c>, since 6.19.</summary>
internal static class ProtectionGrammar
{
    // "Memory cgroup min protection %lukB -- low protection %lukB"
    private static readonly Parser<char, Protection> Line =
        from min in Words("Memory cgroup min protection ").Then(Number)
        from low in Words("kB -- low protection ").Then(Number).Before(Words("kB"))
        select new Protection(min, low);

    public static Protection? TryParse(string message) => Line.ReadWhole(message);
}
