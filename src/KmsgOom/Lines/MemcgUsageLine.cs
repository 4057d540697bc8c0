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

    // Kernels print at most ULONG_MAX bytes in KiB, which fits; what does not fit is no number of a kernel.
    private static long Clamp(ulong kiB) => (long)Math.Min(kiB, long.MaxValue);
}
