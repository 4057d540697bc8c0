using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The memory cgroup of an event, borrowed: valid until the next read on the same parser.</summary>
/// <remarks>What the log does not say is null or empty.</remarks>
public readonly ref struct OomMemcgView
{
    private readonly BorrowedReport _borrowed;

    internal OomMemcgView(BorrowedReport borrowed) => _borrowed = borrowed;

    /// <summary>Gets the cgroup whose limit was hit.</summary>
    public ReadOnlySpan<byte> PathUtf8 => Report.Get(Report.Facts.LimitPath);

    /// <summary>Gets the cgroup of the chosen task.</summary>
    public ReadOnlySpan<byte> TaskPathUtf8 => Report.Get(Report.Facts.TaskPath);

    /// <summary>Gets the memory counter.</summary>
    public OomMemcgUsage? Memory => Report.Facts.Memory;

    /// <summary>Gets the memory+swap counter of cgroup v1.</summary>
    public OomMemcgUsage? MemorySwap => Report.Facts.MemorySwap;

    /// <summary>Gets the swap counter of cgroup v2.</summary>
    public OomMemcgUsage? Swap => Report.Facts.Swap;

    /// <summary>Gets the kernel-memory counter of cgroup v1.</summary>
    public OomMemcgUsage? Kmem => Report.Facts.Kmem;

    /// <summary>Gets the protected memory; null before 6.19.</summary>
    public OomMemcgProtection? Protection => Report.Facts.Protection;

    /// <summary>Gets whether the log says that <c>memory.oom.group</c> is set.</summary>
    public bool OomGroup => Report.Facts.IsGroupKill;

    /// <summary>Gets the number of cgroups whose statistics were printed.</summary>
    public int StatsCount => Report.StatGroups.Count;

    /// <summary>Gets the number of statistics, of all cgroups together.</summary>
    public int ValueCount => Report.Stats.Count;

    private OomReport Report => _borrowed.Report;

    /// <summary>Gets the cgroup of one block of statistics.</summary>
    /// <param name="index">From 0 to <see cref="StatsCount"/> - 1.</param>
    /// <param name="firstValue">The position of its first value; its values run to the first of the next block.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such block.</exception>
    public ReadOnlySpan<byte> GetStatsPath(int index, out int firstValue)
    {
        OomReport report = Report;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)report.StatGroups.Count, nameof(index));
        ref StatGroup group = ref report.StatGroups[index];
        firstValue = group.FirstValue;
        return report.Get(group.Path);
    }

    /// <summary>Gets one statistic: its key, and bytes for sizes or the bare number for events.</summary>
    /// <param name="index">From 0 to <see cref="ValueCount"/> - 1.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public ReadOnlySpan<byte> GetValue(int index, out long value)
    {
        OomReport report = Report;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)report.Stats.Count, nameof(index));
        ref StatEntry entry = ref report.Stats[index];
        value = entry.Value;
        return report.Get(entry.Key);
    }
}
