using System.Collections.Immutable;
using CsCheck;

namespace KmsgOom.Tests.Support;

/// <summary>Mem-Info blocks of any kernel, known keys and unknown ones, some of them twice.</summary>
internal static class GenMemory
{
    private static readonly Gen<string> Key = Gen.OneOf("free", "active_anon", "isolated_anon", "pages_scanned", "balloon", "min", "cma_watermark", "vendor_key", "ram", "x(y)", "");

    private static readonly Gen<OomCounter> Counter = Gen.Select(Key, Gen.Long, Gen.Enum<OomUnit>(), (key, value, unit) => new OomCounter(key, value, unit));

    private static readonly Gen<ImmutableArray<OomCounter>> Counters = Counter.Array[0, 6].Select(counters => ImmutableArray.Create(counters));

    private static readonly Gen<OomPerCpu> PerCpu = Gen.Select(Gen.Int, Gen.Enum<OomPerCpuTemperature>(), Gen.Long.Nullable(), Gen.Long.Nullable(),
        (cpu, temperature, one, other) => new OomPerCpu(cpu, new OomPerCpuList(temperature, one, other, other, one)));

    private static readonly Gen<OomZone> Zone = Gen.Select(
        Gen.OneOf("DMA", "Normal", "HighMem"),
        Counters,
        Gen.Bool.Nullable(),
        Gen.Long.Array[0, 4],
        Gen.Select(Gen.Int[0, 20], Gen.Long, Gen.OneOf("", "UME"), (order, count, types) => new OomBuddy(order, count, types)).Array[0, 4],
        Gen.Long.Nullable(),
        PerCpu.Array[0, 3],
        (name, counters, all, reserve, buddy, total, perCpu) => new OomZone
        {
            Name = name,
            Counters = counters,
            AllUnreclaimable = all,
            LowmemReservePages = [.. reserve],
            Buddy = [.. buddy],
            BuddyTotalKiB = total,
            PerCpu = [.. perCpu],
        });

    private static readonly Gen<OomNode> Node = Gen.Select(Gen.Int, Counters, Gen.Bool.Nullable(), Zone.Array[0, 3],
        (node, counters, all, zones) => new OomNode { Node = node, Counters = counters, AllUnreclaimable = all, Zones = [.. zones] });

    private static readonly Gen<OomSwapCache> SwapCache = Gen.Select(Gen.Long, Gen.Long, Gen.Select(Gen.Long, Gen.Long, (a, b) => new OomSwapRace(a, b)).Nullable(),
        (added, found, race) => new OomSwapCache(added, found, found, added, race));

    public static readonly Gen<OomMemory> Memory = Gen.Select(
        Gen.Select(Counters, Node.Array[0, 3], SwapCache.Nullable(), Gen.Bool.Nullable()),
        Gen.Long.Nullable().Array[14],
        Gen.Select(Gen.Int, Gen.Long, (node, value) => new OomHugepages(node, value, value, value, value)).Array[0, 2],
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 0, 8], Gen.Long, (name, value) => new OomSlab(name, value, value)).Array[0, 2],
        Gen.Select(Gen.Long, Gen.String[Gen.Char['a', 'z'], 0, 8], (value, text) => new OomAllocation(value, text, value, text, text.Length > 4 ? text : null, text)).Array[0, 2],
        (what, totals, pools, slabs, sites) => new OomMemory
        {
            Counters = what.Item1,
            Nodes = [.. what.Item2],
            SwapCache = what.Item3,
            IsProfilingOn = what.Item4,
            RamPages = totals[0],
            HighMemPages = totals[1],
            ReservedPages = totals[2],
            CmaReservedPages = totals[3],
            HwpoisonedPages = totals[4],
            PageCachePages = totals[5],
            SwapCachePages = totals[6],
            SharedPages = totals[7],
            NonSharedPages = totals[8],
            PageTableCachePages = totals[9],
            FreePagesKiB = totals[10],
            FreeHighMemKiB = totals[11],
            SwapTotalKiB = totals[12],
            SwapFreeKiB = totals[13],
            Hugepages = [.. pools],
            UnreclaimableSlab = [.. slabs],
            Allocations = [.. sites],
        });
}
