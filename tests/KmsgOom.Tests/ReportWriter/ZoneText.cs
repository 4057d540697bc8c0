using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>Nodes, zones, buddies and huge pages of the Mem-Info block (reference, sections 8.2 and 8.4 to 8.7).</summary>
internal static class ZoneText
{
    private const string Isolated = "active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file)";
    private const string Watermarks = "free min low high";
    private const string Lru = "active_anon inactive_anon active_file inactive_file unevictable";
    private const string Old = "mlocked dirty writeback mapped shmem slab_reclaimable slab_unreclaimable kernel_stack pagetables unstable bounce";

    public static IEnumerable<WrittenRecord> PerCpu(WrittenReport report)
    {
        if (report.Era.PerCpu == PerCpuForm.None)
        {
            yield break;
        }

        foreach ((string zone, string prefix) in ZonesOf(report))
        {
            yield return MemInfoText.Line(4, prefix + zone + " per-cpu:");
            for (int cpu = 0; cpu < 2; cpu++)
            {
                switch (report.Era.PerCpu)
                {
                    case PerCpuForm.LowHigh:
                        yield return MemInfoText.Line(4, Invariant($"cpu {cpu} hot: low 32, high 96, batch 16"));
                        yield return MemInfoText.Line(4, Invariant($"cpu {cpu} cold: low 0, high 32, batch 16"));
                        break;
                    case PerCpuForm.HighUsed:
                        yield return MemInfoText.Line(4, Invariant($"cpu {cpu} hot: high 186, batch 31 used:30"));
                        yield return MemInfoText.Line(4, Invariant($"cpu {cpu} cold: high 62, batch 15 used:61"));
                        break;
                    case PerCpuForm.HotCold:
                        yield return MemInfoText.Line(4, Invariant($"CPU {cpu,4}: Hot: hi:{186,5}, btch:{31,4} usd:{9,4}   Cold: hi:{62,5}, btch:{15,4} usd:{5,4}"));
                        break;
                    default:
                        yield return MemInfoText.Line(4, Invariant($"CPU {cpu,4}: hi:{186,5}, btch:{31,4} usd:{90,4}"));
                        break;
                }
            }
        }
    }

    public static IEnumerable<WrittenRecord> NodeLines(WrittenReport report)
    {
        NodeForm form = report.Era.Node;
        if (form == NodeForm.None)
        {
            yield break;
        }

        string thp = form >= NodeForm.N7 ? "shmem_thp shmem_pmdmapped anon_thp" : "shmem_thp_ shmem_pmdmapped_ anon_thp_";
        string keys = Isolated + " mapped dirty writeback shmem " + thp
            + (form < NodeForm.N8 ? " writeback_tmp" : "")
            + (form <= NodeForm.N2 ? " unstable" : "")
            + (form == NodeForm.N1 ? " pages_scanned#" : "")
            + (form >= NodeForm.N4 ? " kernel_stack" : "")
            + (form >= NodeForm.N5 ? " pagetables" : "")
            + (form >= NodeForm.N6 ? " sec_pagetables" : "")
            + " ?"
            + (form >= NodeForm.N8 ? " Balloon" : "")
            + (form >= NodeForm.N9 ? " gpu_active gpu_reclaim" : "");
        for (int node = 0; node < report.Machine.Nodes; node++)
        {
            yield return MemInfoText.Line(4, Invariant($"Node {node}{Items(report, keys, "node" + node)}"));
        }
    }

    public static IEnumerable<WrittenRecord> Zones(WrittenReport report)
    {
        string keys = Keys(report.Era.Zone);
        foreach ((string zone, string prefix) in ZonesOf(report))
        {
            yield return MemInfoText.Line(4, prefix + zone + Items(report, keys, prefix + zone));
            yield return MemInfoText.Line(4, report.Era.IsSince("2.6.12") ? "lowmem_reserve[]: 0 2823 31880 31880" : "protections[]: 0 0 0");
        }

        if (!report.Era.IsSince("2.6.19") && report.Machine.Kind == MachineKind.I386)
        {
            yield return MemInfoText.Line(4, "HighMem: empty");
        }
    }

    public static IEnumerable<WrittenRecord> Buddies(WrittenReport report)
    {
        foreach ((string zone, string prefix) in ZonesOf(report))
        {
            string text = prefix + zone + ": ";
            long total = 0;
            for (int order = 0; order < 11; order++)
            {
                long count = report.Memory[Invariant($"{prefix}{zone}{order}")] >> order;
                long size = (long)report.Machine.PageKiB << order;
                string types = report.Era.HasMigrateTypes && count > 0 ? (count % 3) switch { 0 => "(UME) ", 1 => "(M) ", _ => report.Era.IsSince("4.4") ? "(H) " : "(R) " } : "";
                text += Invariant($"{count}*{size}kB {types}");
                total += count * size;
            }

            int pageSize = report.Machine.PageKiB * 1024;
            yield return MemInfoText.Line(4, text + Invariant($"= {total}kB"), e => e.BuddyPageSize = pageSize);
        }
    }

