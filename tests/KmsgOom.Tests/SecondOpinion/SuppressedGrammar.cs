using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>How many reports were held back, and which function's limit did it.</summary>
internal sealed record Suppressed(string Source, long Count);

/// <summary>Format reference, section 10.4; <c>lib/ratelimit.c</c>, <c>___ratelimit()</c>.</summary>
internal static class SuppressedGrammar
{
    // 2.6.33  "%s: %d callbacks suppressed\n"; 2.6.27 the same from "__ratelimit"
    private static readonly Parser<char, Suppressed> Callbacks =
        from source in Words("oom_kill_process").Or(Words("__ratelimit"))
        from count in Words(": ").Then(Number).Before(Words(" callbacks suppressed"))
        select new Suppressed(source, count);

    // up to 2.6.26  "printk: %d messages suppressed.\n"
    private static readonly Parser<char, Suppressed> Messages =
        Words("printk: ").Then(Number).Before(Words(" messages suppressed.")).Select(count => new Suppressed("printk", count));

    public static Suppressed? TryParse(string message) => Callbacks.Or(Messages).ReadWhole(message);
}
