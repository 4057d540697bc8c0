using System.Numerics;
using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>One "key:value" of the lines that count memory; keys that nobody knows yet are read like the others.</summary>
/// <remarks>Kernel: <c>mm/show_mem.c</c> (<c>mm/page_alloc.c</c> up to 6.3), <c>show_free_areas()</c>.</remarks>
internal struct CounterItem
{
    // The colon, eight bytes with the digits, and the unit.
    private const int MaxValueLength = 11;

    // " active_anon:%lu"   " isolated(file):%lukB"   " shmem_thp: %lukB" (up to 6.5)   " reserved_highatomic:%luKB"   " all_unreclaimable? %s"
    public TextRange Key;
    public long Value;
    public bool IsKiB;

    /// <summary>Set where the item is the question whether all is unreclaimable.</summary>
    public bool? AllUnreclaimable;

    /// <summary>Takes the next item, and skips what is none.</summary>
    public static bool TryTake(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out CounterItem item) =>
        TryTakeUsual(ref cursor, text, out item) || TryTakeAny(ref cursor, text, out item);

    /// <summary>Takes an item as nearly all are, behind which the line goes on: a short key, a colon, and up to seven digits.</summary>
    private static bool TryTakeUsual(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out CounterItem item)
    {
        item = default;
        int start = cursor.Position;
        start += start < text.Length && text[start] == ' ' ? 1 : 0;
        if (text.Length - start < ByteMask.ShortWidth)
        {
            return false;
        }

        int length = BitOperations.TrailingZeroCount(ByteMask.NotOfShortKey(text[start..]));
        if (text.Length - start - length < MaxValueLength || text[start + length] != ':' || text[start] is < (byte)'a' or > (byte)'z'
            || !Swar.TryReadLeading(text[(start + length + 1)..], out item.Value, out int digits))
        {
            return false;
        }

        int end = start + length + 1 + digits;
        item.IsKiB = text[end] is (byte)'k' or (byte)'K' && text[end + 1] == 'B';
        item.Key = new TextRange(start, length);
        cursor.Position = end + (item.IsKiB ? 2 : 0);
        return true;
    }

    private static bool TryTakeAny(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out CounterItem item)
    {
        item = default;
        while (true)
        {
            cursor.SkipBlanks();
            if (cursor.IsAtEnd)
            {
                return false;
            }

            int start = cursor.Position;
            int length = cursor.Rest.IndexOfAny((byte)':', (byte)' ');
            if (length > 0 && text[start + length] == ':' && (char.IsAsciiLetter((char)text[start]) || text[start] == '_'))
            {
                item.Key = new TextRange(start, length);
                cursor.Position = start + length + 1;
                cursor.SkipBlanks();
                if (cursor.TryTakeInt64(out item.Value))
                {
                    item.IsKiB = cursor.TryTake("kB"u8) || cursor.TryTake("KB"u8);
                    return true;
                }
            }
            else if (cursor.TryTake("all_unreclaimable? "u8))
            {
                item.AllUnreclaimable = cursor.TryTake("yes"u8) ? true : cursor.TryTake("no"u8) ? false : null;
                return true;
            }

            SkipWord(ref cursor, start);
        }
    }

    /// <summary>Goes behind the word that begins at a place, unless the cursor is there already.</summary>
    private static void SkipWord(ref Utf8Cursor cursor, int start)
    {
        int behind = cursor.Position;
        cursor.Position = start;
        cursor.TryTakeToken(out _);
        cursor.Position = Math.Max(cursor.Position, behind);
    }
}
