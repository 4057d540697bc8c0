using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

internal enum ReaperOutcome
{
    Reaped,
    UnableToReap,
    GivingUp,
}

/// <summary>What the reaper did; it tells what is left only if it reaped.</summary>
internal sealed record Reaper(ReaperOutcome Outcome, int Pid, string Comm, long? AnonRssKiB, long? FileRssKiB, long? ShmemRssKiB);

/// <summary>Format reference, section 7.1; <c>mm/oom_kill.c</c>, <c>oom_reap_task()</c>, since 4.6.</summary>
internal static class ReaperGrammar
{
    private static readonly Parser<char, (long Anon, long File, long Shmem)> Left =
        from anon in KiB("), now anon-rss")
        from file in KiB(", file-rss")
        from shmem in KiB(", shmem-rss")
        select (anon, file, shmem);

    // "oom_reaper: reaped process %d (%s), now anon-rss:%lukB, file-rss:%lukB, shmem-rss:%lukB\n"
    private static readonly Parser<char, Reaper> Reaped =
        from pid in Words("oom_reaper: reaped process ").Then(Number32)
        from found in Words(" (").Then(LongestBefore(Left))
        select new Reaper(ReaperOutcome.Reaped, pid, found.Text, found.Tail.Anon, found.Tail.File, found.Tail.Shmem);

    // "oom_reaper: unable to reap pid:%d (%s)\n"; 4.8 "oom_reaper: giving up pid:%d (%s)\n"
    private static readonly Parser<char, Reaper> Failed =
        from outcome in Words("oom_reaper: unable to reap pid:").ThenReturn(ReaperOutcome.UnableToReap)
            .Or(Words("oom_reaper: giving up pid:").ThenReturn(ReaperOutcome.GivingUp))
        from pid in Number32
        from found in Words(" (").Then(LongestBefore(Char(')')))
        select new Reaper(outcome, pid, found.Text, null, null, null);

    public static Reaper? TryParse(string message) => Try(Reaped).Or(Failed).ReadWhole(message);
}
