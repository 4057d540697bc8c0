namespace KmsgOom;

/// <summary>The sections of a report, in the order in which kernels print them.</summary>
[Flags]
public enum OomSections : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The line "… invoked oom-killer: …".</summary>
    Trigger = 1,

    /// <summary>The call trace of the task that asked for memory.</summary>
    CallTrace = 2,

    /// <summary>Usage, limits and statistics of the memory cgroup.</summary>
    Memcg = 4,

    /// <summary>The Mem-Info block: the memory of the machine.</summary>
    MemInfo = 8,

    /// <summary>The task table.</summary>
    Tasks = 16,

    /// <summary>The line <c>oom-kill:constraint=…</c>.</summary>
    Constraint = 32,

    /// <summary>A line that names a victim.</summary>
    Victim = 64,
}
