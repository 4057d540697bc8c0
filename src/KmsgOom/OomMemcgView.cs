using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The memory cgroup of an event, borrowed: valid until the next read on the same parser.</summary>
/// <remarks>What the log does not say is null or empty.</remarks>
public readonly ref struct OomMemcgView
{
    private readonly OomReport _report;

    internal OomMemcgView(OomReport report) => _report = report;

    /// <summary>Gets the cgroup whose limit was hit.</summary>
    public ReadOnlySpan<byte> PathUtf8 => _report.Get(_report.Facts.LimitPath);

    /// <summary>Gets the cgroup of the chosen task.</summary>
    public ReadOnlySpan<byte> TaskPathUtf8 => _report.Get(_report.Facts.TaskPath);

    /// <summary>Gets the memory counter.</summary>
    public OomMemcgUsage? Memory => _report.Facts.Memory;

    /// <summary>Gets the memory+swap counter of cgroup v1.</summary>
    public OomMemcgUsage? MemorySwap => _report.Facts.MemorySwap;

    /// <summary>Gets the swap counter of cgroup v2.</summary>
    public OomMemcgUsage? Swap => _report.Facts.Swap;

    /// <summary>Gets the kernel-memory counter of cgroup v1.</summary>
    public OomMemcgUsage? Kmem => _report.Facts.Kmem;

    /// <summary>Gets the protected memory; null before 6.19.</summary>
    public OomMemcgProtection? Protection => _report.Facts.Protection;

    /// <summary>Gets whether the log says that <c>memory.oom.group</c> is set.</summary>
    public bool OomGroup => _report.Facts.IsGroupKill;

    /// <summary>Gets the number of cgroups whose statistics were printed.</summary>
    public int StatsCount => _report.StatGroups.Count;

    /// <summary>Gets the number of statistics, of all cgroups together.</summary>
    public int ValueCount => _report.Stats.Count;

    /// <summary>Gets the cgroup of one block of statistics.</summary>
    /// <param name="index">From 0 to <see cref="StatsCount"/> - 1.</param>
    /// <param name="firstValue">The position of its first value; its values run to the first of the next block.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such block.</exception>
    public ReadOnlySpan<byte> GetStatsPath(int index, out int firstValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_report.StatGroups.Count, nameof(index));
        ref StatGroup group = ref _report.StatGroups[index];
        firstValue = group.FirstValue;
        return _report.Get(group.Path);
    }

    /// <summary>Gets one statistic: its key, and bytes for sizes or the bare number for events.</summary>
    /// <param name="index">From 0 to <see cref="ValueCount"/> - 1.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public ReadOnlySpan<byte> GetValue(int index, out long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_report.Stats.Count, nameof(index));
        ref StatEntry entry = ref _report.Stats[index];
        value = entry.Value;
        return _report.Get(entry.Key);
    }
}
