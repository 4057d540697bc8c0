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

        foreach ((int node, string zone, string prefix) in ZonesOf(report))
        {
            yield return MemInfoText.Line(4, prefix + zone + " per-cpu:", m => m.BeginPerCpu(node, zone));
            for (int cpu = 0; cpu < 2; cpu++)
            {
                foreach (WrittenRecord line in OfCpu(report.Era.PerCpu, cpu))
                {
                    yield return line;
                }
            }
        }
    }

    private static WrittenRecord[] OfCpu(PerCpuForm form, int cpu)
    {
        OomPerCpuList hot = new(OomPerCpuTemperature.Hot, null, 186, 31, 9);
        OomPerCpuList cold = new(OomPerCpuTemperature.Cold, null, 62, 15, 5);
        return form switch
        {
            PerCpuForm.LowHigh =>
            [
                OfCpu(Invariant($"cpu {cpu} hot: low 32, high 96, batch 16"), cpu, hot with { LowPages = 32, HighPages = 96, BatchPages = 16, UsedPages = null }),
                OfCpu(Invariant($"cpu {cpu} cold: low 0, high 32, batch 16"), cpu, cold with { LowPages = 0, HighPages = 32, BatchPages = 16, UsedPages = null }),
            ],
            PerCpuForm.HighUsed =>
            [
                OfCpu(Invariant($"cpu {cpu} hot: high 186, batch 31 used:30"), cpu, hot with { UsedPages = 30 }),
                OfCpu(Invariant($"cpu {cpu} cold: high 62, batch 15 used:61"), cpu, cold with { UsedPages = 61 }),
            ],
            PerCpuForm.HotCold =>
                [OfCpu(Invariant($"CPU {cpu,4}: Hot: hi:{186,5}, btch:{31,4} usd:{9,4}   Cold: hi:{62,5}, btch:{15,4} usd:{5,4}"), cpu, hot, cold)],
            _ => [OfCpu(Invariant($"CPU {cpu,4}: hi:{186,5}, btch:{31,4} usd:{90,4}"), cpu, new OomPerCpuList(OomPerCpuTemperature.Any, null, 186, 31, 90))],
        };
    }

    private static WrittenRecord OfCpu(string text, int cpu, params OomPerCpuList[] lists) =>
        MemInfoText.Line(4, text, m => m.AddPerCpu(cpu, lists), LineStanding.InSection);

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
            int number = node;
            Item[] items = Items(report, keys, "node" + node);
            yield return MemInfoText.Line(4, Invariant($"Node {node}{Text(items)}"), m => m.SetNode(number, Counters(items), Answer(report)));
        }
    }

    public static IEnumerable<WrittenRecord> Zones(WrittenReport report)
    {
        string keys = Keys(report.Era.Zone);
        foreach ((int node, string zone, string prefix) in ZonesOf(report))
        {
            Item[] items = Items(report, keys, prefix + zone);
            bool? answer = keys.EndsWith('?') ? Answer(report) : null;
            yield return MemInfoText.Line(4, prefix + zone + Text(items), m => m.SetZone(node, zone, Counters(items), answer)) with
            {
                Pieces = prefix.Length > 0 ? [prefix, zone + Text(items)] : [],
            };
            long[] reserve = report.Era.IsSince("2.6.12") ? [0, 2823, 31880, 31880] : [0, 0, 0];
            yield return MemInfoText.Line(
                4, (report.Era.IsSince("2.6.12") ? "lowmem_reserve[]: " : "protections[]: ") + string.Join(' ', reserve), m => m.SetReserve(reserve)) with
            {
                Pieces = report.Era.IsSince("2.6.12") ? ["lowmem_reserve[]:", .. reserve.Select(pages => Invariant($" {pages}"))] : [],
            };
        }

        if (!report.Era.IsSince("2.6.19") && report.Machine.Kind == MachineKind.I386)
        {
            yield return MemInfoText.Line(4, "HighMem: empty", m => m.SetBuddies(0, "HighMem", [], null));
        }
    }

    public static IEnumerable<WrittenRecord> Buddies(WrittenReport report)
    {
        int page = report.Machine.PageKiB;
        foreach ((int node, string zone, string prefix) in ZonesOf(report))
        {
            OomBuddy[] blocks = [.. Enumerable.Range(0, 11).Select(order => Block(report, order, report.Memory[Invariant($"{prefix}{zone}{order}")] >> order))];
            long total = blocks.Sum(block => block.Count * (page << block.Order));
            string text = string.Concat(blocks.Select(block => Invariant($"{block.Count}*{page << block.Order}kB ") + (block.Types.Length > 0 ? $"({block.Types}) " : "")));
            WrittenRecord line = MemInfoText.Line(4, Invariant($"{prefix}{zone}: {text}= {total}kB"), m => m.SetBuddies(node, zone, blocks, total));
            yield return line with
            {
                Apply = line.Apply + (e => e.BuddyPageSize = page * 1024),
                Pieces =
                [
                    Invariant($"{prefix}{zone}: "),
                    .. blocks.SelectMany(block => (string[])[Invariant($"{block.Count}*{page << block.Order}kB "), .. block.Types.Length > 0 ? (string[])[$"({block.Types}) "] : []]),
                    Invariant($"= {total}kB"),
                ],
            };
        }
    }

    private static OomBuddy Block(WrittenReport report, int order, long count) => new(
        order, count, report.Era.HasMigrateTypes && count > 0 ? (count % 3) switch { 0 => "UME", 1 => "M", _ => report.Era.IsSince("4.4") ? "H" : "R" } : "");

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
                OomHugepages pool = new(node, size, 2, 1, 0);
                yield return MemInfoText.Line(
                    report.Era.IsSince("6.0") ? 4 : 6,
                    Invariant($"Node {node} hugepages_total={pool.Total} hugepages_free={pool.Free} hugepages_surp={pool.Surplus} hugepages_size={size}kB"),
                    m => m.Add(pool));
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

    private static Item[] Items(WrittenReport report, string keys, string owner) => [.. keys.Split(' ').Select(key => MakeItem(report, key, owner))];

    private static Item MakeItem(WrittenReport report, string key, string owner)
    {
        long pages = report.Memory[owner + key];
        long kiB = pages * report.Machine.PageKiB;
        string name = key.TrimEnd('#', '^', '_');
        OomCounter counter = new(name.ToLowerInvariant().Replace('(', '_').Replace(")", "", StringComparison.Ordinal), kiB, OomUnit.KiB);
        return key[^1] switch
        {
            '?' => new Item(" all_unreclaimable? " + (Answer(report) ? "yes" : "no"), null),
            '#' => new Item(Invariant($" {name}:{pages}"), counter with { Value = pages, Unit = OomUnit.Pages }),
            '^' => new Item(Invariant($" {name}:{kiB}KB"), counter),
            '_' => new Item(Invariant($" {name}: {kiB}kB"), counter),
            _ => new Item(Invariant($" {name}:{kiB}kB"), counter),
        };
    }

    private static bool Answer(WrittenReport report) => report.FramesSeed % 2 != 0;

    private static string Text(Item[] items) => string.Concat(items.Select(item => item.Text));

    private static OomCounter[] Counters(Item[] items) => [.. items.Select(item => item.Counter).OfType<OomCounter>()];

    private static IEnumerable<(int Node, string Zone, string Prefix)> ZonesOf(WrittenReport report)
    {
        string[] zones = report.Machine.Kind switch
        {
            MachineKind.Amd64 => ["DMA", "DMA32", "Normal"],
            MachineKind.I386 => ["DMA", "Normal", "HighMem"],
            MachineKind.Arm => ["Normal", "HighMem"],
            MachineKind.S390 => ["DMA", "Normal"],
            MachineKind.Ppc64 or MachineKind.Sparc64 => ["Normal", "Movable"],
            _ => ["DMA32", "Normal"],
        };
        return from node in Enumerable.Range(0, report.Machine.IsNuma ? report.Machine.Nodes : 1)
               from zone in zones
               where node == 0 || zone == zones[^1]
               select (node, zone, report.Machine.IsNuma ? Invariant($"Node {node} ") : "");
    }

    private readonly record struct Item(string Text, OomCounter? Counter);
}
