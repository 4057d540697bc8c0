using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The Mem-Info block (reference, section 8) but for its zones.</summary>
internal static class MemInfoText
{
    private const string G3 = "active_anon inactive_anon isolated_anon\n active_file inactive_file isolated_file\n unevictable dirty writeback unstable";
    private const string G6 = "active_anon inactive_anon isolated_anon\n active_file inactive_file isolated_file\n unevictable dirty writeback";

    public static IEnumerable<WrittenRecord> Write(WrittenReport report) =>
    [
        .. Header(report), .. ZoneText.PerCpu(report), .. FreePages(report), Counters(report), .. ZoneText.NodeLines(report), .. ZoneText.Zones(report),
        .. ZoneText.Buddies(report), .. ZoneText.Hugepages(report), .. Swap(report), .. Totals(report), .. Profile(report), .. Slab(report),
    ];

    public static WrittenRecord Line(int level, string text, Action<ExpectedMemory>? apply = null, LineStanding standing = LineStanding.InReport) =>
        new(level, text, OomSections.MemInfo, e => apply?.Invoke(e.Memory)) { Standing = standing };

    private static IEnumerable<WrittenRecord> Header(WrittenReport report)
    {
        if (report.Era.IsSince("2.6.10"))
        {
            bool isSmall = !report.Era.IsSince("2.6.27") || (report.Machine.Kind == MachineKind.Arm && !report.Era.IsSince("4.1"));
            yield return Line(report.Era.IsSince("2.6.34") ? 4 : 6, isSmall ? "Mem-info:" : "Mem-Info:", standing: LineStanding.Alone);
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

        long free = report.Memory["free"];
        long high = report.Memory["highmem"];
        yield return Line(4, Invariant($"Free pages: {free,11}kB ({high}kB HighMem)"), m => m.Facts = m.Facts with { FreePagesKiB = free, FreeHighMemKiB = high });
    }

    private static WrittenRecord Counters(WrittenReport report)
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
        return WrittenRecord.Of([.. keys.Split('\n').Select(line => CounterLine(report, line[0] == ' ', line.Trim(' ').Split(' ')))]);
    }

    private static WrittenRecord CounterLine(WrittenReport report, bool isRest, string[] keys) => Line(
        4,
        (isRest ? " " : "") + string.Join(' ', keys.Select(key => Invariant($"{key}:{report.Memory[key]}"))),
        m => Array.ForEach(keys, key => m.Count(key.ToLowerInvariant(), report.Memory[key])),
        isRest ? LineStanding.InSection : LineStanding.InReport);

    private static IEnumerable<WrittenRecord> Swap(WrittenReport report)
    {
        KernelEra era = report.Era;
        WrittenNumbers n = report.Memory;
        if (era.IsSince("2.6.25"))
        {
            yield return Line(4, Invariant($"{n["pagecache"]} total pagecache pages"), m => m.Facts = m.Facts with { PageCachePages = n["pagecache"] });
        }

        string cache = Invariant($"add {n["add"]}, delete {n["delete"]}, find {n["find"]}/{n["found"]}");
        OomSwapCache expected = new(n["add"], n["delete"], n["find"], n["found"], null);
        if (!era.IsSince("2.6.27"))
        {
            yield return Line(4, Invariant($"Swap cache: {cache}, race 0+2"), m => m.Facts = m.Facts with { SwapCache = expected with { Race = new OomSwapRace(0, 2) } });
        }
        else
        {
            yield return Line(4, Invariant($"{n["swapcache"]} pages in swap cache"), m => m.Facts = m.Facts with { SwapCachePages = m.Facts.SwapCachePages ?? n["swapcache"] });
            if (!era.IsSince("6.0"))
            {
                yield return Line(4, $"Swap cache stats: {cache}", m => m.Facts = m.Facts with { SwapCache = expected });
            }
        }

        void SetFree(ExpectedMemory m) => m.Facts = m.Facts with { SwapFreeKiB = n["freeswap"] };
        if (era.IsSince("2.6.12"))
        {
            yield return Line(4, Invariant($"Free swap  = {n["freeswap"]}kB"), SetFree);
            yield return Line(4, Invariant($"Total swap = {n["totalswap"]}kB"), m => m.Facts = m.Facts with { SwapTotalKiB = n["totalswap"] });
        }

        if (!era.IsSince("2.6.27"))
        {
            yield return Line(4, Invariant($"Free swap:       {n["freeswap"],6}kB"), SetFree);
        }
    }

