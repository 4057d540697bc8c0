using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>A row of the table of unreclaimable slab caches, 4.15 and later; only where slab takes more than all user pages.</summary>
/// <remarks>Kernel: <c>mm/slab_common.c</c>, <c>dump_unreclaimable_slab()</c>.</remarks>
internal static class SlabLine
{
    // "Unreclaimable slab info:"   "Name                      Used          Total"   "%-17s %10luKB %10luKB"
    public static bool TryParse(ReadOnlySpan<byte> text, out TextRange name, out long usedKiB, out long totalKiB)
    {
        name = default;
        usedKiB = totalKiB = 0;
        ReadOnlySpan<byte> trimmed = text.TrimEnd((byte)' ');
        if (!trimmed.EndsWith("KB"u8))
        {
            return false;
        }

        // A cache's name may hold anything, blanks too: the two sizes stand at the end.
        int total = trimmed[..^2].LastIndexOf((byte)' ');
        ReadOnlySpan<byte> head = total < 0 ? default : trimmed[..total].TrimEnd((byte)' ');
        int used = head.EndsWith("KB"u8) ? head[..^2].LastIndexOf((byte)' ') : -1;
        if (used <= 0)
        {
            return false;
        }

        Utf8Cursor totalCursor = new(trimmed[(total + 1)..]);
        Utf8Cursor usedCursor = new(head[(used + 1)..]);
        name = new TextRange(0, head[..used].TrimEnd((byte)' ').Length);
        return name.Length > 0 && usedCursor.TryTakeInt64(out usedKiB) && usedCursor.TryTake("KB"u8) && totalCursor.TryTakeInt64(out totalKiB) && totalCursor.TryTake("KB"u8);
    }
}
