namespace KmsgOom.Insight;

/// <summary>Divides the free memory by who may have it.</summary>
internal static class FreeSheet
{
    private const int KiB = 1024;

    public static void Add(Sheet sheet, OomMemory memory, Func<string, long?> pages, int pageSize)
    {
        long free = pages("free") ?? sheet.Credible("Free pages", memory.FreePagesKiB, KiB) ?? 0;
        long cma = Math.Min(pages("free_cma") ?? 0, free);
        long highatomic = 0;
        long reserve = 0;
        bool isExact = true;
        foreach (OomZone zone in memory.Nodes.SelectMany(node => node.Zones))
        {
            long Zone(string key) => sheet.Credible(key, zone.Counters.Get(key), KiB) ?? 0;

            long left = Math.Max(0, Zone("free") - Zone("free_cma"));

            // Before 6.17 only the size of the reserved blocks is printed, free or not.
            bool hasFree = zone.Counters.Get("free_highatomic") is not null;
            long kept = Math.Min(left, Zone(hasFree ? "free_highatomic" : "reserved_highatomic"));
            isExact &= hasFree || kept == 0;
            highatomic = Math.Min(highatomic + kept, Sheet.MaxBytes);
            reserve = Math.Min(reserve + Math.Min(left - kept, Zone("min")), Sheet.MaxBytes);
        }

        highatomic = Math.Min(highatomic, free - cma);
        reserve = Math.Min(reserve, free - cma - highatomic);
        sheet.Add(OomBucketKind.FreeCma, cma, "only for movable memory, such as that of processes", "free_cma");
        sheet.Add(OomBucketKind.FreeHighatomic, highatomic, isExact ? "only for atomic requests of high order" : "at most this much: reserved for atomic requests of high order, partly in use perhaps", "free_highatomic", "reserved_highatomic");
        sheet.Add(OomBucketKind.FreeMinReserve, reserve, "below the minimum watermarks of the zones: ordinary requests may not have it", "free", "min");
        sheet.Add(OomBucketKind.FreeUsable, free - cma - highatomic - reserve, "above the minimum watermarks; single requests may still be barred from it by zone, order or lowmem_reserve", "free");

        if (pages("free_pcp") is { } onLists)
        {
            sheet.Add(OomBucketKind.FreePerCpu, onLists, "on the lists of the CPUs", "free_pcp");
            return;
        }

        long used = 0;
        foreach (OomPerCpu cpu in memory.Nodes.SelectMany(node => node.Zones).SelectMany(zone => zone.PerCpu))
        {
            used = Math.Min(used + (sheet.Credible("usd", cpu.List.UsedPages, pageSize) ?? 0), Sheet.MaxBytes);
        }

        sheet.Add(OomBucketKind.FreePerCpu, used, "on the lists of the CPUs", "usd", "used");
    }
}
