namespace KmsgOom.Insight;

/// <summary>Collects the parts of a balance sheet.</summary>
internal sealed class BalanceSheet(long unit)
{
    private readonly List<OomBucket> _buckets = [];
    private Int128 _sum;

    public List<string> Notes { get; } = [];

    /// <summary>Adds a part, unless it is empty.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="amount">Its size in units; negative numbers of damaged logs count as none.</param>
    /// <param name="source">The counters.</param>
    public void Add(string name, Int128 amount, string source)
    {
        long bytes = (long)Int128.Clamp(amount * unit, 0, long.MaxValue);
        if (bytes > 0)
        {
            _buckets.Add(new OomBucket(name, bytes, source));
            _sum += bytes;
        }
    }

    public OomBalance Close(long totalBytes, string totalSource, string remainderSource)
    {
        _buckets.Sort((left, right) => right.Bytes.CompareTo(left.Bytes));
        _buckets.Add(new OomBucket(OomBalance.Unexplained, (long)Int128.Clamp(totalBytes - _sum, long.MinValue, long.MaxValue), remainderSource));
        return new OomBalance { TotalBytes = totalBytes, TotalSource = totalSource, Buckets = [.. _buckets], Notes = [.. Notes] };
    }
}
