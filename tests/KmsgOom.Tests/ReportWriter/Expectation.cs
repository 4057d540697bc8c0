namespace KmsgOom.Tests.ReportWriter;

/// <summary>What a reader must find in some records: each record adds what it says.</summary>
internal sealed class Expectation(Wrapper wrapper)
{
    private long? _first;
    private long _at;

    public OomEventKind Kind { get; set; }

    public OomTrigger Trigger { get; set; } = new();

    public OomKernel Kernel { get; set; } = new();

    public OomMemcg Memcg { get; set; } = new();

    public List<string> Frames { get; } = [];

    public List<OomRegister> Registers { get; } = [];

    public bool HasCpuLine { get; set; }

    public bool HasHeader { get; set; }

    public List<OomTask> Tasks { get; } = [];

    public List<string> OtherColumns { get; } = [];

    public List<long> OtherValues { get; } = [];

    public List<OomVictim> Victims { get; } = [];

    /// <summary>Gets or sets the announcement that awaits its kill line.</summary>
    public (OomAnnounced Task, long Score)? Announced { get; set; }

    public bool HasAnnounced { get; set; }

    /// <summary>Gets or sets the task that the constraint line names.</summary>
    public int? ChosenPid { get; set; }

    public TaskName ChosenName { get; set; }

    /// <summary>Gets or sets whether each cgroup has its statistics on a line of its own.</summary>
    public bool HasStatsOfEach { get; set; }

    public OomConstraint Constraint { get; set; }

    public string? ConstraintText { get; set; }

    /// <summary>Gets or sets the cgroup whose tasks die together; it is the full one only where a cgroup is full.</summary>
    public string? GroupPath { get; set; }

    public string? Panic { get; set; }

    public long SuppressedBefore { get; set; }

    public int BuddyPageSize { get; set; }

    public ExpectedMemory Memory { get; } = new();

    /// <summary>Gets the sections that are there.</summary>
    public OomSections Sections { get; private set; }

    /// <summary>Gets the section of the line before, which explains lines that have no words of their own.</summary>
    public OomSections Section { get; private set; }

    /// <summary>Gets what the lines say of whose memory it is.</summary>
    public HashSet<OomScope> Scopes { get; } = [];

    /// <summary>Gets the ends that the lines tell of.</summary>
    public HashSet<OomOutcome> Ends { get; } = [];

    /// <summary>Gets or sets whether the kill line tells page tables.</summary>
    public bool HasPageTables { get; set; }

    public TimeSpan? Uptime => wrapper.HasUptime ? TimeSpan.FromMicroseconds(_at) : null;

    public OomTimestamp? Time => wrapper.TimeOf(_at);

    /// <summary>Tells what all of a report says.</summary>
    public static OomEvent Of(IEnumerable<WrittenRecord> records, Wrapper wrapper)
    {
        Expectation expectation = new(wrapper);
        foreach (WrittenRecord record in records)
        {
            expectation.Add(record);
        }

        return expectation.ToEvent();
    }

    public void Add(WrittenRecord record)
    {
        _at = record.Microseconds;
        _first ??= record.Section == OomSections.None ? null : record.Microseconds;
        Sections |= record.Section;
        Section = record.Section == OomSections.None ? Section : record.Section;
        record.Apply?.Invoke(this);
    }

    public void Says(OomScope scope) => Scopes.Add(scope);

    public void Tells(OomOutcome end) => Ends.Add(end);

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

    public OomEvent ToEvent()
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
        OomScope scope = Conclusions.Scope(this);
        string? full = Memcg.Path
            ?? (Memcg.Stats is [{ Path.Length: > 0 } first, ..] && AreOfLimit() ? first.Path : null)
            ?? (scope == OomScope.Memcg ? GroupPath : null);
        OomMemcg memcg = Memcg with { Path = full };
        _at = _first ?? 0;
        return new OomEvent
        {
            Id = "",
            Source = default,
            Kind = Kind,
            Outcome = Conclusions.Outcome(this),
            Scope = scope,
            Constraint = Constraint,
            ConstraintText = ConstraintText,
            Sections = Sections,
            Missing = Conclusions.Missing(this),
            Host = wrapper.Host,
            Time = Time,
            Uptime = Uptime,
            SuppressedBefore = SuppressedBefore,
            Kernel = Kernel == new OomKernel() ? null : Kernel,
            Trigger = Trigger == new OomTrigger() ? null : Trigger,
            CallTrace = [.. Frames],
            Registers = [.. Registers],
            Memcg = memcg == new OomMemcg() ? null : memcg,
            Memory = Sections.HasFlag(OomSections.MemInfo) ? Memory.ToMemory() : null,
            PageSize = pageSize == 0 ? 4096 : pageSize,
            PageSizeSource = pageSize == 0 ? OomPageSizeSource.Assumed : OomPageSizeSource.Log,
            Tasks = [.. Tasks],
            OtherTaskColumns = [.. OtherColumns],
            OtherTaskValues = [.. OtherValues],
            Victims = [.. Victims],
            Announced = Announced is { } awaited ? awaited.Task with { Score = awaited.Score }
                : ChosenPid is { } chosen && Conclusions.Outcome(this) == OomOutcome.Unfinished ? new OomAnnounced(chosen, ChosenName) : null,
            Panic = Panic,
        };
    }

    /// <summary>Tells whether statistics are those of the limit: of a log that begins among them, they may be a descendant's.</summary>
    private bool AreOfLimit() => Sections.HasFlag(OomSections.Trigger) || Sections.HasFlag(OomSections.CallTrace) || Memcg.TaskPath is not null
        || (Memcg with { Path = null, TaskPath = null, OomGroup = false, Stats = [] }) != new OomMemcg() || !HasStatsOfEach;

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
