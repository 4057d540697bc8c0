using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A victim that needs no killing; no kill line follows.</summary>
internal sealed record AlreadyExiting(KillMessage Message, int Pid, string Comm);

/// <summary>Format reference, section 6.3; <c>mm/oom_kill.c</c>, <c>__oom_kill_process()</c>, since 5.9.</summary>
internal static class AlreadyExitingGrammar
{
    // "%s: OOM victim %d (%s) is already exiting. Skip killing the task\n"
    private static readonly Parser<char, AlreadyExiting> Line =
        from message in KillMessageGrammar.Prefix
        from pid in Words("OOM victim ").Then(Number32)
        from found in Words(" (").Then(LongestBefore(Words(") is already exiting. Skip killing the task")))
        select new AlreadyExiting(message, pid, found.Text);

    public static AlreadyExiting? TryParse(string message) => Line.ReadWhole(message);
}
