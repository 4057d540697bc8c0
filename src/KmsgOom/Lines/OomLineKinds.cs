namespace KmsgOom.Lines;

/// <summary>What follows from the kind of a line.</summary>
internal static class OomLineKinds
{
    /// <summary>Gets the section that a line belongs to.</summary>
    public static OomSections Section(this OomLineKind kind) => kind switch
    {
        OomLineKind.Trigger or OomLineKind.AllocationFailure or OomLineKind.Cpuset => OomSections.Trigger,
        >= OomLineKind.Cpu and <= OomLineKind.Register => OomSections.CallTrace,
        >= OomLineKind.TaskIn and <= OomLineKind.MemcgProtection => OomSections.Memcg,
        OomLineKind.MemInfoStart or OomLineKind.MemInfo => OomSections.MemInfo,
        >= OomLineKind.TasksTitle and <= OomLineKind.TaskRow => OomSections.Tasks,
        OomLineKind.Constraint => OomSections.Constraint,
        >= OomLineKind.KillAnnounced and <= OomLineKind.Reaper or OomLineKind.UserKill => OomSections.Victim,
        _ => OomSections.None,
    };

    /// <summary>Tells whether a line is one of the many that a section consists of: it neither begins nor ends anything.</summary>
    public static bool IsFrequent(this OomLineKind kind) =>
        kind is OomLineKind.Frame or OomLineKind.Register or OomLineKind.MemcgStat or OomLineKind.MemInfo or OomLineKind.TaskRow;

    /// <summary>Tells whether a line stands between the first of a report and its kill, and is none of the many.</summary>
    public static bool IsInside(this OomLineKind kind) => kind is > OomLineKind.AllocationFailure and < OomLineKind.KillAnnounced && !kind.IsFrequent();

    /// <summary>Tells whether a report may begin with such a line when its head is not in the log.</summary>
    public static bool IsAnchor(this OomLineKind kind) => kind is OomLineKind.Trigger or OomLineKind.AllocationFailure
        or OomLineKind.Cpu or OomLineKind.TaskIn or OomLineKind.LimitReached or OomLineKind.MemcgUsage or OomLineKind.MemcgStats
        or OomLineKind.MemInfoStart or OomLineKind.TasksTitle or OomLineKind.TasksHeader or OomLineKind.Constraint
        or OomLineKind.KillAnnounced or OomLineKind.Killed or OomLineKind.GroupKill or OomLineKind.AlreadyExiting
        or OomLineKind.NoKillable or OomLineKind.Panic or OomLineKind.VmFault or OomLineKind.UserKill;
}
