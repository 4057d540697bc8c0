using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>One value of the memory statistics, since 5.3: a key and a number.</summary>
/// <remarks>Kernel: <c>mm/memcontrol.c</c>, <c>memory_stat_format()</c>, <c>memcg_stat_format()</c>.</remarks>
internal static class MemcgStatLine
{
    // "%s %llu"
    public static bool IsMatch(ReadOnlySpan<byte> text)
    {
        int blank = text.IndexOf((byte)' ');
        if (blank < 1 || blank + 1 >= text.Length || text[0] is < (byte)'a' or > (byte)'z')
        {
            return false;
        }

        return !text[(blank + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !text[..blank].ContainsAnyExcept(KeyCharacters);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out TextRange key, out long value)
    {
        Utf8Cursor cursor = new(text);
        if (cursor.TryTakeUntil(" "u8, out key) && cursor.TryTakeUInt64(out ulong number))
        {
            value = (long)Math.Min(number, long.MaxValue);
            return true;
        }

        value = 0;
        return false;
    }

    private static readonly System.Buffers.SearchValues<byte> KeyCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"u8);
}
