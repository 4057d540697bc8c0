using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The allocation that ran out of memory and the task that asked for it, borrowed: valid until the next read on the same parser.</summary>
/// <remarks>What the log does not say is null or empty.</remarks>
public readonly ref struct OomTriggerView
{
    private readonly BorrowedReport _borrowed;

    internal OomTriggerView(BorrowedReport borrowed) => _borrowed = borrowed;

    /// <summary>Gets the name of the thread that asked.</summary>
    public TaskName? Name => Report.Facts.HasTriggerName ? Report.Facts.TriggerName : null;

    /// <summary>Gets the id of the thread that asked.</summary>
    public int? Pid => Report.Facts.TriggerPid;

    /// <summary>Gets its effective user id; null before 6.12.</summary>
    public uint? Uid => Report.Facts.TriggerUid;

    /// <summary>Gets the CPU it ran on.</summary>
    public int? Cpu => Report.Facts.TriggerCpu;

    /// <summary>Gets the allocation flags.</summary>
    public uint? GfpMask => Report.Facts.GfpMask;

    /// <summary>Gets the printed names of the flags, joined by vertical bars as printed; empty before 4.6.</summary>
    public ReadOnlySpan<byte> GfpFlagsUtf8 => Report.Get(Report.Facts.GfpFlags);

    /// <summary>Gets the binary logarithm of the requested pages; -1 for SysRq-f.</summary>
    public int? Order => Report.Facts.Order;

    /// <summary>Gets the trigger's own adjustment, -1000 to 1000; null before 2.6.36.</summary>
    public int? OomScoreAdj => Report.Facts.TriggerOomScoreAdj;

    /// <summary>Gets the trigger's old-style adjustment, -17 to 15; null since 3.7.</summary>
    public int? OomAdj => Report.Facts.TriggerOomAdj;

    /// <summary>Gets the node list of a memory policy; empty where the log says <c>(null)</c> or nothing.</summary>
    public ReadOnlySpan<byte> NodemaskUtf8 => Report.Get(Report.Facts.Nodemask);

    /// <summary>Gets the last component of the trigger's cpuset, or <c>/</c>.</summary>
    public ReadOnlySpan<byte> CpusetUtf8 => Report.Get(Report.Facts.Cpuset);

    /// <summary>Gets the list of nodes that the trigger may use.</summary>
    public ReadOnlySpan<byte> MemsAllowedUtf8 => Report.Get(Report.Facts.MemsAllowed);

    private OomReport Report => _borrowed.Report;
}
