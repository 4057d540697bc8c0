using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A line of one sentence and what it is about.</summary>
internal sealed record Remark(OomRemarkKind Kind);

/// <summary>Format reference, sections 1.2, 1.3, 3.3, 6.3, 7.1, 7.3, 7.4 and 10.4.</summary>
internal static class RemarkGrammar
{
    private static readonly Parser<char, Unit> Task = Number32.Then(Words(" (")).IgnoreResult();

    // 3.19 "SysRq : %s\n", 4.0 "sysrq: SysRq : %s\n", 5.2 "sysrq: %s\n"
    private static readonly Parser<char, Remark> SysRq =
        Words("sysrq: SysRq : ").Or(Words("sysrq: ")).Or(Words("SysRq : "))
            .Then(OneOf(
                Words("Manual OOM execution"),
                Words("Show Memory"),
                Words("OOM request ignored because killer is disabled"),
                Words("OOM request ignored. No task eligible")))
            .ThenReturn(new Remark(OomRemarkKind.SysRq));

    private static readonly Parser<char, string> Unit = Words(" bytes").Or(Words(" pages"));

    // i915  "Purging GPU memory, %lu pages freed, %lu pages still pinned, %lu pages left available.\n"; up to 4.6 "bytes", up to 5.2 without the last number
    private static readonly Parser<char, Remark> Purge =
        from freed in Words("Purging GPU memory, ").Then(Number).Before(Unit).Before(Words(" freed, "))
        from pinned in Number.Before(Unit).Before(Words(" still pinned"))
        from left in OrNull(Words(", ").Then(Number).Before(Words(" pages left available")))
        from dot in Char('.')
        select new Remark(OomRemarkKind.GpuMemory);

    // "%lu and %lu bytes still available in the bound and unbound GPU page lists.\n"
    private static readonly Parser<char, Remark> PageLists =
        Number.Then(Words(" and ")).Then(Number).Then(Words(" bytes still available in the bound and unbound GPU page lists.")).ThenReturn(new Remark(OomRemarkKind.GpuMemory));

    // "printk: %d messages suppressed.\n" up to 2.6.26, "%s: %d callbacks suppressed\n" of "__ratelimit" up to 2.6.32
    private static readonly Parser<char, Remark> RateLimit =
        Words("printk: ").Then(Number).Before(Words(" messages suppressed."))
            .Or(Words("__ratelimit: ").Then(Number).Before(Words(" callbacks suppressed")))
            .Select(_ => new Remark(OomRemarkKind.RateLimit));

    // "Kill process %d (%s) sharing same memory\n"
    private static readonly Parser<char, Remark> Sharing = Named("Kill process ", Words(") sharing same memory"));

    // "oom killer %d (%s) has mm pinned by %d (%s)\n"; OpenVZ adds " in VE \"%s\""
    private static readonly Parser<char, Remark> Pinned = Named("oom killer ", Words(") has mm pinned by ").Then(Task).Then(Rest));

    // RHEL 6  "Would have killed process %d (%s). But continuing instead.\n"
    private static readonly Parser<char, Remark> Spared = Named("Would have killed process ", Words("). But continuing instead."));

    // "OOMkill: task %d (%s) got %lu points\n"
    private static readonly Parser<char, Remark> Points = Named("OOMkill: task ", Words(") got ").Then(Number).Before(Words(" points")));

    // 2.6.34  "tried to kill an mm-less task %d (%s)!\n"
    private static readonly Parser<char, Remark> MmLess = Named("tried to kill an mm-less task ", Words(")!"));

    // "task:%-15.15s state:%c stack:%-5lu pid:%-5d tgid:%-5d ppid:%-6d task_flags:0x%04x flags:0x%08lx\n"
    private static readonly Parser<char, Remark> Dump =
        from comm in Words("task:").Then(Parser<char>.Any.RepeatString(15))
        from state in Words(" state:").Then(Letter)
        from numbers in Try(Blanks.Then(OneOf(Words("stack:"), Words("pid:"), Words("tgid:"), Words("ppid:"))).Then(Char(' ').SkipMany()).Then(Number)).AtLeastOnce()
        from taskFlags in Blanks.Then(Words("task_flags:0x").Then(HexDigits).Then(Blanks).Optional())
        from flags in Words("flags:0x").Then(HexDigits)
        select new Remark(OomRemarkKind.Reaper);

    // up to 5.8  "%-15.15s %c" "  running task    " "%5lu %5d %6d 0x%08lx\n"
    private static readonly Parser<char, Remark> OldDump =
        from comm in Parser<char>.Any.RepeatString(15)
        from state in Char(' ').Then(Letter)
        from running in Words("  running task   ").Optional()
        from numbers in Try(Blanks.Then(Number)).Repeat(3)
        from flags in Words(" 0x").Then(HexDigits)
        select new Remark(OomRemarkKind.Reaper);

    private static readonly Parser<char, Remark> Plain = OneOf(
        Text("Unable to purge GPU memory due lock contention.", OomRemarkKind.GpuMemory),
        Text("OOM killer disabled.", OomRemarkKind.KillerSwitch),
        Text("OOM killer enabled.", OomRemarkKind.KillerSwitch),
        Text("memory_stat_format: Warning, stat buffer overflow, please report", OomRemarkKind.Statistics),
        Text("tried to kill init!", OomRemarkKind.Kill),
        Text("tried to kill an mm-less task!", OomRemarkKind.Kill),
        Text("Fixed up OOM kill of mm-less task", OomRemarkKind.Kill));

    private static readonly Parser<char, Remark> Open = OneOf(
        Words("oom_policy=").Then(Parser<char>.Any).Then(Rest).ThenReturn(new Remark(OomRemarkKind.Policy)),
        Words("Unable to start OOM reaper ").Then(Number).Then(Words(". Continuing regardless")).ThenReturn(new Remark(OomRemarkKind.Reaper)),
        Words("Kernel Offset: ").Then(Rest).ThenReturn(new Remark(OomRemarkKind.Panic)),
        Words("---[ end Kernel panic - not syncing: ").Then(Rest).ThenReturn(new Remark(OomRemarkKind.Panic)),
        Words("Kernel panic - not syncing: ").Then(Rest).ThenReturn(new Remark(OomRemarkKind.Panic)),
        Words("Rebooting in ").Then(Number).Then(Words(" seconds..")).ThenReturn(new Remark(OomRemarkKind.Panic)));

    private static Parser<char, string> HexDigits => Parser<char>.Token(char.IsAsciiHexDigitLower).AtLeastOnceString();

    public static Remark? TryParse(string message) => OneOf(
        Try(SysRq), Try(Purge), Try(PageLists), Try(RateLimit), Try(Sharing), Try(Pinned), Try(Spared), Try(Points), Try(MmLess), Try(Dump), Try(Plain), Try(Open), OldDump)
        .ReadWhole(message.TrimEnd(' '));

    private static Parser<char, Remark> Text(string text, OomRemarkKind kind) => Words(text).ThenReturn(new Remark(kind));

    private static Parser<char, Remark> Named<T>(string start, Parser<char, T> tail) =>
        Words(start).Then(Task).Then(LongestBefore(tail)).ThenReturn(new Remark(OomRemarkKind.Kill));
}
