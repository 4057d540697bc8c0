using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Who was running where. <c>Taint</c> and <c>Version</c> are trimmed; their inner blanks are the kernel's.</summary>
internal sealed record CpuLine(
    int? Cpu, long? Uid, int Pid, string Comm, bool IsKdumpLoaded, string Taint, string Release, string Version);

/// <summary>Format reference, section 2.2; <c>lib/dump_stack.c</c>, <c>dump_stack_print_info()</c>.</summary>
internal static class CpuLineGrammar
{
    // print_tainted(): "Not tainted", or "Tainted: " and a letter or blank for each flag; RHEL adds positions printed as '-'.
    private static readonly Parser<char, string> Taint =
        from title in Words("Not tainted ").Or(Words("Tainted: "))
        from flags in Parser<char>.Token(flag => flag is ' ' or '-' or (>= 'A' and <= 'Z')).ManyString()
        select (title + flags).Trim();

    // "%s %s %.*s%s": a release starts with a digit, which no flag does; the version starts with '#' and ends as it likes.
    private static readonly Parser<char, (string Taint, string Release, string Version)> Kernel =
        from taint in Char(' ').Then(Taint)
        from release in Lookahead(Digit).Then(Word)
        from version in Blanks.Then(Lookahead(Char('#'))).Then(Rest)
        select (taint, release, version.Trim());

    private static readonly Parser<char, CpuLine> CommAndKernel =
        Try(WithComm(Words(" Kdump: loaded").Then(Kernel), isKdumpLoaded: true)).Or(WithComm(Kernel, isKdumpLoaded: false));

    // 3.10  "%sCPU: %d PID: %d Comm: %.20s %s %s %.*s\n"
    // 4.19  "…Comm: %.20s %s%s %s %.*s\n" with "Kdump: loaded "; 6.11 "CPU: %d UID: %u PID: %d Comm: …"
    private static readonly Parser<char, CpuLine> Modern =
        from cpu in Words("CPU: ").Then(Number32)
        from uid in OrNull(Words(" UID: ").Then(Number))
        from pid in Words(" PID: ").Then(Number32)
        from line in Words(" Comm: ").Then(CommAndKernel)
        select line with { Cpu = cpu, Uid = uid, Pid = pid };

    // 2.6.24 to 3.9, x86  "Pid: %d, comm: %.20s %s %s %.*s\n"
    private static readonly Parser<char, CpuLine> Old =
        from pid in Words("Pid: ").Then(Number32)
        from line in Words(", comm: ").Then(CommAndKernel)
        select line with { Pid = pid };

    public static CpuLine? TryParse(string message) => Try(Modern).Or(Old).ReadWhole(message);

    private static Parser<char, CpuLine> WithComm(
        Parser<char, (string Taint, string Release, string Version)> tail, bool isKdumpLoaded) =>
        from found in LongestBefore(tail)
        select new CpuLine(null, null, 0, found.Text, isKdumpLoaded, found.Tail.Taint, found.Tail.Release, found.Tail.Version);
}
