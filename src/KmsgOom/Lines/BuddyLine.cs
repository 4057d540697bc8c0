using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The free blocks of a zone, one item for each order; behind the zone's name.</summary>
/// <remarks>Kernel: <c>mm/show_mem.c</c> (<c>mm/page_alloc.c</c> up to 6.3), <c>show_free_areas()</c>, <c>show_migration_types()</c>.</remarks>
internal struct BuddyLine
{
    // "%s: " then "%lu*%lukB " for each order, "(%s) " where there are any (3.8 and later), "= %lukB"
    public long Count;
    public long SizeKiB;
    public TextRange Types;

    public static bool TryTake(ref Utf8Cursor cursor, out BuddyLine item)
    {
        item = default;
        cursor.SkipBlanks();
        int start = cursor.Position;
        // Markdown makes "1_4kB 0_8kB" of it.
        if (!cursor.TryTakeInt64(out item.Count) || !(cursor.TryTake((byte)'*') || cursor.TryTake((byte)'_')) || !cursor.TryTakeInt64(out item.SizeKiB) || !cursor.TryTake("kB"u8))
        {
            cursor.Position = start;
            return false;
        }

        TryTakeTypes(ref cursor, out item.Types);
        return true;
    }

    /// <summary>Takes the migrate types of an order, which may stand on a line of their own where the line was broken.</summary>
    public static bool TryTakeTypes(ref Utf8Cursor cursor, out TextRange types)
    {
        types = default;
        cursor.SkipBlanks();
        return cursor.TryTake((byte)'(') && cursor.TryTakeUntil((byte)')', out types);
    }

    public static bool TryTakeTotal(ref Utf8Cursor cursor, out long kiB)
    {
        kiB = 0;
        cursor.SkipBlanks();
        if (!cursor.TryTake((byte)'='))
        {
            return false;
        }

        // Of quoted-printable.
        cursor.TryTake("3D "u8);
        cursor.SkipBlanks();
        return cursor.TryTakeInt64(out kiB);
    }
}
