using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A kill that is not the OOM killer's; a cgroup, or a process.</summary>
internal sealed record UserKill(string? Cgroup, int? Pid, string? Name, long? Score, int? OomScoreAdj, long? MiB, long? Pages);

/// <summary>Format reference, sections 7.7 and 7.8.</summary>
internal static class UserKillGrammar
{
    // "Killed %s due to memory …", "Marked %s for killing due to memory …"
    private static readonly Parser<char, UserKill> Oomd =
        from start in Words("Killed ").Or(Words("Marked "))
        from found in ShortestBefore(Try(Words(" for killing due to memory ")).Or(Words(" due to memory ")))
        from rest in Rest
        select new UserKill(found.Text, null, null, null, null, null, null);

    private static readonly Parser<char, UserKill> Facts =
        from score in Words("\": oom_score ").Then(Number).Or(Words("\": badness ").Then(Number))
        from adjustment in OrNull(Words(", oom_score_adj ").Then(Number32))
        from size in Words(", VmRSS ").Then(Number).Before(Words(" MiB")).Before(Rest)
        select new UserKill(null, null, null, score, adjustment, size, null);

    // "sending %s to process %d uid %d \"%s\": oom_score %d, oom_score_adj %d, VmRSS %lld MiB, cmdline \"%s\""
    private static readonly Parser<char, UserKill> Earlyoom =
        from start in Words("sending SIGTERM to process ").Or(Words("sending SIGKILL to process "))
        from pid in Number32
        from uid in OrNull(Words(" uid ").Then(Number32))
        from found in Words(" \"").Then(ShortestBefore(Facts))
        select found.Tail with { Pid = pid, Name = found.Text };

    // "lowmemorykiller: send sigkill to %d (%s), adj %d, size %d"
    private static readonly Parser<char, UserKill> Driver =
        from pid in Try(Words("lowmemorykiller: ")).Optional().Then(Words("send sigkill to ")).Then(Number32)
        from found in Words(" (").Then(LongestBefore(Words("), adj ").Then(Number32)))
        from pages in Words(", size ").Then(Number)
        select new UserKill(null, pid, found.Text, null, found.Tail, null, pages);

    public static UserKill? TryParse(string message) => Try(Oomd).Or(Try(Earlyoom)).Or(Driver).ReadWhole(message);
}
