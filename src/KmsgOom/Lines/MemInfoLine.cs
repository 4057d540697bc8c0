using System.Buffers;
using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The lines of the Mem-Info block: recognised and kept as text; only the page size is read from them.</summary>
/// <remarks>
/// Kernel: <c>mm/show_mem.c</c> (<c>mm/page_alloc.c</c> up to 6.3), <c>__show_free_areas()</c>, <c>show_mem()</c>; <c>mm/slab_common.c</c>,
/// <c>dump_unreclaimable_slab()</c>.
/// </remarks>
internal static class MemInfoLine
{
    private static readonly SearchValues<byte> CounterCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_()"u8);

    /// <summary>Tells whether a line belongs to the block; some lines only inside it.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> text, bool isInside) => IsOwn(text, isInside) || (isInside && IsSlabRow(text));

    private static bool IsOwn(ReadOnlySpan<byte> text, bool isInside) => text[0] switch
    {
        (byte)'N' => IsNode(text) || IsZone(text, isInside) || (isInside && IsNodeAlone(text)) || (isInside && text.StartsWith("Name "u8)),
        (byte)'D' or (byte)'H' or (byte)'M' => IsZone(text, isInside) || (isInside && text.StartsWith("Memory allocations"u8)),
        (byte)'l' => text.StartsWith("lowmem_reserve[]:"u8) || (isInside && IsCounters(text)),
        (byte)'p' => text.StartsWith("protections[]:"u8) || (isInside && IsCounters(text)),
        (byte)'S' => text.StartsWith("Swap cache"u8),
        (byte)'F' => text.StartsWith("Free swap"u8) || text.StartsWith("Free pages:"u8),
        (byte)'T' => text.StartsWith("Total swap ="u8),
        (byte)'U' => text.StartsWith("Unreclaimable slab info:"u8),
        (byte)'A' => text.StartsWith("Active"u8) && IsCounters(text),
        (byte)'C' => isInside && text.StartsWith("CPU "u8),
        >= (byte)'0' and <= (byte)'9' => IsTotal(text, isInside) || (isInside && (text.IndexOf(" func:"u8) > 0 || IsRest(text))),
        (byte)'(' or (byte)'=' or (byte)'-' => isInside && IsRest(text),
        _ when !isInside => text.StartsWith("active_anon:"u8),
        _ => IsCounters(text) || text.StartsWith("all_unreclaimable? "u8) || text.StartsWith("cpu "u8) || text.StartsWith("excessive unreclaimable slab"u8),
    };

    /// <summary>Reads the page size from a buddy line, whose first block size it is.</summary>
    /// <param name="text">The line.</param>
    /// <param name="isRest">Whether the zone's name stands on the line before, which broke behind it.</param>
    /// <param name="pageSize">The size in bytes.</param>
    public static bool TryReadPageSize(ReadOnlySpan<byte> text, bool isRest, out int pageSize)
    {
        // "%s: " then "%lu*%lukB " for each order, "= %lukB"
        pageSize = 0;
        int star = text.IndexOf((byte)'*');
        int colon = isRest ? -2 : star < 1 ? -1 : text[..star].IndexOf(": "u8);
        if (star < 1 || (colon < 0 && !isRest))
        {
            return false;
        }

        Utf8Cursor cursor = new(text[(star + 1)..]);
        if (cursor.TryTakeInt32(out int kiB) && cursor.TryTake("kB"u8) && kiB is > 0 and <= 16384 && int.IsPow2(kiB)
            && !text[(colon + 2)..star].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            pageSize = kiB * 1024;
            return true;
        }

        return false;
    }

    // "Node %d active_anon:…", "Node %d hugepages_total=…", "Node %d DMA free:…"
    public static bool IsNode(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("Node "u8) || text.Length < 8 || text[5] is < (byte)'0' or > (byte)'9')
        {
            return false;
        }

