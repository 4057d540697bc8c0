using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Messages that did not reach the log.</summary>
internal sealed record Loss(long Count);

/// <summary>Format reference, section 10.5; <c>kernel/printk/printk.c</c>, journald, rsyslog.</summary>
internal static class LossGrammar
{
    // "** %lu printk messages dropped **"; from 3.16 to 4.14 the next line may stick to it
    private static readonly Parser<char, Loss> Console =
        from count in Words("** ").Then(Number).Before(Words(" printk messages dropped **"))
        from next in Rest
        select new Loss(count);

    // "Missed %u kernel messages"
    private static readonly Parser<char, Loss> Journal = Words("Missed ").Then(Number).Before(Words(" kernel messages")).Select(count => new Loss(count));

    // "%s: %u messages lost due to rate-limiting (%u allowed within %u seconds)"
    private static readonly Parser<char, Loss> Syslog =
        from module in Words("imklog: ").Or(Words("imjournal: "))
        from count in Number.Before(Words(" messages lost due to rate-limiting"))
        from limit in OrNull(Words(" (").Then(Number).Before(Words(" allowed within ")).Before(Number).Before(Words(" seconds)")))
        select new Loss(count);

    public static Loss? TryParse(string message) => OneOf(Console, Journal, Syslog).ReadWhole(message);
}