    public static IEnumerable<WrittenRecord> Hugepages(WrittenReport report)
    {
        if (!report.Era.IsSince("3.10") || report.Machine.Kind == MachineKind.S390)
        {
            yield break;
        }

        for (int node = 0; node < report.Machine.Nodes; node++)
        {
            foreach (int size in (int[])[1048576, 2048])
            {
                yield return MemInfoText.Line(
                    report.Era.IsSince("6.0") ? 4 : 6, Invariant($"Node {node} hugepages_total=2 hugepages_free=1 hugepages_surp=0 hugepages_size={size}kB"));
            }
        }
    }

    /// <summary>Lists the keys of a zone line; <c>#</c> stands for "no unit", <c>^</c> for KB, <c>?</c> for the word that has no colon.</summary>
    private static string Keys(ZoneForm form) => form switch
    {
        ZoneForm.Z0 => Watermarks + " active inactive present",
        ZoneForm.Z1 => Watermarks + " active inactive present pages_scanned# ?",
        ZoneForm.Z2 => $"{Watermarks} {Lru} present pages_scanned# ?",
        ZoneForm.Z3 => $"{Watermarks} {Isolated} present {Old} writeback_tmp pages_scanned# ?",
        ZoneForm.Z4 => $"{Watermarks} {Isolated} present {Old} free_cma writeback_tmp pages_scanned# ?",
        ZoneForm.Z5 => $"{Watermarks} {Isolated} present managed {Old} free_cma writeback_tmp pages_scanned# ?",
        ZoneForm.Z6 => $"{Watermarks} {Isolated} present managed {Old} free_pcp local_pcp free_cma writeback_tmp pages_scanned# ?",
        ZoneForm.Z7 => $"{Watermarks} {Lru} writepending present managed mlocked slab_reclaimable slab_unreclaimable kernel_stack pagetables bounce free_pcp local_pcp free_cma",
        ZoneForm.Z8 => $"{Watermarks} {Lru} writepending present managed mlocked kernel_stack pagetables bounce free_pcp local_pcp free_cma",
        ZoneForm.Z9 or ZoneForm.Z10 => $"{Watermarks} reserved_highatomic^ {Lru} writepending present managed mlocked kernel_stack pagetables bounce free_pcp local_pcp free_cma",
        ZoneForm.Z11 => $"{Watermarks} reserved_highatomic^ {Lru} writepending present managed mlocked pagetables bounce free_pcp local_pcp free_cma",
        ZoneForm.Z12 => $"{Watermarks} reserved_highatomic^ {Lru} writepending present managed mlocked bounce free_pcp local_pcp free_cma",
        ZoneForm.Z12Rhel => $"{Watermarks} {Lru} writepending present managed mlocked bounce free_pcp local_pcp free_cma",
        ZoneForm.Z13 => $"free boost min low high reserved_highatomic^ {Lru} writepending present managed mlocked bounce free_pcp local_pcp free_cma",
        ZoneForm.Z14 => $"free boost min low high reserved_highatomic^ free_highatomic^ {Lru} writepending present managed mlocked bounce free_pcp local_pcp free_cma",
        ZoneForm.Z15 => $"free boost min low high reserved_highatomic^ free_highatomic^ {Lru} writepending zspages present managed mlocked bounce free_pcp local_pcp free_cma",
        _ => $"free boost min low high reserved_highatomic free_highatomic {Lru} writepending zspages present managed mlocked bounce free_pcp local_pcp free_cma",
    };

    private static string Items(WrittenReport report, string keys, string owner) => string.Concat(keys.Split(' ').Select(key => key[^1] switch
    {
        '?' => " all_unreclaimable? " + (report.FramesSeed % 2 == 0 ? "no" : "yes"),
        '#' => Invariant($" {key[..^1]}:{report.Memory[owner + key]}"),
        '^' => Invariant($" {key[..^1]}:{report.Memory[owner + key] * report.Machine.PageKiB}KB"),
        '_' => Invariant($" {key[..^1]}: {report.Memory[owner + key] * report.Machine.PageKiB}kB"),
        _ => Invariant($" {key}:{report.Memory[owner + key] * report.Machine.PageKiB}kB"),
    }));

    private static IEnumerable<(string Zone, string Prefix)> ZonesOf(WrittenReport report)
    {
        string[] zones = report.Machine.Kind switch
        {
            MachineKind.Amd64 => ["DMA", "DMA32", "Normal"],
            MachineKind.I386 => ["DMA", "Normal", "HighMem"],
            MachineKind.Arm => ["Normal", "HighMem"],
            MachineKind.S390 => ["DMA", "Normal"],
            MachineKind.Ppc64 => ["Normal", "Movable"],
            _ => ["DMA32", "Normal"],
        };
        return from node in Enumerable.Range(0, report.Machine.IsNuma ? report.Machine.Nodes : 1)
               from zone in zones
               where node == 0 || zone == zones[^1]
               select (zone, report.Machine.IsNuma ? Invariant($"Node {node} ") : "");
    }
}
