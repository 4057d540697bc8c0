using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The summary of a report: why, where and who.</summary>
/// <remarks>
/// <c>Nodemask</c>: null for "(null)".<br/>
/// <c>OomMemcg</c>: the cgroup that hit its limit.<br/>
/// <c>TaskMemcg</c>: the victim's cgroup.
/// </remarks>
internal sealed record ConstraintLine(
    string Constraint,
    string? Nodemask,
    string? Cpuset,
    string? MemsAllowed,
    string? OomMemcg,
    bool IsGlobal,
    string? TaskMemcg,
    string Task,
    int Pid,
    long Uid);

/// <summary>Format reference, section 4; <c>mm/oom_kill.c</c>, <c>dump_oom_summary()</c>, since 5.0.</summary>
/// <remarks>Paths end where the next key begins, the earliest one; the task's name ends at the last <c>,pid=</c>.</remarks>
internal static class ConstraintGrammar
{
    private static readonly ConstraintLine Empty = new("", null, null, null, null, false, null, "", 0, 0);

    // ",task=%s,pid=%d,uid=%d\n"
    private static readonly Parser<char, (int Pid, long Uid)> PidAndUid =
        from pid in Words(",pid=").Then(Number32)
        from uid in Words(",uid=").Then(Number)
        select (pid, uid);

    private static readonly Parser<char, ConstraintLine> FromTask =
        from found in Words(",task=").Then(LongestBefore(PidAndUid))
        select Empty with { Task = found.Text, Pid = found.Tail.Pid, Uid = found.Tail.Uid };

    // ",task_memcg=%s"
    private static readonly Parser<char, ConstraintLine> FromTaskMemcg =
        Try(Words(",task_memcg=").Then(ShortestBefore(FromTask)).Select(found => found.Tail with { TaskMemcg = found.Text }))
            .Or(FromTask);

    // ",oom_memcg=%s" or ",global_oom"
    private static readonly Parser<char, ConstraintLine> FromScope = OneOf(
        Try(Words(",oom_memcg=").Then(ShortestBefore(FromTaskMemcg)).Select(found => found.Tail with { OomMemcg = found.Text })),
        Try(Words(",global_oom").Then(FromTaskMemcg).Select(line => line with { IsGlobal = true })),
        FromTaskMemcg);

    // ",cpuset=%s,mems_allowed=%*pbl"
    private static readonly Parser<char, ConstraintLine> FromMemsAllowed =
        from memsAllowed in Words(",mems_allowed=").Then(NodeList)
        from line in FromScope
        select line with { MemsAllowed = memsAllowed };

    private static readonly Parser<char, ConstraintLine> FromCpuset =
        Try(Words(",cpuset=").Then(ShortestBefore(FromMemsAllowed)).Select(found => found.Tail with { Cpuset = found.Text }))
            .Or(FromScope);

    // "oom-kill:constraint=%s,nodemask=%*pbl"
    private static readonly Parser<char, ConstraintLine> Line =
        from constraint in Words("oom-kill:constraint=").Then(AnyCharExcept(',').ManyString())
        from nodemask in Words(",nodemask=").Then(NodeMask)
        from line in FromCpuset
        select line with { Constraint = constraint, Nodemask = nodemask };

    public static ConstraintLine? TryParse(string message) => Line.ReadWhole(message);
}