    private static IEnumerable<WrittenRecord> Totals(WrittenReport report)
    {
        KernelEra era = report.Era;
        MachineKind kind = report.Machine.Kind;
        bool hasHighMem = kind is MachineKind.I386 or MachineKind.Arm;
        string highMem = era.IsSince("3.11") || era.Name.StartsWith("rhel7", StringComparison.Ordinal) ? "pages HighMem/MovableOnly" : hasHighMem ? "pages HighMem" : "";
        string[] ofI386 = ["pages dirty", "pages writeback", "pages mapped", "pages slab", "pages pagetables"];
        string[] lines =
            !era.IsSince("2.6.27") ?
            [
                "pages of RAM", .. hasHighMem ? (string[])["pages of HIGHMEM"] : [], "reserved pages", "pages shared", "pages swap cached",
                .. kind == MachineKind.I386 && era.IsSince("2.6.18") ? ofI386 : [],
            ]
            : kind == MachineKind.Arm && !era.IsSince("4.1") ? ["pages of RAM", "free pages", "reserved pages", "slab pages", "pages shared", "pages swap cached"]
            :
            [
                "pages RAM",
                .. highMem.Length > 0 ? (string[])[highMem] : [],
                "pages reserved",
                .. era.IsSince("3.11") || era.Name.StartsWith("rhel7", StringComparison.Ordinal) ? [] : (string[])["pages shared", "pages non-shared"],
                .. era.IsSince("3.19") ? (string[])["pages cma reserved"] : [],
                .. era.HasHwpoisoned ? (string[])["pages hwpoisoned"] : [],
            ];
        return lines.Select(line => Total(era.IsSince("2.6.34") ? 4 : 6, line, report.Memory[line]));
    }

    private static WrittenRecord Total(int level, string words, long pages)
    {
        string again = words.Replace("pages", "", StringComparison.Ordinal).Trim(' ');
        bool isAgain = again is "dirty" or "writeback" or "mapped" or "slab" or "pagetables" or "free";
        return Line(level, Invariant($"{pages} {words}"), m => Set(m, words, pages, isAgain ? again : null), isAgain ? LineStanding.InSection : LineStanding.InReport);
    }

    private static void Set(ExpectedMemory m, string words, long pages, string? again)
    {
        if (again is not null)
        {
            m.Count(again, pages, isAgain: true);
            return;
        }

        m.Facts = words switch
        {
            "pages RAM" or "pages of RAM" => m.Facts with { RamPages = pages },
            "pages HighMem" or "pages HighMem/MovableOnly" or "pages of HIGHMEM" => m.Facts with { HighMemPages = pages },
            "pages reserved" or "reserved pages" => m.Facts with { ReservedPages = pages },
            "pages shared" => m.Facts with { SharedPages = pages },
            "pages non-shared" => m.Facts with { NonSharedPages = pages },
            "pages cma reserved" => m.Facts with { CmaReservedPages = pages },
            "pages hwpoisoned" => m.Facts with { HwpoisonedPages = pages },
            _ => m.Facts with { SwapCachePages = m.Facts.SwapCachePages ?? pages },
        };
    }

    private static IEnumerable<WrittenRecord> Profile(WrittenReport report)
    {
        if (report.Era.Profile == ProfileForm.None || !report.HasSlabTable)
        {
            yield break;
        }

        bool tells = report.Era.Profile == ProfileForm.HumanWithState;
        bool isOn = report.FramesSeed % 2 == 0;
        string state = tells ? $" (profiling is currently turned {(isOn ? "on" : "off")})" : "";
        yield return Line(5, $"Memory allocations{state}:", m => m.Facts = m.Facts with { IsProfilingOn = tells ? isOn : m.Facts.IsProfilingOn }, LineStanding.InSection);
        (string Text, long Bytes)[] sizes = report.Era.Profile == ProfileForm.Bytes ? [("127664128", 127664128), ("5242880", 5242880)] : [("122 MiB", 122 << 20), ("64.0 KiB", 64 << 10)];
        yield return Line(
            5,
            Invariant($"{sizes[0].Text,12} {31168,8} mm/page_ext.c:270 func:alloc_page_ext"),
            m => m.Add(new OomAllocation(sizes[0].Bytes, sizes[0].Text, 31168, "mm/page_ext.c:270", null, "alloc_page_ext")),
            LineStanding.InSection);
        yield return Line(
            5,
            Invariant($"{sizes[1].Text,12} {123456789,8} fs/xfs/xfs_buf.c:270 [xfs] func:xfs_buf_alloc"),
            m => m.Add(new OomAllocation(sizes[1].Bytes, sizes[1].Text, 123456789, "fs/xfs/xfs_buf.c:270", "xfs", "xfs_buf_alloc")),
            LineStanding.InSection);
    }

    private static IEnumerable<WrittenRecord> Slab(WrittenReport report)
    {
        if (!report.Era.HasSlabTable || !report.HasSlabTable || report.IsAllocationFailure || report.IsMemcg)
        {
            yield break;
        }

        yield return Line(6, "Unreclaimable slab info:");
        yield return Line(6, "Name                      Used          Total", standing: LineStanding.InSection);
        foreach (string name in (string[])["kmalloc-2048", "nf_conntrack", "dma-kmalloc-512", "TCPv6"])
        {
            long used = report.Memory[name];
            yield return Line(6, Invariant($"{name,-17} {used,10}KB {used * 2,10}KB"), m => m.Add(new OomSlab(name, used, used * 2)), LineStanding.InSection);
        }
    }
}
