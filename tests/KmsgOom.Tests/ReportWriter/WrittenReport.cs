namespace KmsgOom.Tests.ReportWriter;

/// <summary>Whose memory runs out.</summary>
internal enum WrittenScope
{
    Global,
    Memcg,
    Cpuset,
    Mempolicy,
}

/// <summary>How a report ends.</summary>
internal enum WrittenEnding
{
    Killed,
    GroupKilled,
    AlreadyExiting,
    NoKillable,
    Panic,
}

/// <summary>The machine that a report is printed on.</summary>
internal sealed record WrittenMachine(MachineKind Kind, int PageKiB, bool IsNuma, int Nodes, string Tainted, string? Hardware, string VersionTail, bool HasKdump);

/// <summary>The architectures whose stack dumps and zones differ.</summary>
internal enum MachineKind
{
    Amd64,
    I386,
    Arm64,
    Arm,
    Ppc64,
    S390,
    Riscv64,
    Mips64,
    Sparc64,
}

/// <summary>The task that asks for memory. Names are bytes, one in each character.</summary>
internal sealed record WrittenTrigger(
    string Comm, int Pid, uint Uid, int Cpu, uint Gfp, int Order, int OomAdj, int ScoreAdj, string Nodemask, string Cpuset, string Mems, string? Workqueue);

/// <summary>A row of the task table.</summary>
internal sealed record WrittenTask(
    int Pid, int Tgid, int Uid, long TotalVm, long RssAnon, long RssFile, long RssShmem, long Ptes, long Pmds, long PgtablesBytes,
    long Swap, int Cpu, int OomAdj, int ScoreAdj, string Comm)
{
    public long Rss => RssAnon + RssFile + RssShmem;
}

/// <summary>A task that is killed: a row's task, or one that the table does not have.</summary>
internal sealed record WrittenVictim(WrittenTask Task, long Score, WrittenTask? Chosen, WrittenReaper Reaper);

/// <summary>What the reaper says of a victim; nothing at all in most reports.</summary>
internal enum WrittenReaper
{
    Silent,
    Reaped,
    Unable,
}

/// <summary>A memory cgroup at its limit.</summary>
internal sealed record WrittenMemcg(
    bool IsV2, string Path, string TaskPath, long LimitKiB, bool IsSwapUnlimited, ulong FailCount, bool HasSwapStat, string[] Children, WrittenNumbers Numbers);

/// <summary>Values by their key: small ones and large ones, the same for the same seed.</summary>
internal sealed record WrittenNumbers(uint Seed, bool AreLarge)
{
    public long this[string key]
    {
        get
        {
            ulong hash = 14695981039346656037UL ^ Seed;
            foreach (char letter in key)
            {
                hash = (hash ^ letter) * 1099511628211UL;
            }

            hash ^= hash >> 29;
            return hash % 5 == 0 ? 0 : (long)((hash >> 8) % (AreLarge ? 1UL << 45 : 1UL << 17));
        }
    }
}

/// <summary>What a report says, whatever the era that prints it.</summary>
internal sealed record WrittenReport
{
    public required KernelEra Era { get; init; }

    public required WrittenMachine Machine { get; init; }

    public WrittenScope Scope { get; init; }

    public WrittenEnding Ending { get; init; }

    public required WrittenTrigger Trigger { get; init; }

    public WrittenMemcg? Memcg { get; init; }

    public required WrittenNumbers Memory { get; init; }

    public WrittenTask[] Tasks { get; init; } = [];

    public WrittenVictim[] Victims { get; init; } = [];

    public bool HasTable { get; init; } = true;

    public bool HasRegisters { get; init; }

    public bool HasSlabTable { get; init; }

    public bool IsAllocatingTask { get; init; }

    public int Suppressed { get; init; }

    /// <summary>Gets whether the kernel swallowed all but the kill lines.</summary>
    public bool IsRateLimited { get; init; }

    /// <summary>Gets whether this is no OOM but a failed allocation.</summary>
    public bool IsAllocationFailure { get; init; }

    public int FramesSeed { get; init; }

    public long Microseconds { get; init; }

    public bool IsMemcg => Memcg is not null;
}
