namespace KmsgOom.Tests.ReportWriter;

/// <summary>The keys of the memory statistics since 5.3, in printed order (reference, sections 3.3 and 3.4).</summary>
internal static class StatKeys
{
    private static readonly (string Keys, string From, string Until)[] V2 =
    [
        ("anon file", "5.3", ""),
        ("kernel", "5.18", ""),
        ("kernel_stack", "5.3", ""),
        ("slab", "5.3", "5.10"),
        ("pagetables", "5.11", ""),
        ("sec_pagetables", "6.1", ""),
        ("percpu", "5.9", ""),
        ("sock", "5.3", ""),
        ("vmalloc", "5.17", ""),
        ("shmem", "5.3", ""),
        ("zswap zswapped", "5.19", ""),
        ("zswap_incomp", "7.1", ""),
        ("file_mapped file_dirty file_writeback", "5.3", ""),
        ("swapcached", "5.12", ""),
        ("anon_thp", "5.3", ""),
        ("file_thp shmem_thp", "5.11", ""),
        ("inactive_anon active_anon inactive_file active_file unevictable slab_reclaimable slab_unreclaimable", "5.3", ""),
        ("slab", "5.10", ""),
        ("hugetlb", "6.13", ""),
        ("pgfault pgmajfault", "5.3", "6.0"),
        ("workingset_refault workingset_activate", "5.3", "5.9"),
        ("workingset_restore", "5.8", "5.9"),
        ("workingset_refault_anon workingset_refault_file workingset_activate_anon workingset_activate_file workingset_restore_anon workingset_restore_file", "5.9", ""),
        ("workingset_nodereclaim", "5.3", ""),
        ("pgdemote_kswapd pgdemote_direct pgdemote_khugepaged", "6.12", ""),
        ("pgdemote_proactive", "6.17", ""),
        ("pgsteal_kswapd pgsteal_direct pgsteal_khugepaged pgsteal_proactive pgscan_kswapd pgscan_direct pgscan_khugepaged pgscan_proactive pgrefill", "7.1", ""),
        ("pgpromote_success", "6.12", ""),
        ("pgrefill", "5.3", "6.0"),
        ("pgscan pgsteal", "5.3", ""),
        ("pswpin pswpout", "6.13", ""),
        ("pgscan_kswapd pgscan_direct", "6.0", "7.1"),
        ("pgscan_khugepaged", "6.3", "7.1"),
        ("pgscan_proactive", "6.17", "7.1"),
        ("pgsteal_kswapd pgsteal_direct", "6.0", "7.1"),
        ("pgsteal_khugepaged", "6.3", "7.1"),
        ("pgsteal_proactive", "6.17", "7.1"),
        ("pgfault pgmajfault", "6.0", ""),
        ("pgrefill", "6.0", "7.1"),
        ("pgactivate pgdeactivate pglazyfree pglazyfreed", "5.3", ""),
        ("swpin_zero swpout_zero", "6.12", ""),
        ("zswpin zswpout", "6.0", ""),
        ("zswpwb", "6.8", ""),
        ("thp_fault_alloc thp_collapse_alloc", "5.3", ""),
        ("thp_swpout thp_swpout_fallback", "6.8", ""),
        ("numa_pages_migrated numa_pte_updates numa_hint_faults", "6.12", ""),
    ];

    public static string[] OfV2(Version version) =>
    [
        .. V2.Where(entry => version >= Version.Parse(entry.From) && (entry.Until.Length == 0 || version < Version.Parse(entry.Until)))
            .SelectMany(entry => entry.Keys.Split(' ')),
    ];

    public static string[] OfV1(Version version)
    {
        string swap = version >= new Version(6, 8) ? "swap swapcached" : "swap";
        string[] local = ("cache rss rss_huge shmem mapped_file dirty writeback workingset_refault_anon workingset_refault_file " + swap
            + " pgpgin pgpgout pgfault pgmajfault inactive_anon active_anon inactive_file active_file unevictable").Split(' ');
        return [.. local, "hierarchical_memory_limit", "hierarchical_memsw_limit", .. local.Select(key => "total_" + key)];
    }
}
