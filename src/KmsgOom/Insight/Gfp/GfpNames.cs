using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>The bits of allocation flags, kernel by kernel.</summary>
/// <remarks>Kernel: <c>include/linux/gfp.h</c> and, for the order of names, <c>include/trace/events/mmflags.h</c>. Format reference, 9.1 and 9.2.</remarks>
internal static class GfpNames
{
    // Composites stand first, the larger before the smaller: a name is printed, and its bits are gone, where all of them are set. 0: not in this kernel.
    private static readonly (string Name, uint[] Bits)[] Names =
    [
        //                            A1       A2       A3         A4         B          C          D         E
        ("GFP_TRANSHUGE",            [0,       0,       0,         0x4352da,  0x4352ca,  0x4342ca,  0x2342ca, 0x1c24ca]),
        ("GFP_TRANSHUGE_LIGHT",      [0,       0,       0,         0,         0x342ca,   0x342ca,   0x342ca,  0x1c20ca]),
        ("GFP_HIGHUSER_MOVABLE",     [0,       0,       0x1200d2,  0x200da,   0x24200ca, 0x14200ca, 0x6200ca, 0x100cca]),
        ("GFP_HIGHUSER",             [0xd2,    0x200d2, 0x200d2,   0x200d2,   0x24200c2, 0x14200c2, 0x6200c2, 0x100cc2]),
        ("GFP_USER",                 [0,       0x200d0, 0x200d0,   0x200d0,   0x24200c0, 0x14200c0, 0x6200c0, 0x100cc0]),
        ("GFP_TEMPORARY",            [0,       0,       0x800d0,   0x800d0,   0x24000d0, 0x14000d0, 0,        0]),
        ("GFP_KERNEL_ACCOUNT",       [0,       0,       0,         0,         0x25000c0, 0x15000c0, 0x7000c0, 0x400cc0]),
        ("GFP_KERNEL",               [0xd0,    0xd0,    0xd0,      0xd0,      0x24000c0, 0x14000c0, 0x6000c0, 0xcc0]),
        ("GFP_NOFS",                 [0x50,    0x50,    0x50,      0x50,      0x2400040, 0x1400040, 0x600040, 0xc40]),
        ("GFP_ATOMIC",               [0x20,    0x20,    0x20,      0x20,      0x2080020, 0x1080020, 0x480020, 0xa20]),
        ("GFP_NOIO",                 [0x10,    0x10,    0x10,      0x10,      0x2400000, 0x1400000, 0x600000, 0xc00]),
        ("GFP_NOWAIT",               [0,       0,       0,         0,         0x2000000, 0x1000000, 0x400000, 0x800]),
        ("GFP_DMA",                  [1,       1,       1,         1,         1,         1,         1,        1]),
        ("__GFP_HIGHMEM",            [2,       2,       2,         2,         2,         2,         2,        2]),
        ("GFP_DMA32",                [0,       4,       4,         4,         4,         4,         4,        4]),
        ("__GFP_HIGH",               [0x20,    0x20,    0x20,      0x20,      0x20,      0x20,      0x20,     0x20]),
        ("__GFP_ATOMIC",             [0,       0,       0,         0,         0x80000,   0x80000,   0x80000,  0x200]),
        ("__GFP_IO",                 [0x40,    0x40,    0x40,      0x40,      0x40,      0x40,      0x40,     0x40]),
        ("__GFP_FS",                 [0x80,    0x80,    0x80,      0x80,      0x80,      0x80,      0x80,     0x80]),
        ("__GFP_COLD",               [0x100,   0x100,   0x100,     0x100,     0x100,     0x100,     0,        0]),
        ("__GFP_NOWARN",             [0x200,   0x200,   0x200,     0x200,     0x200,     0x200,     0x200,    0x2000]),
        ("__GFP_REPEAT",             [0x400,   0x400,   0x400,     0x400,     0x400,     0x400,     0,        0]),
        ("__GFP_RETRY_MAYFAIL",      [0,       0,       0,         0,         0,         0,         0x400,    0x4000]),
        ("__GFP_NOFAIL",             [0x800,   0x800,   0x800,     0x800,     0x800,     0x800,     0x800,    0x8000]),
        ("__GFP_NORETRY",            [0x1000,  0x1000,  0x1000,    0x1000,    0x1000,    0x1000,    0x1000,   0x10000]),
        ("__GFP_NO_GROW",            [0x2000,  0x2000,  0,         0,         0,         0,         0,        0]),
        ("__GFP_COMP",               [0x4000,  0x4000,  0x4000,    0x4000,    0x4000,    0x4000,    0x4000,   0x40000]),
        ("__GFP_ZERO",               [0,       0x8000,  0x8000,    0x8000,    0x8000,    0x8000,    0x8000,   0x100]),
        ("__GFP_NOMEMALLOC",         [0,       0x10000, 0x10000,   0x10000,   0x10000,   0x10000,   0x10000,  0x80000]),
        ("__GFP_MEMALLOC",           [0,       0,       0,         0x2000,    0x2000,    0x2000,    0x2000,   0x20000]),
        ("__GFP_HARDWALL",           [0,       0x20000, 0x20000,   0x20000,   0x20000,   0x20000,   0x20000,  0x100000]),
        ("__GFP_THISNODE",           [0,       0x40000, 0x40000,   0x40000,   0x40000,   0x40000,   0x40000,  0x200000]),
        ("__GFP_RECLAIMABLE",        [0,       0,       0x80000,   0x80000,   0x10,      0x10,      0x10,     0x10]),
        ("__GFP_MOVABLE",            [0,       0,       0x100000,  8,         8,         8,         8,        8]),
        ("__GFP_KMEMCG",             [0,       0,       0,         0x100000,  0,         0,         0,        0]),
        ("__GFP_ACCOUNT",            [0,       0,       0,         0,         0x100000,  0x100000,  0x100000, 0x400000]),
        ("__GFP_NOTRACK",            [0,       0,       0,         0x200000,  0x200000,  0x200000,  0,        0]),
        ("__GFP_NO_KSWAPD",          [0,       0,       0,         0x400000,  0,         0,         0,        0]),
        ("__GFP_WRITE",              [0,       0,       0,         0x1000000, 0x1000000, 0x800000,  0x100,    0x1000]),
        ("__GFP_WAIT",               [0x10,    0x10,    0x10,      0x10,      0,         0,         0,        0]),
        ("__GFP_RECLAIM",            [0,       0,       0,         0,         0x2400000, 0x1400000, 0x600000, 0xc00]),
        ("__GFP_DIRECT_RECLAIM",     [0,       0,       0,         0,         0x400000,  0x400000,  0x200000, 0x400]),
        ("__GFP_KSWAPD_RECLAIM",     [0,       0,       0,         0,         0x2000000, 0x1000000, 0x400000, 0x800]),
        ("__GFP_OTHER_NODE",         [0,       0,       0,         0x800000,  0x800000,  0,         0,        0]),
    ];

