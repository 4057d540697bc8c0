using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The task that was chosen; a child of it may die instead.</summary>
internal sealed record Announcement(KillMessage Message, int Pid, string Comm, long Score);

/// <summary>Format reference, section 6.1; <c>mm/oom_kill.c</c>, <c>oom_kill_process()</c>, up to 5.0.</summary>
internal static class AnnouncementGrammar
{
    // 2.6.16  "Out of Memory: Kill process %d (%s) score %li and children.\n"
    // 2.6.20  "%s: kill process %d (%s) score %li or a child\n"
    // 2.6.36  "%s: Kill process %d (%s) score %d or sacrifice child\n"
    private static readonly Parser<char, long> Score =
        from score in Words(") score ").Then(Number)
        from end in OneOf(Words(" and children."), Words(" or a child"), Words(" or sacrifice child"))
        select score;

    private static readonly Parser<char, Announcement> Line =
        from message in KillMessageGrammar.Prefix
        from pid in Words("Kill process ").Or(Words("kill process ")).Then(Number32)
        from found in Words(" (").Then(LongestBefore(Score))
        select new Announcement(message, pid, found.Text, found.Tail);

    public static Announcement? TryParse(string message) => Line.ReadWhole(message);
}