        int blank = text[5..].IndexOf((byte)' ');
        return blank > 0 && 5 + blank + 1 < text.Length;
    }

    // "Node %d ", whose zone another CPU's record drove apart
    private static bool IsNodeAlone(ReadOnlySpan<byte> text) =>
        text.StartsWith("Node "u8) && text[5..].TrimEnd((byte)' ') is { IsEmpty: false } number && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsZone(ReadOnlySpan<byte> text, bool isInside)
    {
        int end = text.IndexOfAny((byte)' ', (byte)':');
        if (end < 3)
        {
            return false;
        }

        ReadOnlySpan<byte> zone = text[..end];
        if (!(zone.SequenceEqual("DMA"u8) || zone.SequenceEqual("DMA32"u8) || zone.SequenceEqual("Normal"u8)
            || zone.SequenceEqual("HighMem"u8) || zone.SequenceEqual("Movable"u8) || zone.SequenceEqual("Device"u8)))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[end..];
        return rest.StartsWith(" free:"u8) || rest.StartsWith(" per-cpu:"u8) || (rest.StartsWith(": "u8) && (rest.Contains((byte)'*') || rest.SequenceEqual(": empty"u8)))
            || (isInside && rest.TrimEnd((byte)' ').SequenceEqual(":"u8));
    }

    public static bool IsTotal(ReadOnlySpan<byte> text, bool isInside)
    {
        int blank = text.IndexOf((byte)' ');
        if (blank < 1 || text[..blank].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[(blank + 1)..].TrimEnd((byte)' ');
        return rest.StartsWith("pages RAM"u8) || rest.StartsWith("pages of RAM"u8) || rest.StartsWith("pages HighMem"u8) || rest.StartsWith("pages of HIGHMEM"u8)
            || rest.SequenceEqual("pages reserved"u8) || rest.SequenceEqual("reserved pages"u8) || rest.SequenceEqual("pages cma reserved"u8)
            || rest.SequenceEqual("pages hwpoisoned"u8) || rest.SequenceEqual("total pagecache pages"u8) || rest.SequenceEqual("pages in swap cache"u8)
            || rest.SequenceEqual("pages shared"u8) || rest.SequenceEqual("pages non-shared"u8) || rest.SequenceEqual("pages swap cached"u8)
            || rest.SequenceEqual("pages in pagetable cache"u8)
            || (isInside && (rest.SequenceEqual("pages dirty"u8) || rest.SequenceEqual("pages writeback"u8) || rest.SequenceEqual("pages mapped"u8)
                || rest.SequenceEqual("pages slab"u8) || rest.SequenceEqual("pages pagetables"u8) || rest.SequenceEqual("free pages"u8)
                || rest.SequenceEqual("slab pages"u8)));
    }

    // What other CPUs' records drove apart (pr_cont): "%lu*%lukB ", "(%s) ", "= %lukB" of the blocks, " %ld" of the reserve
    private static bool IsRest(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        return BuddyLine.TryTake(ref cursor, out _) || BuddyLine.TryTakeTypes(ref cursor, out _) || BuddyLine.TryTakeTotal(ref cursor, out _)
            || LowmemReserveLine.IsRest(text);
    }

    // "active_file:%lu inactive_file:%lu …", "isolated(file):%lukB …" where a mail program broke the line
    public static bool IsCounters(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (colon < 3 || text[..colon].ContainsAnyExcept(CounterCharacters))
        {
            return false;
        }

        // "shmem_thp: 0kB" has a blank.
        ReadOnlySpan<byte> value = text[(colon + 1)..];
        bool isApart = value is [(byte)' ', ..];
        value = isApart ? value[1..] : value;
        return value is [>= (byte)'0' and <= (byte)'9', ..] && (!isApart || value.TrimStart("0123456789"u8).StartsWith("kB"u8));
    }

    // "%-17s %10luKB %10luKB"
    private static bool IsSlabRow(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = text.TrimEnd((byte)' ');
        return trimmed.EndsWith("KB"u8) && trimmed[..^2].IndexOf("KB "u8) > 0;
    }
}
