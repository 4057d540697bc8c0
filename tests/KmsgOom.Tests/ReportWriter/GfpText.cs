using System.Globalization;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>Allocation flags: the masks of an era and the names that it prints (reference, section 9).</summary>
internal static class GfpText
{
    private static readonly (string Name, uint Bits)[] B = Parse(
        """
        GFP_TRANSHUGE 4342ca, GFP_TRANSHUGE_LIGHT 342ca, GFP_HIGHUSER_MOVABLE 24200ca, GFP_HIGHUSER 24200c2, GFP_USER 24200c0, GFP_TEMPORARY 24000d0,
        GFP_KERNEL_ACCOUNT 25000c0, GFP_KERNEL 24000c0, GFP_NOFS 2400040, GFP_ATOMIC 2080020, GFP_NOIO 2400000, GFP_NOWAIT 2000000, GFP_DMA 1,
        __GFP_HIGHMEM 2, GFP_DMA32 4, __GFP_HIGH 20, __GFP_ATOMIC 80000, __GFP_IO 40, __GFP_FS 80, __GFP_COLD 100, __GFP_NOWARN 200, __GFP_REPEAT 400,
        __GFP_NOFAIL 800, __GFP_NORETRY 1000, __GFP_COMP 4000, __GFP_ZERO 8000, __GFP_NOMEMALLOC 10000, __GFP_MEMALLOC 2000, __GFP_HARDWALL 20000,
        __GFP_THISNODE 40000, __GFP_RECLAIMABLE 10, __GFP_MOVABLE 8, __GFP_ACCOUNT 100000, __GFP_NOTRACK 200000, __GFP_WRITE 1000000,
        __GFP_RECLAIM 2400000, __GFP_DIRECT_RECLAIM 400000, __GFP_KSWAPD_RECLAIM 2000000, __GFP_OTHER_NODE 800000
        """);

    private static readonly (string Name, uint Bits)[] C = Parse(
        """
        GFP_TRANSHUGE 4342ca, GFP_TRANSHUGE_LIGHT 342ca, GFP_HIGHUSER_MOVABLE 14200ca, GFP_HIGHUSER 14200c2, GFP_USER 14200c0, GFP_TEMPORARY 14000d0,
        GFP_KERNEL_ACCOUNT 15000c0, GFP_KERNEL 14000c0, GFP_NOFS 1400040, GFP_ATOMIC 1080020, GFP_NOIO 1400000, GFP_NOWAIT 1000000, GFP_DMA 1,
        __GFP_HIGHMEM 2, GFP_DMA32 4, __GFP_HIGH 20, __GFP_ATOMIC 80000, __GFP_IO 40, __GFP_FS 80, __GFP_COLD 100, __GFP_NOWARN 200,
        __GFP_RETRY_MAYFAIL 400, __GFP_NOFAIL 800, __GFP_NORETRY 1000, __GFP_COMP 4000, __GFP_ZERO 8000, __GFP_NOMEMALLOC 10000, __GFP_MEMALLOC 2000,
        __GFP_HARDWALL 20000, __GFP_THISNODE 40000, __GFP_RECLAIMABLE 10, __GFP_MOVABLE 8, __GFP_ACCOUNT 100000, __GFP_NOTRACK 200000,
        __GFP_WRITE 800000, __GFP_RECLAIM 1400000, __GFP_DIRECT_RECLAIM 400000, __GFP_KSWAPD_RECLAIM 1000000
        """);

    private static readonly (string Name, uint Bits)[] D = Parse(
        """
        GFP_TRANSHUGE 2342ca, GFP_TRANSHUGE_LIGHT 342ca, GFP_HIGHUSER_MOVABLE 6200ca, GFP_HIGHUSER 6200c2, GFP_USER 6200c0, GFP_KERNEL_ACCOUNT 7000c0,
        GFP_KERNEL 6000c0, GFP_NOFS 600040, GFP_ATOMIC 480020, GFP_NOIO 600000, GFP_NOWAIT 400000, GFP_DMA 1, __GFP_HIGHMEM 2, GFP_DMA32 4, __GFP_HIGH 20,
        __GFP_ATOMIC 80000, __GFP_IO 40, __GFP_FS 80, __GFP_NOWARN 200, __GFP_RETRY_MAYFAIL 400, __GFP_NOFAIL 800, __GFP_NORETRY 1000, __GFP_COMP 4000,
        __GFP_ZERO 8000, __GFP_NOMEMALLOC 10000, __GFP_MEMALLOC 2000, __GFP_HARDWALL 20000, __GFP_THISNODE 40000, __GFP_RECLAIMABLE 10, __GFP_MOVABLE 8,
        __GFP_ACCOUNT 100000, __GFP_WRITE 100, __GFP_RECLAIM 600000, __GFP_DIRECT_RECLAIM 200000, __GFP_KSWAPD_RECLAIM 400000
        """);

