using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Nobody is left to kill; up to 4.16 this is the text of a panic.</summary>
internal sealed record NoKillable;

/// <summary>A panic that memory is the reason for; <c>IsEnd</c> on the line that closes it.</summary>
internal sealed record Panic(string Text, bool IsEnd);

/// <summary>Format reference, section 7.2; <c>mm/oom_kill.c</c>, <c>out_of_memory()</c>, since 4.19.</summary>
internal static class NoKillableGrammar
{
    // "Out of memory and no killable processes...\n"
    private static readonly Parser<char, NoKillable> Line = Words(PanicGrammar.NobodyLeft).ThenReturn(new NoKillable());

    public static NoKillable? TryParse(string message) => Line.ReadWhole(message);
}

/// <summary>Format reference, section 7.3; <c>mm/oom_kill.c</c>, <c>check_panic_on_oom()</c>, and <c>kernel/panic.c</c>.</summary>
internal static class PanicGrammar
{
    public const string NobodyLeft = "Out of memory and no killable processes...";

    private static readonly Parser<char, string> Reason = OneOf(
        Words(NobodyLeft),
        Words("System is deadlocked on memory"),
        Words("out of memory. panic_on_oom is selected"),
        Words("out of memory. Compulsory panic_on_oom is selected."),
        Words("out of memory from page fault. panic_on_oom is selected."),
        Words("out of memory(memcg). panic_on_oom is selected."),
        Words("Out of memory: compulsory panic_on_oom is enabled"),
        Words("Out of memory: system-wide panic_on_oom is enabled"));

    // "Kernel panic - not syncing: %s\n"; up to 4.19 the text brought a newline of its own
    private static readonly Parser<char, Panic> Begin =
        Words("Kernel panic - not syncing: ").Then(Reason).Before(Char('\n').Optional()).Select(text => new Panic(text, false));

    // "---[ end Kernel panic - not syncing: %s ]---\n", up to 4.15 without the last bracket
    private static readonly Parser<char, Panic> Finish =
        Words("---[ end Kernel panic - not syncing: ").Then(Reason).Before(Char('\n').Optional()).Before(Words(" ]---").Optional())
            .Select(text => new Panic(text, true));

    public static Panic? TryParse(string message) => Begin.Or(Finish).ReadWhole(message);
}
