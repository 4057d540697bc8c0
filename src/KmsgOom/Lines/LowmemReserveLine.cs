using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The pages of a zone that requests for higher zones may not have, one number for each zone of the build.</summary>
/// <remarks>Kernel: <c>mm/show_mem.c</c> (<c>mm/page_alloc.c</c> up to 6.3), <c>show_free_areas()</c>.</remarks>
internal static class LowmemReserveLine
{
    // "lowmem_reserve[]:" " %ld" for each zone; 2.6.9 .. 2.6.11 "protections[]: %lu %lu %lu"
    public static bool TryParse(ReadOnlySpan<byte> text, out int rest)
    {
        Utf8Cursor cursor = new(text);
        bool isMatch = cursor.TryTake("lowmem_reserve[]:"u8) || cursor.TryTake("protections[]:"u8);
        rest = cursor.Position;
        return isMatch;
    }

    /// <summary>Tells whether a line is nothing but such numbers.</summary>
    public static bool IsRest(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        while (TryTakePages(ref cursor, out _))
        {
        }

        cursor.SkipBlanks();
        return cursor.IsAtEnd;
    }

    public static bool TryTakePages(ref Utf8Cursor cursor, out long pages)
    {
        cursor.SkipBlanks();
        return cursor.TryTakeInt64(out pages);
    }
}
