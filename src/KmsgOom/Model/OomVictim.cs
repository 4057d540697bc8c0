namespace KmsgOom;

/// <summary>A task that the kernel killed: what its kill lines and its reaper line say, from <c>__oom_kill_process()</c>.</summary>
/// <remarks>What a kernel did not print is null.</remarks>
public readonly record struct OomVictim
{
    /// <summary>Gets the process id (of a thread, where the leader has already let go of the memory).</summary>
    public int Pid { get; init; }

    /// <summary>Gets the name.</summary>
    public TaskName Name { get; init; }

    /// <summary>Gets the printed badness ("score 1718"); null in kernels 5.1 and later. Above 1000 is possible.</summary>
    public long? Score { get; init; }

    /// <summary>Gets the task that was announced under another pid (up to 5.0): the parent, of which the kernel killed this child instead, or a thread of either; else null.</summary>
    public OomAnnounced? Announced { get; init; }

    /// <summary>Gets the time since boot of the kill line; null where the log had no uptime.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>Gets the wall-clock time of the kill line; null where the log had none.</summary>
    public OomTimestamp? Time { get; init; }

    /// <summary>Gets the virtual size in KiB.</summary>
    public long? TotalVmKiB { get; init; }

    /// <summary>Gets the anonymous resident memory in KiB.</summary>
    public long? AnonRssKiB { get; init; }

    /// <summary>Gets the file-backed resident memory in KiB (with shared memory, before 4.5).</summary>
    public long? FileRssKiB { get; init; }

    /// <summary>Gets the shared resident memory in KiB; null before 4.5.</summary>
    public long? ShmemRssKiB { get; init; }

    /// <summary>Gets the resident memory in KiB where it is one number: earlyoom (whole MiB), lowmemorykiller, OpenVZ 6; null for the OOM killer of other kernels.</summary>
    public long? WholeRssKiB { get; init; }

    /// <summary>Gets the resident memory in pages where it is one number: the older lowmemorykiller; null elsewhere.</summary>
    public long? WholeRssPages { get; init; }

    /// <summary>Gets the user id; null where the kernel prints none (mainline before 5.4).</summary>
    public uint? Uid { get; init; }

    /// <summary>Gets the page tables in KiB; null before 5.4.</summary>
    public long? PageTablesKiB { get; init; }

    /// <summary>Gets the adjustment, -1000 to 1000; null before 5.4.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>Gets what the OOM reaper said; null where it said nothing.</summary>
    public OomReaper? Reaper { get; init; }

    /// <summary>Gets the resident memory that the kill line names in KiB: anonymous, file and shared, or <see cref="WholeRssKiB"/>; null where it names none.</summary>
    public long? RssKiB => AnonRssKiB is null ? WholeRssKiB : AnonRssKiB + (FileRssKiB ?? 0) + (ShmemRssKiB ?? 0);
}
