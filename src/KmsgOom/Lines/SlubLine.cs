namespace KmsgOom.Lines;

/// <summary>What the slab allocator adds to an allocation failure.</summary>
/// <remarks>Kernel: <c>mm/slub.c</c>, <c>slab_out_of_memory()</c>.</remarks>
internal static class SlubLine
{
    // "SLUB: Unable to allocate memory on node %d, gfp=%#x(%pGg)" ("on CPU %u (of node %d) on node %d" since 6.12, "(gfp=0x%x)" up to 4.5)
    // "  cache: %s, object size: %u, buffer size: %u, default order: %u, min order: %u"
    // "  node %d: slabs: %ld, objs: %ld, free: %ld"
    public static bool IsMatch(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'S' => text.StartsWith("SLUB: Unable to allocate memory on "u8),
        (byte)'c' => text.StartsWith("cache: "u8) && text.IndexOf(", object size: "u8) > 0,
        (byte)'n' => text.StartsWith("node "u8) && text.IndexOf(": slabs: "u8) > 0 && text.IndexOf(", objs: "u8) > 0,
        _ => false,
    };
}
