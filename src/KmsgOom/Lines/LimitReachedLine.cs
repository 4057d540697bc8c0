using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Which cgroup hit its limit where there is no victim, 4.1 to 4.20.</summary>
/// <remarks>Kernel: <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_info()</c>.</remarks>
internal static class LimitReachedLine
{
    public static ReadOnlySpan<byte> Start => "Memory limit reached of cgroup "u8;

    // "Memory limit reached of cgroup %s"
    public static TextRange Parse(ReadOnlySpan<byte> text) => new(Start.Length, text.Length - Start.Length);
}
