using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The Mem-Info block (reference, section 8) but for its zones.</summary>
internal static class MemInfoText
{
    private const string G3 = "active_anon inactive_anon isolated_anon\n active_file inactive_file isolated_file\n unevictable dirty writeback unstable";
    private const string G6 = "active_anon inactive_anon isolated_anon\n active_file inactive_file isolated_file\n unevictable dirty writeback";

    public static IEnumerable<WrittenRecord> Write(WrittenReport report) =>
    [
        .. Header(report), .. ZoneText.PerCpu(report), .. FreePages(report), Line(4, Counters(report)), .. ZoneText.NodeLines(report), .. ZoneText.Zones(report),
        .. ZoneText.Buddies(report), .. ZoneText.Hugepages(report), .. Swap(report), .. Totals(report), .. Profile(report), .. Slab(report),
    ];

    public static WrittenRecord Line(int level, string text, Action<Expectation>? apply = null) => new(level, text, OomSections.MemInfo, apply);

    private static IEnumerable<WrittenRecord> Header(WrittenReport report)
    {
        if (report.Era.IsSince("2.6.10"))
        {
            bool isSmall = !report.Era.IsSince("2.6.27") || (report.Machine.Kind == MachineKind.Arm && !report.Era.IsSince("4.1"));
            yield return Line(report.Era.IsSince("2.6.34") ? 4 : 6, isSmall ? "Mem-info:" : "Mem-Info:");
        }
    }

    private static IEnumerable<WrittenRecord> FreePages(WrittenReport report)
    {
        if (report.Era.IsSince("2.6.19"))
        {
            yield break;
        }

        if (!report.Era.IsSince("2.6.10"))
        {
            yield return WrittenRecord.Free(4, "");
        }

        yield return Line(4, Invariant($"Free pages: {report.Memory["free"],11}kB ({report.Memory["highmem"]}kB HighMem)"));
    }

    private static string Counters(WrittenReport report)
    {
        string keys = report.Era.Counters switch
        {
            CountersForm.G0 => "Active inactive dirty writeback unstable free slab mapped pagetables",
            CountersForm.G1 => "Active inactive dirty writeback unstable\n free slab mapped pagetables bounce",
            CountersForm.G2 => "Active_anon active_file inactive_anon\n inactive_file unevictable dirty writeback unstable\n free slab mapped pagetables bounce",
            CountersForm.G3 => G3 + "\n free slab_reclaimable slab_unreclaimable\n mapped shmem pagetables bounce",
            CountersForm.G4 => G3 + "\n free slab_reclaimable slab_unreclaimable\n mapped shmem pagetables bounce\n free_cma",
            CountersForm.G5 => G3 + "\n slab_reclaimable slab_unreclaimable\n mapped shmem pagetables bounce\n free free_pcp free_cma",
            CountersForm.G6 => G6 + "\n slab_reclaimable slab_unreclaimable\n mapped shmem pagetables bounce\n free free_pcp free_cma",
            CountersForm.G7 => G6 + "\n slab_reclaimable slab_unreclaimable\n mapped shmem pagetables bounce\n kernel_misc_reclaimable\n free free_pcp free_cma",
            _ => G6 + "\n slab_reclaimable slab_unreclaimable\n mapped shmem pagetables\n sec_pagetables bounce\n kernel_misc_reclaimable\n free free_pcp free_cma",
        };
        return string.Join('\n', keys.Split('\n').Select(line =>
            (line[0] == ' ' ? " " : "") + string.Join(' ', line.Trim(' ').Split(' ').Select(key => Invariant($"{key}:{report.Memory[key]}")))));
    }

    private static IEnumerable<WrittenRecord> Swap(WrittenReport report)
    {
        KernelEra era = report.Era;
        WrittenNumbers n = report.Memory;
        if (era.IsSince("2.6.25"))
        {
            yield return Line(4, Invariant($"{n["pagecache"]} total pagecache pages"));
        }

        string cache = Invariant($"add {n["add"]}, delete {n["delete"]}, find {n["find"]}/{n["found"]}");
        if (!era.IsSince("2.6.27"))
        {
            yield return Line(4, Invariant($"Swap cache: {cache}, race 0+0"));
        }
        else
        {
            yield return Line(4, Invariant($"{n["swapcache"]} pages in swap cache"));
            if (!era.IsSince("6.0"))
            {
                yield return Line(4, $"Swap cache stats: {cache}");
            }
        }

        if (era.IsSince("2.6.12"))
        {
            yield return Line(4, Invariant($"Free swap  = {n["freeswap"]}kB"));
            yield return Line(4, Invariant($"Total swap = {n["totalswap"]}kB"));
        }

        if (!era.IsSince("2.6.27"))
        {
            yield return Line(4, Invariant($"Free swap:       {n["freeswap"],6}kB"));
        }
    }

    private static IEnumerable<WrittenRecord> Totals(WrittenReport report)
    {
        KernelEra era = report.Era;
        bool hasHighMem = report.Machine.Kind is MachineKind.I386 or MachineKind.Arm;
        string[] lines =
            !era.IsSince("2.6.27") ? ["pages of RAM", .. hasHighMem ? (string[])["pages of HIGHMEM"] : [], "reserved pages", "pages shared", "pages swap cached"]
            : report.Machine.Kind == MachineKind.Arm && !era.IsSince("4.1") ? ["pages of RAM", "free pages", "reserved pages", "slab pages", "pages shared", "pages swap cached"]
            :
            [
                "pages RAM",
                .. hasHighMem || era.IsSince("3.11") || era.Name.StartsWith("rhel7", StringComparison.Ordinal) ? (string[])["pages HighMem/MovableOnly"] : [],
                "pages reserved",
                .. era.IsSince("3.11") ? [] : (string[])["pages shared", "pages non-shared"],
                .. era.IsSince("3.19") ? (string[])["pages cma reserved"] : [],
                .. era.HasHwpoisoned ? (string[])["pages hwpoisoned"] : [],
            ];
        return lines.Select(line => Line(era.IsSince("2.6.34") ? 4 : 6, Invariant($"{report.Memory[line]} {line}")));
    }

    private static IEnumerable<WrittenRecord> Profile(WrittenReport report)
    {
        if (report.Era.Profile == ProfileForm.None || !report.HasSlabTable)
        {
            yield break;
        }

        yield return Line(5, report.Era.Profile == ProfileForm.HumanWithState ? "Memory allocations (profiling is currently turned on):" : "Memory allocations:");
        string[] sizes = report.Era.Profile == ProfileForm.Bytes ? ["127664128", "5242880"] : ["122 MiB", "64.0 KiB"];
        yield return Line(5, Invariant($"{sizes[0],12} {31168,8} mm/page_ext.c:270 func:alloc_page_ext"));
        yield return Line(5, Invariant($"{sizes[1],12} {123456789,8} fs/xfs/xfs_buf.c:270 [xfs] func:xfs_buf_alloc"));
    }

    private static IEnumerable<WrittenRecord> Slab(WrittenReport report)
    {
        if (!report.Era.HasSlabTable || !report.HasSlabTable || report.IsAllocationFailure)
        {
            yield break;
        }

        yield return Line(6, "Unreclaimable slab info:");
        yield return Line(6, "Name                      Used          Total");
        foreach (string name in (string[])["kmalloc-2048", "nf_conntrack", "dma-kmalloc-512", "TCPv6"])
        {
            yield return Line(6, Invariant($"{name,-17} {report.Memory[name],10}KB {report.Memory[name] * 2,10}KB"));
        }
    }
}
