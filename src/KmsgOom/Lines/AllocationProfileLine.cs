using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>A call site that holds memory, 6.10 and later with allocation profiling.</summary>
/// <remarks>Kernel: <c>mm/show_mem.c</c>, <c>__show_mem()</c>; <c>lib/alloc_tag.c</c>, <c>alloc_tag_to_text()</c>.</remarks>
internal struct AllocationProfileLine
{
    // "Memory allocations:"   "Memory allocations (profiling is currently turned %s):"        6.18 and later
    // "%12lli %8llu %s:%u" "[ [%s]]" " func:%s"    6.10: bytes; later a text such as "122 MiB", "1.23 GiB", "512 B"
    public TextRange Size;
    public long Bytes;
    public long Calls;
    public TextRange Site;
    public TextRange Module;
    public TextRange Function;

    public static ReadOnlySpan<byte> Title => "Memory allocations"u8;

    public static bool? IsProfilingOn(ReadOnlySpan<byte> title) =>
        title.IndexOf(" turned on"u8) >= 0 ? true : title.IndexOf(" turned off"u8) >= 0 ? false : null;

    public static bool TryParse(ReadOnlySpan<byte> text, out AllocationProfileLine line)
    {
        line = default;
        Utf8Cursor cursor = new(text);
        if (!TryTakeSize(ref cursor, text, out line.Size, out line.Bytes))
        {
            return false;
        }

        cursor.SkipBlanks();
        if (!cursor.TryTakeInt64(out line.Calls))
        {
            return false;
        }

        cursor.SkipBlanks();
        if (!cursor.TryTakeToken(out line.Site))
        {
            return false;
        }

        cursor.SkipBlanks();
        if (cursor.TryTake((byte)'['))
        {
            cursor.TryTakeUntil((byte)']', out line.Module);
            cursor.SkipBlanks();
        }

        if (!cursor.TryTake("func:"u8))
        {
            return false;
        }

        line.Function = cursor.RestRange;
        return true;
    }

    private static bool TryTakeSize(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out TextRange size, out long bytes)
    {
        int start = cursor.Position;
        size = default;
        if (!cursor.TryTakeInt64(out bytes))
        {
            return false;
        }

        long thousandths = 0;
        long scale = 100;
        if (cursor.TryTake((byte)'.'))
        {
            while (cursor.Peek is >= (byte)'0' and <= (byte)'9' and var digit)
            {
                thousandths += (digit - '0') * scale;
                scale /= 10;
                cursor.Position++;
            }
        }

        int end = cursor.Position;
        int unitAt = cursor.TryTake((byte)' ') ? "BKMGTPE"u8.IndexOf(cursor.Peek) : -1;
        if (unitAt >= 0)
        {
            cursor.Position++;
            cursor.TryTake("iB"u8);
            end = cursor.Position;
            // Sizes beyond 64 bits are no sizes; the printed text is kept whatever it says.
            Int128 exact = (((Int128)bytes * 1000) + thousandths) << (10 * unitAt);
            bytes = (long)Int128.Clamp(exact / 1000, long.MinValue, long.MaxValue);
        }
        else
        {
            cursor.Position = end;
        }

        size = new TextRange(start, end - start);
        return size.In(text).Length > 0;
    }
}
