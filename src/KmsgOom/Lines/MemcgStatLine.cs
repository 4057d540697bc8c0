using System.Numerics;
using System.Runtime.CompilerServices;
using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>One value of the memory statistics, since 5.3: a key and a number.</summary>
/// <remarks>Kernel: <c>mm/memcontrol.c</c>, <c>memory_stat_format()</c>, <c>memcg_stat_format()</c>.</remarks>
internal static class MemcgStatLine
{
    private const int MaxShortKey = 32;

    // Behind the blank there are sixteen bytes for sure.
    private const int MaxUsual = ByteMask.Width - 16;

    // "%s %llu"
    public static bool IsMatch(ReadOnlySpan<byte> text)
    {
        // Terminals pad lines with blanks.
        text = text.TrimEnd((byte)' ');
        int blank = text.IndexOf((byte)' ');
        if (blank < 1 || blank + 1 >= text.Length || text[0] is < (byte)'a' or > (byte)'z')
        {
            return false;
        }

        Swar.ReadDigits(text[(blank + 1)..], out int digits);
        return digits == text.Length - blank - 1 && !text[..blank].ContainsAnyExcept(KeyCharacters);
    }

    /// <summary>Reads a line that is nothing but a key and a number of up to 18 digits, and no longer than 64 bytes: nearly all are.</summary>
    /// <param name="text">The line, and 64 bytes or more in all.</param>
    /// <param name="length">The length of the line.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The number.</param>
    public static bool TryParseShort(ReadOnlySpan<byte> text, int length, out TextRange key, out long value)
    {
        (key, value) = (default, 0);
        ulong others = ByteMask.NotOfKey(text);
        int blank = BitOperations.TrailingZeroCount(others);
        if (blank < 1 || length > ByteMask.Width || blank >= length - 1 || text[blank] != ' ' || text[0] is < (byte)'a' or > (byte)'z')
        {
            return false;
        }

        key = new TextRange(0, blank);
        value = Swar.ReadDigits(text[(blank + 1)..length], out int digits);
        return digits <= Swar.MaxDigits && digits == length - blank - 1;
    }

    /// <summary>Reads what most of these lines are: a key of up to 31 bytes and a number of up to 16 digits.</summary>
    /// <param name="text">The line, and 64 bytes or more in all.</param>
    /// <param name="length">The length of the line; 64 for "longer".</param>
    /// <param name="key">The length of the key, which the line begins with.</param>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParseUsual(ReadOnlySpan<byte> text, int length, out int key, out long value)
    {
        key = BitOperations.TrailingZeroCount(ByteMask.NotOfShortKey(text));
        value = 0;
        return key < MaxShortKey && length < MaxUsual && text[key] == ' ' && text[0] is >= (byte)'a' and <= (byte)'z' && Swar.TryReadMedium(text, key + 1, length - key - 1, out value);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out TextRange key, out long value)
    {
        int blank = text.IndexOf((byte)' ');
        key = blank < 0 ? default : new TextRange(0, blank);
        value = Swar.ReadDigits(text[(blank + 1)..], out int digits);
        if (blank >= 0 && digits is > 0 and <= Swar.MaxDigits)
        {
            return true;
        }

        // More digits than a long is sure to hold.
        Utf8Cursor cursor = new(text) { Position = blank + 1 };
        bool isRead = cursor.TryTakeUInt64(out ulong number) && blank >= 0;
        value = isRead ? (long)Math.Min(number, long.MaxValue) : 0;
        return isRead;
    }

    private static readonly System.Buffers.SearchValues<byte> KeyCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"u8);
}
