using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>The allocation that ran out of memory and the task that asked for it, from <c>dump_header()</c> and <c>dump_stack()</c>.</summary>
/// <remarks>The trigger need not be the victim. What the log does not say is null.</remarks>
public sealed record OomTrigger
{
    /// <summary>Gets the name of the thread that asked.</summary>
    public TaskName? Name { get; init; }

    /// <summary>Gets the id of the thread that asked.</summary>
    public int? Pid { get; init; }

    /// <summary>Gets its effective user id; null before 6.12.</summary>
    public uint? Uid { get; init; }

    /// <summary>Gets the CPU it ran on.</summary>
    public int? Cpu { get; init; }

    /// <summary>Gets the allocation flags; zero for a page-fault OOM (2.6.29 to 5.15), whose request is unknown.</summary>
    public uint? GfpMask { get; init; }

    /// <summary>Gets the printed names of the flags, as printed; empty before 4.6.</summary>
    public ImmutableArray<string> GfpFlags { get; init; } = [];

    /// <summary>Gets the binary logarithm of the requested pages; -1 for SysRq-f (since 4.4).</summary>
    public int? Order { get; init; }

    /// <summary>Gets the trigger's own adjustment, -1000 to 1000; null before 2.6.36.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>Gets the trigger's old-style adjustment, -17 to 15 (<c>oom_adj</c>, <c>oomkilladj</c>); null since 3.7.</summary>
    public int? OomAdj { get; init; }

    /// <summary>Gets the node list of a memory policy; null where the log says <c>(null)</c> or nothing.</summary>
    public string? Nodemask { get; init; }

    /// <summary>Gets the last component of the trigger's cpuset, or <c>/</c>.</summary>
    public string? Cpuset { get; init; }

    /// <summary>Gets the list of nodes that the trigger may use.</summary>
    public string? MemsAllowed { get; init; }

    /// <summary>Gets whether a person asked for it with SysRq-f (order -1, 4.4 and later); see <see cref="OomEvent.IsManual"/> for all kernels.</summary>
    public bool IsManual => Order == -1;

    /// <inheritdoc/>
    public bool Equals(OomTrigger? other) =>
        other is not null
        && Name == other.Name
        && Pid == other.Pid
        && Uid == other.Uid
        && Cpu == other.Cpu
        && GfpMask == other.GfpMask
        && GfpFlags.AsSpan().SequenceEqual(other.GfpFlags.AsSpan())
        && Order == other.Order
        && OomScoreAdj == other.OomScoreAdj
        && OomAdj == other.OomAdj
        && Nodemask == other.Nodemask
        && Cpuset == other.Cpuset
        && MemsAllowed == other.MemsAllowed;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Pid, GfpMask, Order);
}
