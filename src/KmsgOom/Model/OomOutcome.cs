namespace KmsgOom;

/// <summary>Tells how a report ended.</summary>
public enum OomOutcome : byte
{
    /// <summary>The log names no victim and no reason why there is none: the report is cut off.</summary>
    Unfinished,

    /// <summary>One task was killed (several, where a kernel lists tasks that share the victim's memory).</summary>
    Killed,

    /// <summary>All tasks of a cgroup were killed because <c>memory.oom.group</c> is set.</summary>
    GroupKilled,

    /// <summary>The chosen task was already exiting; the kernel killed nothing.</summary>
    AlreadyExiting,

    /// <summary>"Out of memory and no killable processes...", without a panic; "Would have killed process …" (RHEL 6); or a kind of event that kills nobody.</summary>
    NoVictim,

    /// <summary>The machine gave up: <c>panic_on_oom</c>, or no killable process in a global OOM.</summary>
    Panic,
}
