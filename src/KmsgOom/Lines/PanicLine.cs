using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The kernel gives up for want of memory.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>check_panic_on_oom()</c>, <c>out_of_memory()</c>; <c>kernel/panic.c</c>, <c>panic()</c>.</remarks>
internal static class PanicLine
{
    private static ReadOnlySpan<byte> Start => "Kernel panic - not syncing: "u8;

    // "Kernel panic - not syncing: %s" with "Out of memory: %s panic_on_oom is enabled", "System is deadlocked on memory",
    // "Out of memory and no killable processes...", "out of memory. panic_on_oom is selected", …
    public static bool IsMatch(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(Start))
        {
            return false;
        }

        ReadOnlySpan<byte> reason = text[Start.Length..];
        return reason.StartsWith("Out of memory"u8) || reason.StartsWith("out of memory"u8) || reason.StartsWith("System is deadlocked on memory"u8);
    }

    /// <summary>Tells whose memory a reason speaks of. The compulsory panic (panic_on_oom=2) is for cgroups, cpusets and policies too.</summary>
    public static OomScope ScopeOf(ReadOnlySpan<byte> reason) =>
        reason.StartsWith("out of memory(memcg)"u8) ? OomScope.Memcg
        : reason.IndexOf("ompulsory"u8) >= 0 ? OomScope.Unknown
        : OomScope.Global;

    // Quoted-printable breaks lines at an equals sign, and reasons have none.
    public static TextRange ParseReason(ReadOnlySpan<byte> text) => new(Start.Length, text.TrimEnd(" ="u8).Length - Start.Length);
}