    public static ImmutableArray<string> Decode(uint mask, GfpEra era)
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        foreach ((string name, uint[] bits) in Names)
        {
            uint wanted = bits[(int)era];
            if (wanted != 0 && (mask & wanted) == wanted)
            {
                names.Add(name);
                mask &= ~wanted;
            }
        }

        if (mask != 0)
        {
            names.Add("0x" + mask.ToString("x", CultureInfo.InvariantCulture));
        }

        return names.ToImmutable();
    }

    /// <summary>Tells the era of a mask: by the release or, without one, by its shape; only kernels before 4.6 print masks without names.</summary>
    public static GfpEra FindEra(uint mask, KernelVersion? version) => version switch
    {
        { RedHat: 8, Major: 4 } => GfpEra.D,
        { } kernel when kernel.IsAtLeast(5, 1) => GfpEra.E,
        { } kernel when kernel.IsAtLeast(4, 17) => GfpEra.D,
        { } kernel when kernel.IsAtLeast(4, 10) => GfpEra.C,
        { } kernel when kernel.IsAtLeast(4, 4) => GfpEra.B,
        { } kernel when kernel.IsAtLeast(2, 6, 31) => GfpEra.A4,
        { } kernel when kernel.IsAtLeast(2, 6, 24) => GfpEra.A3,
        { } kernel when kernel.IsAtLeast(2, 6, 10) => GfpEra.A2,
        not null => GfpEra.A1,

        // 4.4 and 4.5 set a high bit for reclaim; before 2.6.31 "movable" was 0x100000, beside HIGHMEM and HARDWALL.
        null when mask >= 0x2000000 => GfpEra.B,
        null when (mask & 0x120002) == 0x120002 && (mask & 8) == 0 => GfpEra.A3,
        null => GfpEra.A4,
    };
}
