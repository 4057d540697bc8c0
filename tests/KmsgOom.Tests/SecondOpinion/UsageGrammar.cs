using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>One counter of the cgroup: memory, memory+swap, swap or kmem.</summary>
internal sealed record Usage(string Counter, long UsageKiB, long LimitKiB, ulong FailCount);

/// <summary>Format reference, section 3.2; <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_meminfo()</c>.</summary>
internal static class UsageGrammar
{
    // "memory: usage %llukB, limit %llukB, failcnt %lu\n"
    private static readonly Parser<char, Usage> Line =
        from counter in OneOf(Words("memory+swap"), Words("memory"), Words("swap"), Words("kmem"))
        from usage in Words(": usage ").Then(Number)
        from limit in Words("kB, limit ").Then(Number)
        from failCount in Words("kB, failcnt ").Then(Number64)
        select new Usage(counter, usage, limit, failCount);

    public static Usage? TryParse(string message) => Line.ReadWhole(message);
}
