namespace KmsgOom;

/// <summary>The keys of memory statistics that kernels are known to print.</summary>
internal static class MemcgStatKeys
{
    public static KnownStrings Known { get; } = new(
        "anon", "file", "kernel", "kernel_stack", "slab", "pagetables", "sec_pagetables", "percpu", "sock", "vmalloc", "shmem", "zswap", "zswapped",
        "zswap_incomp", "file_mapped", "file_dirty", "file_writeback", "swapcached", "anon_thp", "file_thp", "shmem_thp", "inactive_anon", "active_anon",
        "inactive_file", "active_file", "unevictable", "slab_reclaimable", "slab_unreclaimable", "hugetlb", "pgfault", "pgmajfault",
        "workingset_refault_anon", "workingset_refault_file", "workingset_activate_anon", "workingset_activate_file", "workingset_restore_anon",
        "workingset_restore_file", "workingset_nodereclaim", "pgdemote_kswapd", "pgdemote_direct", "pgdemote_khugepaged", "pgdemote_proactive",
        "pgpromote_success", "pgrefill", "pgscan", "pgsteal", "pswpin", "pswpout", "pgscan_kswapd", "pgscan_direct", "pgscan_khugepaged", "pgscan_proactive",
        "pgsteal_kswapd", "pgsteal_direct", "pgsteal_khugepaged", "pgsteal_proactive", "pgactivate", "pgdeactivate", "pglazyfree", "pglazyfreed",
        "swpin_zero", "swpout_zero", "zswpin", "zswpout", "zswpwb", "thp_fault_alloc", "thp_collapse_alloc", "thp_swpout", "thp_swpout_fallback",
        "numa_pages_migrated", "numa_pte_updates", "numa_hint_faults", "cache", "rss", "rss_huge", "mapped_file", "dirty", "writeback", "swap",
        "pgpgin", "pgpgout", "hierarchical_memory_limit", "hierarchical_memsw_limit");
}
