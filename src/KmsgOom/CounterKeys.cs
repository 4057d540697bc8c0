using System.Collections.Frozen;
using System.Text;

namespace KmsgOom;

/// <summary>The keys of the Mem-Info block that kernels are known to print, so that events share their strings; the model has them in lower case.</summary>
internal static class CounterKeys
{
    private const int MaxKnownLength = 40;

    public static FrozenSet<string> All { get; } = FrozenSet.ToFrozenSet(
    [
        "active", "inactive", "active_anon", "inactive_anon", "isolated_anon", "active_file", "inactive_file", "isolated_file", "unevictable", "dirty", "writeback",
        "unstable", "free", "slab", "slab_reclaimable", "slab_unreclaimable", "mapped", "shmem", "pagetables", "sec_pagetables", "bounce", "kernel_misc_reclaimable",
        "free_pcp", "free_cma", "shmem_thp", "shmem_pmdmapped", "anon_thp", "writeback_tmp", "pages_scanned", "kernel_stack", "shadow_call_stack", "balloon",
        "gpu_active", "gpu_reclaim", "boost", "min", "low", "high", "reserved_highatomic", "free_highatomic", "writepending", "zspages", "present", "managed",
        "mlocked", "local_pcp", "cma_watermark",
    ]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known = All.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsKnown(string key) => All.Contains(key);

    public static string Intern(ReadOnlySpan<byte> printed)
    {
        if (printed.Length > MaxKnownLength)
        {
            return Normalize(Encoding.UTF8.GetString(printed));
        }

        Span<char> key = stackalloc char[MaxKnownLength];
        int length = Encoding.UTF8.GetChars(printed, key);
        if (key[..length].ContainsAnyExceptInRange('_', 'z'))
        {
            string text = Normalize(key[..length].ToString());
            return All.TryGetValue(text, out string? shared) ? shared : text;
        }

        return Known.TryGetValue(key[..length], out string? known) ? known : key[..length].ToString();
    }

    // "isolated(anon)", "Balloon", "Active_anon"
    private static string Normalize(string key) => key.ToLowerInvariant().Replace('(', '_').Replace(")", "", StringComparison.Ordinal);
}
