namespace KmsgOom.Insight;

/// <summary>The statistics of a cgroup with all its descendants, whichever way the kernel prints them.</summary>
/// <remarks>
/// Up to 5.2 each cgroup has a line of its own and none includes its children; 5.3 and later print sums; v1 since 6.5 prints both, sums as <c>total_…</c>.
/// </remarks>
internal sealed class MemcgStatSums
{
    private const string TotalPrefix = "total_";

    private readonly Sheet _sheet;

    // By their places among the known keys: a sheet asks for no others.
    private readonly StatSum[] _sums = new StatSum[MemcgStatKeys.Known.All.Count];
    private StatSum[]? _totals;

    public MemcgStatSums(Sheet sheet, OomMemcg memcg)
    {
        _sheet = sheet;
        IsVersion2 = memcg.Stats.Length > 0 && memcg.Stats[0]["anon"] is not null;
        bool isSummed = IsVersion2 || (memcg.Stats.Length > 0 && memcg.Stats[0]["total_rss"] is not null);
        int groups = isSummed ? 1 : memcg.Stats.Length;
        for (int group = 0; group < groups; group++)
        {
            IsEmpty &= memcg.Stats[group].Values.IsEmpty;
            Add(memcg.Stats[group], groupsSoFar: group + 1);
        }
    }

    /// <summary>Gets what stands before a key in the log.</summary>
    public string KeyPrefix => _totals is null ? "" : TotalPrefix;

    public bool IsEmpty { get; } = true;

    /// <summary>Gets whether the keys are those of cgroup v2; 5.3 to 6.4 print them on v1 too.</summary>
    public bool IsVersion2 { get; }

    /// <summary>Gets a sum in bytes; null where it was not printed.</summary>
    /// <param name="key">One of <see cref="MemcgStatKeys"/>.</param>
    public long? this[string key]
    {
        get
        {
            int known = MemcgStatKeys.Known.Find(key);
            return _totals?[known].Bytes ?? _sums[known].Bytes;
        }
    }

    private void Add(OomMemcgStats stats, int groupsSoFar)
    {
        int place = 0;
        foreach (ref readonly OomMemcgStat stat in stats.Values.AsSpan())
        {
            bool isTotal = stat.Key.StartsWith(TotalPrefix, StringComparison.Ordinal);
            StatSum[] sums = isTotal ? _totals ??= new StatSum[_sums.Length] : _sums;
            int known = MemcgStatKeys.Known.Find(isTotal ? stat.Key[TotalPrefix.Length..] : stat.Key, ref place);
            if (known >= 0 && sums[known].Groups < groupsSoFar)
            {
                // Up to 4.1 a race prints a small negative number: it means zero.
                long bytes = stat.Value < 0 ? 0 : _sheet.Credible(stat.Key, stat.Value, 1) ?? 0;
                sums[known] = new StatSum(Math.Min(sums[known].Sum + bytes, Sheet.MaxBytes), groupsSoFar);
            }
        }
    }

    /// <param name="Sum">The sum so far.</param>
    /// <param name="Groups">How many groups had been read when it was added to; 0 where none has the key.</param>
    private readonly record struct StatSum(long Sum, int Groups)
    {
        public long? Bytes => Groups > 0 ? Sum : null;
    }
}
