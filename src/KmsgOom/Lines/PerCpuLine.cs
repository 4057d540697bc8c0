using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The pages that each CPU keeps of a zone, up to 4.0; 2.6.9 to 2.6.24 tell hot pages from cold ones.</summary>
/// <remarks>Kernel: <c>mm/page_alloc.c</c>, <c>show_free_areas()</c>.</remarks>
internal static class PerCpuLine
{
    // "cpu %d %s: low %d, high %d, batch %d"                                        2.6.9
    // "cpu %d %s: high %d, batch %d used:%d"                                        2.6.18
    // "CPU %4d: Hot: hi:%5d, btch:%4d usd:%4d   Cold: hi:%5d, btch:%4d usd:%4d"      2.6.19 .. 2.6.24
    // "CPU %4d: hi:%5d, btch:%4d usd:%4d"                                            2.6.25 .. 4.0
    /// <summary>Reads the number of the CPU; the lists follow.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, ref Utf8Cursor cursor, out int cpu)
    {
        cpu = 0;
        if (!cursor.TryTake("CPU "u8) && !cursor.TryTake("cpu "u8))
        {
            return false;
        }

        cursor.SkipBlanks();
        return cursor.TryTakeInt32(out cpu) && text.Length > cursor.Position;
    }

    public static bool TryTakeList(ref Utf8Cursor cursor, out OomPerCpuList list)
    {
        list = default;
        cursor.TryTake((byte)':');
        cursor.SkipBlanks();
        OomPerCpuTemperature temperature = cursor.TryTake("hot"u8) || cursor.TryTake("Hot"u8) ? OomPerCpuTemperature.Hot
            : cursor.TryTake("cold"u8) || cursor.TryTake("Cold"u8) ? OomPerCpuTemperature.Cold : OomPerCpuTemperature.Any;
        cursor.TryTake((byte)':');
        long? low = TryTakeNumber(ref cursor, "low"u8, default);
        long? high = TryTakeNumber(ref cursor, "high"u8, "hi"u8);
        long? batch = TryTakeNumber(ref cursor, "batch"u8, "btch"u8);
        long? used = TryTakeNumber(ref cursor, "used"u8, "usd"u8);
        list = new OomPerCpuList(temperature, low, high, batch, used);
        return high is not null || batch is not null;
    }

    private static long? TryTakeNumber(ref Utf8Cursor cursor, ReadOnlySpan<byte> key, ReadOnlySpan<byte> shortKey)
    {
        int start = cursor.Position;
        cursor.TryTake((byte)',');
        cursor.SkipBlanks();
        if (cursor.TryTake(key) || (!shortKey.IsEmpty && cursor.TryTake(shortKey)))
        {
            cursor.TryTake((byte)':');
            cursor.SkipBlanks();
            if (cursor.TryTakeInt64(out long value))
            {
                return value;
            }
        }

        cursor.Position = start;
        return null;
    }
}
