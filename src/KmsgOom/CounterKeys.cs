using System.Text;

namespace KmsgOom;

/// <summary>The keys of the Mem-Info block that kernels are known to print, so that events share their strings; the model has them in lower case.</summary>
internal static class CounterKeys
{
    public static KnownStrings Known { get; } = new(
        "active", "inactive", "active_anon", "inactive_anon", "isolated_anon", "active_file", "inactive_file", "isolated_file", "unevictable", "dirty", "writeback",
        "unstable", "free", "slab", "slab_reclaimable", "slab_unreclaimable", "mapped", "shmem", "pagetables", "sec_pagetables", "bounce", "kernel_misc_reclaimable",
        "free_pcp", "free_cma", "shmem_thp", "shmem_pmdmapped", "anon_thp", "writeback_tmp", "pages_scanned", "kernel_stack", "shadow_call_stack", "balloon",
        "gpu_active", "gpu_reclaim", "boost", "min", "low", "high", "reserved_highatomic", "free_highatomic", "writepending", "zspages", "present", "managed",
        "mlocked", "local_pcp", "cma_watermark");

    /// <summary>Makes the model's key of a printed one, or takes the one that is known.</summary>
    /// <param name="printed">The key as printed.</param>
    /// <param name="place">Zero for the first of some keys; remembers which was the last.</param>
    public static string Get(ReadOnlySpan<byte> printed, ref int place)
    {
        if (!printed.ContainsAnyExceptInRange((byte)'_', (byte)'z'))
        {
            return Known.Get(printed, ref place);
        }

        string key = Normalize(Encoding.UTF8.GetString(printed));
        return Known.Find(key, ref place) is >= 0 and int known ? Known.All[known] : key;
    }

    // "isolated(anon)", "Balloon", "Active_anon"
    private static string Normalize(string key) => key.ToLowerInvariant().Replace('(', '_').Replace(")", "", StringComparison.Ordinal);
}
