using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>All tasks of a cgroup follow the victim, since 4.19.</summary>
/// <remarks>Kernel: <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_group()</c>.</remarks>
internal static class GroupKillLine
{
    private static ReadOnlySpan<byte> Start => "Tasks in "u8;

    private static ReadOnlySpan<byte> End => " are going to be killed due to memory.oom.group set"u8;

    // "Tasks in %s are going to be killed due to memory.oom.group set"
    public static bool IsMatch(ReadOnlySpan<byte> text) => text.StartsWith(Start) && text.LastIndexOf(End) > 0;

    public static TextRange ParsePath(ReadOnlySpan<byte> text) => new(Start.Length, text.LastIndexOf(End) - Start.Length);
}
