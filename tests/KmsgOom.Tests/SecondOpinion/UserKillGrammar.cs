using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A kill that is not the OOM killer's; a cgroup, or a process.</summary>
internal sealed record UserKill(string? Cgroup, int? Pid, string? Name, long? Score, int? OomScoreAdj, long? MiB, long? Pages)
{
    public long? KiB { get; init; }

    public string? Invoker { get; init; }

    public int? InvokerPid { get; init; }
}

/// <summary>Format reference, sections 7.7 and 7.8.</summary>
internal static class UserKillGrammar
{
    // "Killed %s due to memory …", "Marked %s for killing due to memory …"
    private static readonly Parser<char, UserKill> Oomd =
        from start in Words("Killed ").Or(Words("Marked "))
        from found in ShortestBefore(Words(" for killing due to memory ").Or(Words(" due to memory ")).Then(Rest))
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
        from found in Words(" (").Then(LongestBefore(Words("), adj ").Then(Number32).Before(Words(", size ")).Then(Number, (adjustment, pages) => (adjustment, pages))))
        select new UserKill(null, pid, found.Text, null, found.Tail.adjustment, null, found.Tail.pages);

    // "   cache %ldkB is below limit %ldkB for oom_score_adj %hd\n" "   Free memory is %ldkB above reserved"
    private static readonly Parser<char, Unit> Reason =
        from cache in Words("   cache ").Then(Number).Before(Words("kB is below limit "))
        from limit in Number.Before(Words("kB for oom_score_adj "))
        from adjustment in Number32.Before(Char('\n'))
        from free in Words("   Free memory is ").Then(Number).Before(Words("kB above reserved"))
        select Unit.Value;

    // "   to free %ldkB on behalf of '%s' (%d) because\n"
    private static readonly Parser<char, UserKill> Invoker =
        from size in Words("   to free ").Then(Number).Before(Words("kB on behalf of '"))
        from found in LongestBefore(Words("' (").Then(Number32).Before(Words(") because\n")).Before(Reason))
        select new UserKill(null, null, null, null, null, null, null) { KiB = size, Invoker = found.Text, InvokerPid = found.Tail };

    private static readonly Parser<char, UserKill> Killed =
        from pid in Words("' (").Then(Number32).Before(Words("), adj "))
        from adjustment in Number32.Before(Words(","))
        from rest in OrNullOf(Char('\n').Then(Invoker))
        select (rest ?? new UserKill(null, null, null, null, null, null, null)) with { Pid = pid, OomScoreAdj = adjustment };

    // "lowmemorykiller: Killing '%s' (%d), adj %hd,\n" and three lines more in the same record; other wrappers may tear them apart
    private static readonly Parser<char, UserKill> LaterDriver =
        from start in Try(Words("lowmemorykiller: ")).Optional().Then(Words("Killing '"))
        from found in ShortestBefore(Killed)
        select found.Tail with { Name = found.Text };

    // "lowmemorykiller: ", "earlyoom[12]: ": the tag that another wrapper left there
    private static readonly Parser<char, string> Tag =
        Words("earlyoom").Or(Words("systemd-oomd")).Before(OrNull(Char('[').Then(Number).Before(Char(']')))).Before(Words(": "));

    public static UserKill? TryParse(string message) => Try(Tag).Optional().Then(OneOf(Try(Oomd), Try(Earlyoom), Try(LaterDriver), Driver)).ReadWhole(message);

    private static Parser<char, UserKill?> OrNullOf(Parser<char, UserKill> parser) =>
        Try(parser).Select(value => (UserKill?)value).Or(Parser<char>.Return<UserKill?>(null));
}
