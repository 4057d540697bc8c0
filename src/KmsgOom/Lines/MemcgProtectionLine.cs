using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The protected memory of the cgroup (of the root, in a global OOM), since 6.19 on cgroup v2.</summary>
/// <remarks>Kernel: <c>mm/memcontrol.c</c>, <c>mem_cgroup_show_protected_memory()</c>.</remarks>
internal static class MemcgProtectionLine
{
    public static ReadOnlySpan<byte> Start => "Memory cgroup min protection "u8;

    // "Memory cgroup min protection %lukB -- low protection %lukB"
    public static bool TryParse(ReadOnlySpan<byte> text, out OomMemcgProtection protection)
    {
        Utf8Cursor cursor = new(text);
        if (cursor.TryTake(Start) && cursor.TryTakeInt64(out long min) && cursor.TryTake("kB -- low protection "u8) && cursor.TryTakeInt64(out long low))
        {
            protection = new OomMemcgProtection(min, low);
            return true;
        }

        protection = default;
        return false;
    }
}
