namespace KmsgOom.Insight;

/// <summary>Divides the machine's pages by what <c>show_mem()</c> prints.</summary>
/// <remarks>
/// The lists of anonymous pages hold shared memory too, and the unevictable list holds pages of all kinds; free pages on the CPUs' own lists are
/// not among the free ones, huge pages of pools on no list at all.
/// </remarks>
internal static class MachineBalance
{
    public static OomBalance? Make(OomEvent oomEvent)
    {
        if (oomEvent.Memory is not { RamPages: { } ram, ReservedPages: { } reserved } memory || reserved < 0 || ram <= reserved || ram - reserved > long.MaxValue / oomEvent.PageSize)
        {
            return null;
        }

        BalanceSheet sheet = new(oomEvent.PageSize);
        MachineCounters counters = new(oomEvent, memory);
        AddLists(sheet, counters, oomEvent);
        AddFree(sheet, counters, memory);
        sheet.Add("slab_reclaimable", counters.Total("slab_reclaimable"), "slab_reclaimable");
        sheet.Add("slab_unreclaimable", counters.Total("slab_unreclaimable"), "slab_unreclaimable");
        sheet.Add("slab", counters.Total("slab"), "slab");
        sheet.Add("kernel_misc_reclaimable", counters.Total("kernel_misc_reclaimable"), "kernel_misc_reclaimable");
        sheet.Add("page_tables", counters.Total("pagetables"), "pagetables");
        sheet.Add("secondary_page_tables", counters.Total("sec_pagetables"), "sec_pagetables");
        sheet.Add("bounce", counters.Total("bounce"), "bounce");
        sheet.Add("kernel_stacks", counters.NodesOrZones("kernel_stack"), "kernel_stack");
        sheet.Add("shadow_call_stacks", counters.NodesOrZones("shadow_call_stack"), "shadow_call_stack");
        sheet.Add("compressed_swap", counters.NodesOrZones("zspages"), "zspages");
        sheet.Add("balloon", counters.NodesOrZones("Balloon"), "Balloon");
        sheet.Add("gpu", counters.NodesOrZones("gpu_active") + counters.NodesOrZones("gpu_reclaim"), "gpu_active, gpu_reclaim");
        sheet.Add("hugetlb", counters.HugePages(), "hugepages_total * hugepages_size");
        if (KernelVersion.Parse(oomEvent.Kernel?.Release) is { RedHat: 0, Major: 3, Minor: >= 11 and <= 13 })
        {
            sheet.Notes.Add("kernels 3.11 to 3.13 count reserved pages of the last zone only, so that the total is too large");
        }

        if (counters.ShowsSomeNodesOnly)
        {
            sheet.Notes.Add("the block shows the nodes and zones of the request only: what is counted by node or zone is part of the remainder");
        }

        return sheet.Close(
            oomEvent.ToBytes(ram - reserved), "pages RAM - pages reserved", "total - all counters: drivers, vmalloc, per-CPU data, memory of hypervisors and firmware");
    }

    private static void AddLists(BalanceSheet sheet, MachineCounters counters, OomEvent oomEvent)
    {
        // Before 2.6.28 one pair of lists held everything.
        sheet.Add("lru", counters.Total("active") + counters.Total("inactive"), "active, inactive");
        Int128 anonLists = counters.Total("active_anon") + counters.Total("inactive_anon") + counters.Total("isolated_anon");
        Int128 shmem = counters.Total("shmem");
        Int128 unevictable = counters.Total("unevictable");

        // Locked shared memory is on the unevictable list.
        Int128 shmemElsewhere = Int128.Max(0, shmem - anonLists);
        Int128 shmemThere = Int128.Min(shmem, anonLists) + Int128.Min(shmemElsewhere, unevictable);
        Int128 mapped = Int128.Min(shmemThere, MappedShmem(oomEvent, counters.Total("mapped")));
        sheet.Add("anon", anonLists - Int128.Min(shmem, anonLists), "active_anon + inactive_anon + isolated_anon - shmem");
        sheet.Add("file", counters.Total("active_file") + counters.Total("inactive_file") + counters.Total("isolated_file"), "active_file + inactive_file + isolated_file");
        sheet.Add("shmem_mapped", mapped, "shmem, as far as processes may have it mapped (mapped, rss_shmem)");
        sheet.Add("shmem_unmapped", shmemThere - mapped, "shmem - what processes may have mapped");
        sheet.Add("unevictable", unevictable - Int128.Min(shmemElsewhere, unevictable), "unevictable");
    }

    // Pages that several processes map count for each of them, so this is the most that can be mapped.
    private static Int128 MappedShmem(OomEvent oomEvent, Int128 mapped)
    {
        Int128 sum = 0;
        foreach (OomTask task in oomEvent.Tasks.AsSpan())
        {
            if (task.RssShmemPages is not { } pages)
            {
                return mapped;
            }

            sum += pages;
        }

        return oomEvent.Tasks.IsEmpty ? mapped : Int128.Min(mapped, sum);
    }

    private static void AddFree(BalanceSheet sheet, MachineCounters counters, OomMemory memory)
    {
        Int128 free = memory.Counters.Get("free") is not null ? counters.Total("free") : counters.KiB(memory.FreePagesKiB ?? 0);
        Int128 cma = Int128.Min(free, counters.Total("free_cma"));
        Int128 highatomic = 0;
        Int128 reserve = 0;
        foreach (OomZone zone in memory.Nodes.SelectMany(node => node.Zones))
        {
            Int128 zoneFree = counters.KiB(zone.Counters.Get("free") ?? 0);
            Int128 zoneCma = Int128.Min(zoneFree, counters.KiB(zone.Counters.Get("free_cma") ?? 0));
            Int128 zoneHighatomic = Int128.Min(zoneFree - zoneCma, counters.KiB(zone.Counters.Get("free_highatomic") ?? zone.Counters.Get("reserved_highatomic") ?? 0));
            highatomic += zoneHighatomic;
            reserve += Int128.Min(zoneFree - zoneCma - zoneHighatomic, counters.KiB(zone.Counters.Get("min") ?? 0));
        }

        // The global counter and the zones' are read one after the other.
        highatomic = Int128.Min(highatomic, free - cma);
        reserve = Int128.Min(reserve, free - cma - highatomic);
        sheet.Add("free_cma", cma, "free_cma");
        sheet.Add("free_highatomic", highatomic, "free_highatomic or reserved_highatomic of the zones");
        sheet.Add("free_reserve", reserve, "free of the zones, as far as it is below min");
        sheet.Add("free_usable", free - cma - highatomic - reserve, "free - free_cma - highatomic - reserve");
        sheet.Add("free_on_cpus", counters.Total("free_pcp"), "free_pcp");
    }
}
