using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>A number of pages and what they are, on a line of its own.</summary>
/// <remarks>Kernel: <c>mm/show_mem.c</c> (<c>lib/show_mem.c</c> up to 6.3; arch code up to 2.6.26), <c>__show_mem()</c>; <c>mm/swap_state.c</c>.</remarks>
internal static class PageTotalLine
{
    // "%lu pages RAM"   "%lu pages HighMem/MovableOnly"   "%lu pages reserved"   "%lu pages cma reserved"   "%lu pages hwpoisoned"
    // "%ld total pagecache pages"   "%lu pages in swap cache"   "%lu pages shared"   "%lu pages non-shared"   "%lu pages in pagetable cache"
    // "%d pages of RAM"   "%d reserved pages"   "%d pages swap cached"   "%lu pages dirty" …                     up to 2.6.26
    public static bool TryParse(ReadOnlySpan<byte> text, out long pages, out ReadOnlySpan<byte> key)
    {
        key = default;
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTakeInt64(out pages) || !cursor.TryTake((byte)' '))
        {
            return false;
        }

        key = KeyOf(cursor.Rest.TrimEnd((byte)' '));
        return !key.IsEmpty;
    }

    /// <summary>Gets the word that the model has for it; the counters of old arch code are those that all kernels count.</summary>
    private static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> words)
    {
        if (words.StartsWith("pages RAM"u8) || words.StartsWith("pages of RAM"u8))
        {
            return "ram"u8;
        }

        if (words.StartsWith("pages HighMem"u8) || words.StartsWith("pages of HIGHMEM"u8))
        {
            return "highmem"u8;
        }

        return words switch
        {
            _ when words.SequenceEqual("pages reserved"u8) || words.SequenceEqual("reserved pages"u8) => "reserved"u8,
            _ when words.SequenceEqual("pages cma reserved"u8) => "cma_reserved"u8,
            _ when words.SequenceEqual("pages hwpoisoned"u8) => "hwpoisoned"u8,
            _ when words.SequenceEqual("total pagecache pages"u8) => "pagecache"u8,
            _ when words.SequenceEqual("pages in swap cache"u8) || words.SequenceEqual("pages swap cached"u8) => "swapcache"u8,
            _ when words.SequenceEqual("pages shared"u8) => "shared"u8,
            _ when words.SequenceEqual("pages non-shared"u8) => "non_shared"u8,
            _ when words.SequenceEqual("pages in pagetable cache"u8) => "pagetable_cache"u8,
            _ when words.SequenceEqual("free pages"u8) => "free"u8,
            _ when words.SequenceEqual("slab pages"u8) || words.SequenceEqual("pages slab"u8) => "slab"u8,
            _ when words.SequenceEqual("pages dirty"u8) => "dirty"u8,
            _ when words.SequenceEqual("pages writeback"u8) => "writeback"u8,
            _ when words.SequenceEqual("pages mapped"u8) => "mapped"u8,
            _ when words.SequenceEqual("pages pagetables"u8) => "pagetables"u8,
            _ => default,
        };
    }
}
