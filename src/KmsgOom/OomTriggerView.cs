using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The allocation that ran out of memory and the task that asked for it, borrowed: valid until the next read on the same parser.</summary>
/// <remarks>What the log does not say is null or empty.</remarks>
public readonly ref struct OomTriggerView
{
    private readonly OomReport _report;

    internal OomTriggerView(OomReport report) => _report = report;

    /// <summary>Gets the name of the thread that asked.</summary>
    public TaskName? Name => _report.Facts.HasTriggerName ? _report.Facts.TriggerName : null;

    /// <summary>Gets the id of the thread that asked.</summary>
    public int? Pid => _report.Facts.TriggerPid;

    /// <summary>Gets its effective user id; null before 6.12.</summary>
    public uint? Uid => _report.Facts.TriggerUid;

    /// <summary>Gets the CPU it ran on.</summary>
    public int? Cpu => _report.Facts.TriggerCpu;

    /// <summary>Gets the allocation flags.</summary>
    public uint? GfpMask => _report.Facts.GfpMask;

    /// <summary>Gets the printed names of the flags, joined by vertical bars as printed; empty before 4.6.</summary>
    public ReadOnlySpan<byte> GfpFlagsUtf8 => _report.Get(_report.Facts.GfpFlags);

    /// <summary>Gets the binary logarithm of the requested pages; -1 for SysRq-f.</summary>
    public int? Order => _report.Facts.Order;

    /// <summary>Gets the trigger's own adjustment, -1000 to 1000; null before 2.6.36.</summary>
    public int? OomScoreAdj => _report.Facts.TriggerOomScoreAdj;

    /// <summary>Gets the trigger's old-style adjustment, -17 to 15; null since 3.7.</summary>
    public int? OomAdj => _report.Facts.TriggerOomAdj;

    /// <summary>Gets the node list of a memory policy; empty where the log says <c>(null)</c> or nothing.</summary>
    public ReadOnlySpan<byte> NodemaskUtf8 => _report.Get(_report.Facts.Nodemask);

    /// <summary>Gets the last component of the trigger's cpuset, or <c>/</c>.</summary>
    public ReadOnlySpan<byte> CpusetUtf8 => _report.Get(_report.Facts.Cpuset);

    /// <summary>Gets the list of nodes that the trigger may use.</summary>
    public ReadOnlySpan<byte> MemsAllowedUtf8 => _report.Get(_report.Facts.MemsAllowed);
}
