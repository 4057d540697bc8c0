namespace KmsgOom.Tests.ReportWriter;

/// <summary>What a reader must find in some records: each record adds what it says.</summary>
internal sealed class Expectation(Wrapper wrapper)
{
    private OomSections _sections;
    private long? _first;
    private long _at;

    public OomEventKind Kind { get; set; }

    public OomTrigger Trigger { get; set; } = new();

    public OomKernel Kernel { get; set; } = new();

    public OomMemcg Memcg { get; set; } = new();

    public List<string> Frames { get; } = [];

    public List<OomRegister> Registers { get; } = [];

    public bool HasHeader { get; set; }

    public List<OomTask> Tasks { get; } = [];

    public List<string> OtherColumns { get; } = [];

    public List<long> OtherValues { get; } = [];

    public List<OomVictim> Victims { get; } = [];

    public (OomAnnounced Task, long Score)? Announced { get; set; }

    public OomConstraint Constraint { get; set; }

    public string? ConstraintText { get; set; }

    /// <summary>Gets or sets what the words before the kill tell.</summary>
    public OomScope KillScope { get; set; }

    public bool IsAlreadyExiting { get; set; }

    public bool HasNoKillable { get; set; }

    public bool HasGlobalFlag { get; set; }

    public string? Panic { get; set; }

    public long SuppressedBefore { get; set; }

    public int BuddyPageSize { get; set; }

    public TimeSpan? Uptime => wrapper.HasUptime ? TimeSpan.FromMicroseconds(_at) : null;

    public OomTimestamp? Time => wrapper.TimeOf(_at);

    public static OomEvent Of(IEnumerable<WrittenRecord> records, Wrapper wrapper)
    {
        Expectation expectation = new(wrapper);
        foreach (WrittenRecord record in records)
        {
            expectation._at = record.Microseconds;
            expectation._first ??= record.Section == OomSections.None ? null : record.Microseconds;
            expectation._sections |= record.Section;
            record.Apply?.Invoke(expectation);
        }

        return expectation.ToEvent();
    }

    /// <summary>Adds a victim, or completes the one that has this pid.</summary>
    public void Kill(OomVictim victim)
    {
        int index = Victims.FindIndex(other => other.Pid == victim.Pid);
        if (index >= 0)
        {
            return;
        }

        if (Announced is { } announced)
        {
            victim = victim with { Score = announced.Score, Announced = announced.Task.Pid == victim.Pid ? null : announced.Task };
            Announced = null;
        }

        Victims.Add(victim with { Uptime = Uptime, Time = Time });
    }

    private OomEvent ToEvent()
    {
        // 5.4.0 calls bytes kB; the row of the victim tells.
        for (int at = 0; at < Victims.Count; at++)
        {
            OomVictim victim = Victims[at];
            if (victim.PageTablesKiB > 0 && Tasks.Any(task => task.Pid == victim.Pid && task.PageTablesBytes == victim.PageTablesKiB))
            {
                Victims[at] = victim with { PageTablesKiB = victim.PageTablesKiB / 1024 };
            }
        }

        int pageSize = PageSize();
        OomMemcg memcg = Memcg.Path is null && Memcg.Stats is [var first, ..] && first.Path.Length > 0 ? Memcg with { Path = first.Path } : Memcg;
        _at = _first ?? 0;
        return new OomEvent
        {
            Id = "",
            Source = default,
            Kind = Kind,
            Outcome = Outcome(),
            Scope = Scope(),
            Constraint = Constraint,
            ConstraintText = ConstraintText,
            Sections = _sections,
            Missing = Missing(),
            Host = wrapper.Host,
            Time = Time,
            Uptime = Uptime,
            SuppressedBefore = SuppressedBefore,
            Kernel = Kernel == new OomKernel() ? null : Kernel,
            Trigger = Trigger == new OomTrigger() ? null : Trigger,
            CallTrace = [.. Frames],
            Registers = [.. Registers],
            Memcg = memcg == new OomMemcg() ? null : memcg,
            PageSize = pageSize == 0 ? 4096 : pageSize,
            PageSizeSource = pageSize == 0 ? OomPageSizeSource.Assumed : OomPageSizeSource.Log,
            Tasks = [.. Tasks],
            OtherTaskColumns = [.. OtherColumns],
            OtherTaskValues = [.. OtherValues],
            Victims = [.. Victims],
            Panic = Panic,
        };
    }

    private OomOutcome Outcome() => Kind == OomEventKind.AllocationFailure ? OomOutcome.NoVictim :
        Panic is not null ? OomOutcome.Panic
        : Victims.Count > 0 ? Memcg.OomGroup ? OomOutcome.GroupKilled : OomOutcome.Killed
        : IsAlreadyExiting ? OomOutcome.AlreadyExiting
        : HasNoKillable ? OomOutcome.NoVictim
        : OomOutcome.Unfinished;

    private OomScope Scope() =>
        Kind != OomEventKind.Oom ? OomScope.Unknown
        : KillScope == OomScope.Memcg || Constraint == OomConstraint.Memcg || Memcg.Path is not null || Memcg.Memory is not null || Memcg.Stats.Length > 0 ? OomScope.Memcg
        : Constraint == OomConstraint.Cpuset ? OomScope.Cpuset
        : Constraint == OomConstraint.MemoryPolicy ? OomScope.Mempolicy
        : Constraint == OomConstraint.None ? OomScope.Global
        : KillScope != OomScope.Unknown ? KillScope
        : HasGlobalFlag || HasNoKillable || Panic is not null || _sections.HasFlag(OomSections.MemInfo) ? OomScope.Global
        : OomScope.Unknown;

    /// <summary>Tells what the lines that are there prove to be absent.</summary>
    private OomSections Missing() =>
        Kind != OomEventKind.Oom ? OomSections.None
        : (_sections.HasFlag(OomSections.Trigger) ? OomSections.None : OomSections.Trigger)
        | (Outcome() == OomOutcome.Unfinished ? OomSections.Victim : OomSections.None);

    private int PageSize()
    {
        if (BuddyPageSize > 0)
        {
            return BuddyPageSize;
        }

        IEnumerable<long> sizes =
            from victim in Victims
            from task in Tasks
            where victim.Pid == task.Pid && victim.TotalVmKiB > 0 && task.TotalVmPages > 0 && victim.TotalVmKiB % task.TotalVmPages == 0
            select victim.TotalVmKiB!.Value / task.TotalVmPages;
        return (int)sizes.FirstOrDefault(size => size is 1 or 4 or 8 or 16 or 64) * 1024;
    }
}
