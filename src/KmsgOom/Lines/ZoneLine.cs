using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>What a line of the Mem-Info block is about: a node, or a zone of it.</summary>
/// <remarks>Kernel: <c>mm/show_mem.c</c> (<c>mm/page_alloc.c</c> up to 6.3), <c>show_free_areas()</c>, <c>show_node()</c>.</remarks>
internal struct ZoneLine
{
    // "Node %d" " active_anon:%lukB" …                          the counters of a node, 4.8 and later
    // "Node %d " "%s free:%lukB" " min:%lukB" …                  the counters of a zone; no node without CONFIG_NUMA
    // "Node %d " "%s: " "%lu*%lukB " … "= %lukB"                the free blocks of a zone
    // "Node %d " "%s per-cpu:"                                  up to 4.0
    // "Node %d hugepages_total=%u …"                            (see HugepagesLine)
    public int? Node;
    public TextRange Zone;

    /// <summary>Reads the head; what follows it begins at <paramref name="rest"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ZoneLine line, out int rest)
    {
        line = default;
        Utf8Cursor cursor = new(text);
        if (cursor.TryTake("Node "u8))
        {
            if (!cursor.TryTakeInt32(out int node) || node < 0)
            {
                rest = 0;
                return false;
            }

            line.Node = node;
            cursor.SkipBlanks();
        }

        int start = cursor.Position;
        int end = cursor.Rest.IndexOfAny((byte)' ', (byte)':');
        if (end > 0 && IsZoneName(cursor.Rest[..end]))
        {
            line.Zone = new TextRange(start, end);
            cursor.Position += end;
        }

        rest = cursor.Position;
        return line.Node is not null || line.Zone.IsPresent;
    }

    public static bool IsZoneName(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("DMA"u8) || name.SequenceEqual("DMA32"u8) || name.SequenceEqual("Normal"u8)
        || name.SequenceEqual("HighMem"u8) || name.SequenceEqual("Movable"u8) || name.SequenceEqual("Device"u8);
}
