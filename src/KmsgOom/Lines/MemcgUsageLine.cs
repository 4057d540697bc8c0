using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>One counter of the memory cgroup.</summary>
/// <remarks>Kernel: <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_meminfo()</c>.</remarks>
internal static class MemcgUsageLine
{
    internal enum Counter : byte
    {
        Memory,
        MemorySwap,
        Swap,
        Kmem,
    }

    // "memory: usage %llukB, limit %llukB, failcnt %lu", and the same for memory+swap, swap, kmem
    public static bool TryParse(ReadOnlySpan<byte> text, out Counter counter, out OomMemcgUsage usage)
    {
        Utf8Cursor cursor = new(text);
        usage = default;
        if (cursor.TryTake("memory: "u8))
        {
            counter = Counter.Memory;
        }
        else if (cursor.TryTake("memory+swap: "u8))
        {
            counter = Counter.MemorySwap;
        }
        else if (cursor.TryTake("swap: "u8))
        {
            counter = Counter.Swap;
        }
        else
        {
            counter = Counter.Kmem;
            if (!cursor.TryTake("kmem: "u8))
            {
                return false;
            }
        }

        if (!cursor.TryTake("usage "u8) || !cursor.TryTakeUInt64(out ulong used) || !cursor.TryTake("kB, limit "u8)
            || !cursor.TryTakeUInt64(out ulong limit) || !cursor.TryTake("kB"u8))
        {
            return false;
        }

        ulong failCount = 0;
        if (cursor.TryTake(", failcnt "u8))
        {
            cursor.TryTakeUInt64(out failCount);
        }

        usage = new OomMemcgUsage(Clamp(used), Clamp(limit), failCount);
        return true;
    }

    /// <summary>Tells whether the line has its end, as far as its last bytes tell: all kernels print the failures last.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text) => text is [.., >= (byte)'0' and <= (byte)'9'] && text.IndexOf("kB, failcnt "u8) > 0;

    /// <summary>Tells whether a text is whole words of such a line, from the first on.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> text)
    {
        int word = 0;
        text = OomLineClassifier.SkipIndent(text);
        while (!text.IsEmpty)
        {
            int blank = text.IndexOf((byte)' ');
            if (!IsWord(word++, blank < 0 ? text : text[..blank]))
            {
                return false;
            }

            text = blank < 0 ? default : text[(blank + 1)..];
        }

        return true;
    }

    private static bool IsWord(int place, ReadOnlySpan<byte> word) => place switch
    {
        0 => word is [.., (byte)':'],
        1 => word.SequenceEqual("usage"u8),
        3 => word.SequenceEqual("limit"u8),
        5 => word.SequenceEqual("failcnt"u8),
        2 or 4 => word.EndsWith("kB,"u8) && IsNumber(word[..^3]),
        6 => IsNumber(word),
        _ => false,
    };

    private static bool IsNumber(ReadOnlySpan<byte> word) => !word.IsEmpty && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // Kernels print at most ULONG_MAX bytes in KiB, which fits; what does not fit is no number of a kernel.
    private static long Clamp(ulong kiB) => (long)Math.Min(kiB, long.MaxValue);
}