    private static readonly (string Name, uint Bits)[] E = Parse(
        """
        GFP_TRANSHUGE 1c24ca, GFP_TRANSHUGE_LIGHT 1c20ca, GFP_HIGHUSER_MOVABLE 100cca, GFP_HIGHUSER 100cc2, GFP_USER 100cc0, GFP_KERNEL_ACCOUNT 400cc0,
        GFP_KERNEL cc0, GFP_NOFS c40, GFP_ATOMIC a20, GFP_NOIO c00, GFP_NOWAIT 800, GFP_DMA 1, __GFP_HIGHMEM 2, GFP_DMA32 4, __GFP_HIGH 20,
        __GFP_ATOMIC 200, __GFP_IO 40, __GFP_FS 80, __GFP_NOWARN 2000, __GFP_RETRY_MAYFAIL 4000, __GFP_NOFAIL 8000, __GFP_NORETRY 10000, __GFP_COMP 40000,
        __GFP_ZERO 100, __GFP_NOMEMALLOC 80000, __GFP_MEMALLOC 20000, __GFP_HARDWALL 100000, __GFP_THISNODE 200000, __GFP_RECLAIMABLE 10, __GFP_MOVABLE 8,
        __GFP_ACCOUNT 400000, __GFP_WRITE 1000, __GFP_RECLAIM c00, __GFP_DIRECT_RECLAIM 400, __GFP_KSWAPD_RECLAIM 800
        """);

    private static readonly (string Name, uint Bits)[] BitOrder = Parse(
        """
        GFP_TRANSHUGE 1c24ca, GFP_TRANSHUGE_LIGHT 1c20ca, GFP_HIGHUSER_MOVABLE 100cca, GFP_HIGHUSER 100cc2, GFP_USER 100cc0, GFP_KERNEL_ACCOUNT 400cc0,
        GFP_KERNEL cc0, GFP_NOFS c40, GFP_ATOMIC 820, GFP_NOIO c00, GFP_NOWAIT 2800, GFP_DMA 1, GFP_DMA32 4, __GFP_RECLAIM c00, __GFP_HIGHMEM 2,
        __GFP_MOVABLE 8, __GFP_RECLAIMABLE 10, __GFP_HIGH 20, __GFP_IO 40, __GFP_FS 80, __GFP_ZERO 100, __GFP_DIRECT_RECLAIM 400,
        __GFP_KSWAPD_RECLAIM 800, __GFP_WRITE 1000, __GFP_NOWARN 2000, __GFP_RETRY_MAYFAIL 4000, __GFP_NOFAIL 8000, __GFP_NORETRY 10000,
        __GFP_MEMALLOC 20000, __GFP_COMP 40000, __GFP_NOMEMALLOC 80000, __GFP_HARDWALL 100000, __GFP_THISNODE 200000, __GFP_ACCOUNT 400000
        """);

    /// <summary>Gets masks that kernels of an era print often.</summary>
    public static uint[] Masks(GfpForm form) => form switch
    {
        GfpForm.Numeric => [0xd0, 0x201d2, 0x1201d2, 0x1280d2, 0x200da, 0x280da, 0x201da, 0x3000d0, 0x84d0, 0x0],
        GfpForm.B => [0x24200ca, 0x24280ca, 0x24201ca, 0x24000c0, 0x27000c0, 0x26040c0, 0x0, 0xdeadbeef],
        GfpForm.C => [0x14200ca, 0x14280ca, 0x14201ca, 0x14000c0, 0x15040c0, 0x0, 0xdeadbeef],
        GfpForm.D => [0x6200ca, 0x6280ca, 0x6000c0, 0x7080c0, 0x6040c0, 0x0, 0xdeadbeef],
        _ => [0x100cca, 0x140cca, 0x140dca, 0x100dca, 0xcc0, 0x400cc0, 0x40cc0, 0x2dc2, 0x0, 0x8100cca, 0xdeadbeef],
    };

    /// <summary>Names the bits: whichever entry fits wholly goes first, what is left is one number.</summary>
    public static string[] Names(GfpForm form, uint mask)
    {
        (string Name, uint Bits)[] table = form switch
        {
            GfpForm.B => B,
            GfpForm.C => C,
            GfpForm.D => D,
            GfpForm.E => E,
            _ => BitOrder,
        };
        List<string> names = [];
        foreach ((string name, uint bits) in table)
        {
            if ((mask & bits) == bits)
            {
                names.Add(name);
                mask &= ~bits;
            }
        }

        if (mask != 0)
        {
            names.Add("0x" + mask.ToString("x", CultureInfo.InvariantCulture));
        }

        return [.. names];
    }

    private static (string, uint)[] Parse(string table) =>
    [
        .. table.Split(',', StringSplitOptions.TrimEntries).Select(entry => entry.Split(' '))
            .Select(parts => (parts[0], uint.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))),
    ];
}
