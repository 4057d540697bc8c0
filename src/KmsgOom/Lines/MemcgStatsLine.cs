using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The head of the memory statistics of a cgroup; up to 5.2 the values stand on the same line.</summary>
/// <remarks>Kernel: <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_info()</c> (up to 5.2), <c>mem_cgroup_print_oom_meminfo()</c>.</remarks>
internal static class MemcgStatsLine
{
    public static ReadOnlySpan<byte> Start => "Memory cgroup stats"u8;

    // "Memory cgroup stats for %s:" then " %s:%luKB" for each value (3.9 .. 5.2); "Memory cgroup stats for %s:" (5.3 and later)
    /// <summary>Tells whether a line goes on with the values of a line that the kernel had to break.</summary>
    public static bool IsRest(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        return text[0] is >= (byte)'a' and <= (byte)'z' && TryTakeValue(ref cursor, out TextRange key, out _) && !key.In(text).ContainsAny(" \t"u8);
    }

    /// <summary>Reads the head; <paramref name="values"/> is what follows the colon, or all of a line without head.</summary>
    /// <returns>False where the line has no head.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out TextRange path, out TextRange values)
    {
        Utf8Cursor cursor = new(text);
        path = default;
        values = default;
        if (!cursor.TryTake(Start))
        {
            values = cursor.RestRange;
            return false;
        }

        if (!cursor.TryTake(" for "u8))
        {
            cursor.TryTake((byte)':');
            values = cursor.RestRange;
            return true;
        }

        // A path may hold colons (containerd writes "kubelet:cri:…"), so look for what follows it.
        int valuesAt = cursor.Rest.IndexOf(": cache:"u8);
        int end = valuesAt >= 0 ? valuesAt : cursor.Rest.TrimEnd((byte)' ').LastIndexOf((byte)':');
        if (end < 0)
        {
            path = cursor.RestRange;
            return true;
        }

        path = new TextRange(cursor.Position, end);
        cursor.Position += end + 1;
        values = cursor.RestRange;
        return true;
    }

    /// <summary>Takes the next "key:123KB"; the value is in KiB and may be negative through races.</summary>
    public static bool TryTakeValue(ref Utf8Cursor cursor, out TextRange key, out long kiB)
    {
        cursor.SkipBlanks();
        kiB = 0;
        return cursor.TryTakeUntil((byte)':', out key) && key.Length > 0 && cursor.TryTakeInt64(out kiB) && cursor.TryTake("KB"u8);
    }
}
