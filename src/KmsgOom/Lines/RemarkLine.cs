using System.Buffers;

namespace KmsgOom.Lines;

/// <summary>Lines of one sentence that stand in or around reports; none opens a report, none ends one.</summary>
/// <remarks>
/// Kernel: <c>drivers/tty/sysrq.c</c>, <c>drivers/gpu/drm/i915/gem/i915_gem_shrinker.c</c>, <c>mm/oom_kill.c</c>, <c>mm/memcontrol.c</c>,
/// <c>lib/ratelimit.c</c>, <c>kernel/panic.c</c>, <c>kernel/sched/core.c</c>.
/// </remarks>
internal static class RemarkLine
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private static readonly SearchValues<byte> ColumnCharacters = SearchValues.Create("0123456789 "u8);

    private static ReadOnlySpan<byte> Spared => "Would have killed process "u8;

    // "sysrq: Manual OOM execution", "SysRq : Manual OOM execution" up to 3.19, "sysrq: SysRq : …" 4.0 .. 5.0; "OOM request ignored …", "Show Memory"
    // "Purging GPU memory, %lu pages freed, %lu pages still pinned, %lu pages left available.", "Unable to purge GPU memory due lock contention."
    // "%lu and %lu bytes still available in the bound and unbound GPU page lists."                          3.16 .. 4.6
    // "OOM killer disabled.", "OOM killer enabled."                                                         4.12 and later
    // "printk: %d messages suppressed." up to 2.6.26, "__ratelimit: %d callbacks suppressed" 2.6.27 .. 2.6.32: of any message, not of reports alone
    // "memory_stat_format: Warning, stat buffer overflow, please report"                                    6.12 and later
    // "oom_policy=%s"                                                                                       kernels with a BPF policy
    // "tried to kill init!", "tried to kill an mm-less task!", "tried to kill an mm-less task %d (%s)!", "Fixed up OOM kill of mm-less task" up to 2.6.35
    // "OOMkill: task %d (%s) got %lu points", debug builds up to 2.6.35; "Would have killed process %d (%s). But continuing instead." RHEL 6
    // "oom killer %d (%s) has mm pinned by %d (%s)"                                                         4.7 and later, behind the kill
    // "Unable to start OOM reaper %ld. Continuing regardless"                                               4.6 .. 4.14
    // "task:%-15.15s state:%c stack:%-5lu pid:%-5d tgid:%-5d ppid:%-6d task_flags:0x%04x flags:0x%08lx"     5.9 and later, of what cannot be reaped
    // "%-15.15s %c  running task    %5lu %5d %6d 0x%08lx"                                                   up to 5.8
    // "Kernel panic - not syncing: %s" for another reason, "Kernel Offset: %s", "---[ end Kernel panic - not syncing: %s ]---", "Rebooting in %d seconds.."
    public static bool TryClassify(ReadOnlySpan<byte> text, out OomRemarkKind kind)
    {
        OomRemarkKind? found = text[0] switch
        {
            (byte)'s' when text.StartsWith("sysrq: "u8) => OfSysRq(text["sysrq: ".Length..]),
            (byte)'S' when text.StartsWith("SysRq : "u8) => OfSysRq(text),
            (byte)'P' when text.StartsWith("Purging GPU memory, "u8) => OomRemarkKind.GpuMemory,
            (byte)'U' when text.StartsWith("Unable to purge GPU memory "u8) => OomRemarkKind.GpuMemory,
            (byte)'U' when text.StartsWith("Unable to start OOM reaper "u8) => OomRemarkKind.Reaper,
            >= (byte)'0' and <= (byte)'9' when text.EndsWith(" bytes still available in the bound and unbound GPU page lists."u8) => OomRemarkKind.GpuMemory,
            (byte)'O' when text.StartsWith("OOM killer disabled."u8) || text.StartsWith("OOM killer enabled."u8) => OomRemarkKind.KillerSwitch,
            (byte)'O' when text.StartsWith("OOMkill: task "u8) => OomRemarkKind.Kill,
            (byte)'p' when text.StartsWith("printk: "u8) && text.IndexOf(" messages suppressed"u8) > 0 => OomRemarkKind.RateLimit,
            (byte)'_' when text.StartsWith("__ratelimit: "u8) && text.EndsWith(" suppressed"u8) => OomRemarkKind.RateLimit,
            (byte)'m' when text.StartsWith("memory_stat_format: "u8) => OomRemarkKind.Statistics,
            (byte)'o' when text.StartsWith("oom_policy="u8) && text.Length > "oom_policy=".Length => OomRemarkKind.Policy,
            (byte)'o' when text.StartsWith("oom killer "u8) && text.IndexOf(") has mm pinned by "u8) > 0 => OomRemarkKind.Kill,
            (byte)'t' when text.StartsWith("tried to kill init!"u8) || text.StartsWith("tried to kill an mm-less task"u8) => OomRemarkKind.Kill,
            (byte)'F' when text.StartsWith("Fixed up OOM kill of mm-less task"u8) => OomRemarkKind.Kill,
            (byte)'W' when IsSpared(text) => OomRemarkKind.Kill,
            (byte)'K' when text.StartsWith("Kernel panic - not syncing: "u8) || text.StartsWith("Kernel Offset: "u8) => OomRemarkKind.Panic,
            (byte)'-' when text.StartsWith("---[ end Kernel panic"u8) => OomRemarkKind.Panic,
            (byte)'R' when text.StartsWith("Rebooting in "u8) && text.EndsWith(" seconds.."u8) => OomRemarkKind.Panic,
            _ => IsTaskDump(text) ? OomRemarkKind.Reaper : null,
        };
        kind = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>Tells whether the kernel says that it killed nobody though it chose somebody.</summary>
    public static bool IsSpared(ReadOnlySpan<byte> text) => text.StartsWith(Spared);

    private static OomRemarkKind? OfSysRq(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> action = text.StartsWith("SysRq : "u8) ? text["SysRq : ".Length..] : text;
        return action.StartsWith("Manual OOM execution"u8) || action.StartsWith("OOM request ignored"u8) || action.StartsWith("Show Memory"u8)
            ? OomRemarkKind.SysRq
            : null;
    }

    /// <summary>Tells the line that begins the dump of a task.</summary>
    public static bool IsTaskDump(ReadOnlySpan<byte> text) =>
        (text.StartsWith("task:"u8) && text.IndexOf(" state:"u8) > 0 && text.IndexOf(" flags:0x"u8) > 0) || IsOldTaskDump(text);

    /// <summary>Tells the dump of a task by its columns: a name of 15 places, the state's letter, and flags of eight digits at the end.</summary>
    private static bool IsOldTaskDump(ReadOnlySpan<byte> text)
    {
        const int StateAt = 16;
        int flags = text.LastIndexOf(" 0x"u8);
        return flags > StateAt + 1 && text.Length - flags is 11 or 19 && text[StateAt - 1] == ' ' && text[StateAt + 1] == ' ' && text[StateAt] is >= (byte)'A' and <= (byte)'t'
            && !text[(flags + " 0x".Length)..].ContainsAnyExcept(HexDigits)
            && !Columns(text[(StateAt + 1)..flags]).ContainsAnyExcept(ColumnCharacters);
    }

    private static ReadOnlySpan<byte> Columns(ReadOnlySpan<byte> text) =>
        text.StartsWith("  running task    "u8) ? text["  running task    ".Length..] : text;
}
