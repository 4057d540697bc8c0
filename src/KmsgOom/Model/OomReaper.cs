namespace KmsgOom;

/// <summary>What the OOM reaper said about a victim, printed by <c>oom_reap_task()</c> and <c>oom_reap_task_mm()</c> since 4.6.</summary>
public readonly record struct OomReaper
{
    /// <summary>Gets whether the memory was taken back.</summary>
    public OomReaperOutcome Outcome { get; init; }

    /// <summary>Gets the time since boot of the reaper's line; null where the log had no uptime.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>Gets what was left of anonymous memory, in KiB; null where the reaper was unable, or the line is cut.</summary>
    public long? AnonRssKiB { get; init; }

    /// <summary>Gets what was left of file memory, in KiB; null where the reaper was unable, or the line is cut.</summary>
    public long? FileRssKiB { get; init; }

    /// <summary>Gets what was left of shared memory, in KiB; null where the reaper was unable, or the line is cut.</summary>
    public long? ShmemRssKiB { get; init; }
}
