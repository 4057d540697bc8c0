using System.Collections.Immutable;
using System.Numerics;

namespace KmsgOom.Insight;

/// <summary>Which zones a kernel was built with. Reports do not say; the names that occur and the numbers of <c>lowmem_reserve</c> leave few choices.</summary>
/// <remarks>Kernel: <c>include/linux/mmzone.h</c>, <c>enum zone_type</c>; <c>setup_per_zone_lowmem_reserve()</c>.</remarks>
internal static class ZoneLayout
{
    private static readonly string[] All = ["DMA", "DMA32", "Normal", "HighMem", "Movable", "Device"];

    /// <summary>Gets the place of a zone among all that there are, lowest first; -1 for an unknown name.</summary>
    public static int Rank(string name) => Array.IndexOf(All, name);

    /// <summary>Tells whether a zone is above another one and has ordinary memory.</summary>
    public static bool IsAbove(string name, string other) => Rank(name) > Rank(other) && name != "Device";

    /// <summary>Gets the zones, lowest first; empty where the log has no reserves or they fit no kernel.</summary>
    public static ImmutableArray<string> Find(OomMemory memory, KernelVersion? version)
    {
        int count = memory.Nodes.SelectMany(node => node.Zones).Select(zone => zone.LowmemReservePages.Length).Max();
        int printed = FindPrinted(memory);
        int best = -1;
        int bestConflicts = int.MaxValue;
        for (int set = 0; set < 1 << All.Length; set++)
        {
            if (BitOperations.PopCount((uint)set) != count || !IsPossible(set, version) || (set & printed) != printed)
            {
                continue;
            }

            // Of two that fit alike the one with the lower zones is taken: it is the more common one.
            int conflicts = memory.Nodes.Sum(node => CountConflicts(Names(set), node)) + (Has(set, "Movable") ? 0 : 1);
            if (conflicts < bestConflicts)
            {
                (best, bestConflicts) = (set, conflicts);
            }
        }

        return best < 0 ? [] : Names(best);
    }

    /// <summary>Gets the highest zone that a request may use.</summary>
    /// <remarks>Kernel: <c>gfp_zone()</c>. A zone that the build lacks is replaced by Normal.</remarks>
    public static string FindHighest(ImmutableArray<string> layout, GfpRequest request)
    {
        string wanted = request switch
        {
            { IsDma: true } => "DMA",
            { IsDma32: true } => "DMA32",
            { IsHighMem: true, IsMovable: true } => "Movable",
            { IsHighMem: true } => "HighMem",
            _ => "Normal",
        };
        return layout.IsEmpty || layout.Contains(wanted) ? wanted

            // Before 2.6.23 there is no Movable, and movable pages go where those of processes go.
            : wanted == "Movable" && layout.Contains("HighMem") ? "HighMem"
            : "Normal";
    }

    private static bool IsPossible(int set, KernelVersion? version)
    {
        return Has(set, "Normal")
            && (version is null || Has(set, "Movable") == version.Value.IsAtLeast(2, 6, 23))
            && (!Has(set, "Device") || version is null || version.Value.IsAtLeast(4, 3))

            // Builds with DMA32 are 64-bit, and have no HighMem; only 2.6.15 to 2.6.20 have all.
            && (!Has(set, "Movable") || !Has(set, "DMA32") || !Has(set, "HighMem"));
    }

    /// <summary>Gets the set of the zones whose names were printed and are known.</summary>
    private static int FindPrinted(OomMemory memory)
    {
        int printed = 0;
        foreach (OomNode node in memory.Nodes)
        {
            foreach (OomZone zone in node.Zones)
            {
                printed |= Rank(zone.Name) is >= 0 and int rank ? 1 << rank : 0;
            }
        }

        return printed;
    }

    private static bool Has(int set, string name) => Rank(name) is >= 0 and int rank && ((set >> rank) & 1) != 0;

    private static ImmutableArray<string> Names(int set) => [.. All.Where(name => Has(set, name))];

    // A zone keeps nothing from its own kind or lower ones; and the reserve grows only with a zone that has pages.
    private static int CountConflicts(ImmutableArray<string> layout, OomNode node)
    {
        int conflicts = 0;
        foreach (OomZone zone in node.Zones)
        {
            ReadOnlySpan<long> reserve = zone.LowmemReservePages.AsSpan();
            int own = layout.IndexOf(zone.Name);
            for (int index = 0; index < reserve.Length; index++)
            {
                bool isHere = node.Zones.Any(other => other.Name == layout[index] && (other.Counters.Get("managed") ?? other.Counters.Get("present")) > 0);
                bool grows = reserve[index] > (index == 0 ? 0 : reserve[index - 1]);
                conflicts += index <= own ? (reserve[index] != 0 ? 4 : 0)
                    : grows && !isHere ? 1
                    : isHere && reserve[index] == 0 ? 1
                    : 0;
            }
        }

        return conflicts;
    }
}
