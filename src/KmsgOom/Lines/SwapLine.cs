using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The swap space, and what the swap cache did.</summary>
/// <remarks>Kernel: <c>mm/swap_state.c</c>, <c>show_swap_cache_info()</c>; arch code up to 2.6.26.</remarks>
internal static class SwapLine
{
    // "Free swap  = %ldkB"   "Free swap:       %6ldkB" (up to 2.6.26)   "Total swap = %lukB"
    public static bool TryParseSpace(ReadOnlySpan<byte> text, out bool isTotal, out long kiB)
    {
        Utf8Cursor cursor = new(text);
        kiB = 0;
        isTotal = cursor.TryTake("Total swap"u8);
        if (!isTotal && !cursor.TryTake("Free swap"u8))
        {
            return false;
        }

        cursor.SkipBlanks();
        if (!cursor.TryTake((byte)'=') && !cursor.TryTake((byte)':'))
        {
            return false;
        }

        // Of quoted-printable.
        cursor.TryTake("3D "u8);
        cursor.SkipBlanks();
        return cursor.TryTakeInt64(out kiB) && cursor.TryTake("kB"u8);
    }

    // "Swap cache stats: add %lu, delete %lu, find %lu/%lu" (2.6.27 .. 5.19)   "Swap cache: add %lu, delete %lu, find %lu/%lu, race %lu+%lu"
    public static bool TryParseCache(ReadOnlySpan<byte> text, out OomSwapCache cache)
    {
        cache = default;
        Utf8Cursor cursor = new(text);
        if ((!cursor.TryTake("Swap cache stats: add "u8) && !cursor.TryTake("Swap cache: add "u8)) || !cursor.TryTakeInt64(out long added)
            || !cursor.TryTake(", delete "u8) || !cursor.TryTakeInt64(out long deleted)
            || !cursor.TryTake(", find "u8) || !cursor.TryTakeInt64(out long found) || !cursor.TryTake((byte)'/') || !cursor.TryTakeInt64(out long searched))
        {
            return false;
        }

        bool hasRace = cursor.TryTake(", race "u8) && cursor.TryTakeInt64(out _);
        cache = new OomSwapCache(added, deleted, found, searched, hasRace ? TakeRace(text) : null);
        return true;
    }

    private static OomSwapRace? TakeRace(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        return cursor.TrySkipPast(", race "u8) && cursor.TryTakeInt64(out long first) && cursor.TryTake((byte)'+') && cursor.TryTakeInt64(out long second)
            ? new OomSwapRace(first, second)
            : null;
    }
}
