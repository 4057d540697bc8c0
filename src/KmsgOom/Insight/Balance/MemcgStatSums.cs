using System.Runtime.InteropServices;

namespace KmsgOom.Insight;

/// <summary>The statistics of a cgroup with all its descendants, whichever way the kernel prints them.</summary>
/// <remarks>Up to 5.2 each cgroup has a line of its own and none includes its children; 5.3 and later print sums; v1 since 6.5 prints both, sums as <c>total_…</c>.</remarks>
internal sealed class MemcgStatSums
{
    private const int UsualCount = 80;

    private readonly Dictionary<string, (long Sum, int LastGroup)> _sums = new(UsualCount);
    private readonly bool _hasTotals;

    public MemcgStatSums(Sheet sheet, OomMemcg memcg)
    {
        bool isSummed = memcg.Stats.Length > 0 && (memcg.Stats[0]["anon"] is not null || memcg.Stats[0]["total_rss"] is not null);
        IsVersion2 = memcg.Stats.Length > 0 && memcg.Stats[0]["anon"] is not null;
        int groups = isSummed ? 1 : memcg.Stats.Length;
        for (int group = 0; group < groups; group++)
        {
            foreach (ref readonly OomMemcgStat stat in memcg.Stats[group].Values.AsSpan())
            {
                ref (long Sum, int LastGroup) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, stat.Key, out bool isKnown);
                if (isKnown && sum.LastGroup == group)
                {
                    continue;
                }

                // Up to 4.1 a race prints a small negative number: it means zero.
                long? bytes = stat.Value < 0 ? 0 : sheet.Credible(stat.Key, stat.Value, 1);
                sum = (Math.Min(sum.Sum + (bytes ?? 0), Sheet.MaxBytes), group);
                _hasTotals |= stat.Key.StartsWith("total_", StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Gets what stands before a key in the log.</summary>
    public string KeyPrefix => _hasTotals ? "total_" : "";

    public bool IsEmpty => _sums.Count == 0;

    /// <summary>Gets whether the keys are those of cgroup v2; 5.3 to 6.4 print them on v1 too.</summary>
    public bool IsVersion2 { get; }

    public long? this[string key] =>
        _hasTotals && _sums.TryGetValue("total_" + key, out (long Sum, int LastGroup) total) ? total.Sum
        : _sums.TryGetValue(key, out (long Sum, int LastGroup) own) ? own.Sum
        : null;
}
