using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The huge pages of one size on one node, 3.10 and later.</summary>
/// <remarks>Kernel: <c>mm/hugetlb.c</c>, <c>hugetlb_show_meminfo_node()</c> (<c>hugetlb_show_meminfo()</c> up to 5.19).</remarks>
internal static class HugepagesLine
{
    // "Node %d hugepages_total=%u hugepages_free=%u hugepages_surp=%u hugepages_size=%lukB"
    public static bool TryParse(ReadOnlySpan<byte> text, out OomHugepages hugepages)
    {
        hugepages = default;
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake("Node "u8) || !cursor.TryTakeInt32(out int node) || !cursor.TryTake(" hugepages_total="u8) || !cursor.TryTakeInt64(out long total)
            || !cursor.TryTake(" hugepages_free="u8) || !cursor.TryTakeInt64(out long free)
            || !cursor.TryTake(" hugepages_surp="u8) || !cursor.TryTakeInt64(out long surplus)
            || !cursor.TryTake(" hugepages_size="u8) || !cursor.TryTakeInt64(out long size))
        {
            return false;
        }

        hugepages = new OomHugepages(node, size, total, free, surplus);
        return true;
    }
}
