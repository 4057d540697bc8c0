namespace KmsgOom.Insight;

/// <summary>The statistics of a cgroup with all its descendants, whichever way the kernel prints them.</summary>
/// <remarks>Up to 5.2 each cgroup has a line of its own and none includes its children; 5.3 and later print sums; v1 since 6.5 prints both, sums as <c>total_…</c>.</remarks>
internal sealed class MemcgStatSums
{
    private readonly Dictionary<string, long> _sums = [];

    public MemcgStatSums(Sheet sheet, OomMemcg memcg)
    {
        bool isSummed = memcg.Stats.Length > 0 && (memcg.Stats[0]["anon"] is not null || memcg.Stats[0]["total_rss"] is not null);
        IsVersion2 = memcg.Stats.Length > 0 && memcg.Stats[0]["anon"] is not null;
        foreach (OomMemcgStats stats in isSummed ? memcg.Stats.AsSpan()[..1] : memcg.Stats.AsSpan())
        {
            HashSet<string> seen = [];
            foreach (OomMemcgStat stat in stats.Values)
            {
                if (seen.Add(stat.Key))
                {
                    // Up to 4.1 a race prints a small negative number: it means zero.
                    long? bytes = stat.Value < 0 ? 0 : sheet.Credible(stat.Key, stat.Value, 1);
                    _sums[stat.Key] = Math.Min(_sums.GetValueOrDefault(stat.Key) + (bytes ?? 0), Sheet.MaxBytes);
                }
            }
        }
    }

    public bool IsEmpty => _sums.Count == 0;

    /// <summary>Gets whether the keys are those of cgroup v2; 5.3 to 6.4 print them on v1 too.</summary>
    public bool IsVersion2 { get; }

    public long? this[string key] => _sums.TryGetValue("total_" + key, out long total) ? total : _sums.TryGetValue(key, out long own) ? own : null;
}
