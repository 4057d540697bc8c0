namespace KmsgOom;

/// <summary>What a remark is about.</summary>
public enum OomRemarkKind : byte
{
    /// <summary>A key that an operator pressed: "Manual OOM execution", "OOM request ignored", "Show Memory".</summary>
    SysRq,

    /// <summary>What the graphics driver gave back before the kernel killed: "Purging GPU memory".</summary>
    GpuMemory,

    /// <summary>The killer is switched off or on around a suspend: "OOM killer disabled.".</summary>
    KillerSwitch,

    /// <summary>Messages of any kind that the rate limit swallowed, up to 2.6.32: they may be reports or not.</summary>
    RateLimit,

    /// <summary>The cgroup's statistics did not fit: "stat buffer overflow".</summary>
    Statistics,

    /// <summary>About a kill: who shares the memory, who could not be killed, who would have been.</summary>
    Kill,

    /// <summary>About the reaper: it could not be started, or a task that it could not reap.</summary>
    Reaper,

    /// <summary>The policy that chose, on kernels that have one: "oom_policy=".</summary>
    Policy,

    /// <summary>About an allocation that failed: the sizes of vmalloc, the caches and nodes of SLUB.</summary>
    Allocation,

    /// <summary>What stands around a panic, or a panic for another reason than memory.</summary>
    Panic,
}
