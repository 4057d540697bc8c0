using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>What follows from a finished report as a whole: outcome, scope, what is missing, the page size.</summary>
internal static class ReportVerdict
{
    private const int AssumedPageSize = 4096;

    /// <summary>Tells whether the report proves that memory ran out; a stack dump or a Mem-Info block alone does not.</summary>
    public static bool HasEvidence(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        const OomSections Proof = OomSections.Trigger | OomSections.Tasks | OomSections.Constraint;
        return facts.Kind != OomEventKind.Oom
            || ((facts.Sections & Proof) != 0 && !(facts.IsOnlyQuoted && facts.Sections == OomSections.Trigger))
            || IsOfMemcg(report)
            || report.Victims.Count > 0
            || facts.IsGroupKill
            || facts.HasNoKillable
            || facts.HasAnnounced
            || facts.IsAlreadyExiting
            || facts.Panic.IsPresent;
    }

    /// <summary>Puts right what only the whole report can tell.</summary>
    public static void Complete(OomReport report)
    {
        // What follows the last line of the report is not inside it.
        Span<ReportLine> lines = report.Lines.AsSpan();
        int end = lines.Length;
        while (end > 0 && !lines[end - 1].IsKnown)
        {
            end--;
        }

        report.Lines.Truncate(end);

        // Where there is no victim, nothing but the statistics names the cgroup that is full; where the report is suppressed, nothing but the group.
        ref ReportFacts facts = ref report.Facts;
        if (!facts.LimitPath.IsPresent && report.StatGroups.Count > 0 && AreStatsOfLimit(report))
        {
            facts.LimitPath = report.StatGroups[0].Path;
        }

        if (!facts.LimitPath.IsPresent && facts.GroupPath.IsPresent && Scope(report) == OomScope.Memcg)
        {
            facts.LimitPath = facts.GroupPath;
        }

        // Where the log ends before the kill line, or a filter took it away, the constraint line tells who was chosen.
        if (facts is { HasAnnounced: false, ChosenPid: { } chosen } && Outcome(report) == OomOutcome.Unfinished)
        {
            (facts.HasAnnounced, facts.AnnouncedPid, facts.AnnouncedName) = (true, chosen, facts.ChosenName);
        }

        // 5.4.0 prints the victim's page tables in bytes and calls them kB; its row tells.
        foreach (ref OomVictim victim in report.Victims.AsSpan())
        {
            if (victim.PageTablesKiB is not > 0)
            {
                continue;
            }

            foreach (ref readonly OomTask task in report.Tasks.AsSpan())
            {
                if (task.Pid == victim.Pid && task.PageTablesBytes == victim.PageTablesKiB)
                {
                    victim = victim with { PageTablesKiB = victim.PageTablesKiB / 1024 };
                    break;
                }
            }
        }
    }

    /// <summary>
    /// Tells whether the first statistics are of the cgroup that is full: those of its descendants follow (up to 5.2), and the log may begin among them.
    /// </summary>
    private static bool AreStatsOfLimit(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        bool hasHead = facts.HasMemcgCounter || facts.HasTaskIn || (facts.Sections & (OomSections.Trigger | OomSections.CallTrace)) != 0;
        return hasHead || !facts.HasStatsOfEach;
    }

    public static OomOutcome Outcome(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        return facts switch
        {
            { Panic.IsPresent: true } => OomOutcome.Panic,
            { IsGroupKill: true } when report.Victims.Count > 0 => OomOutcome.GroupKilled,
            _ when report.Victims.Count > 0 => OomOutcome.Killed,
            { IsAlreadyExiting: true } => OomOutcome.AlreadyExiting,
            { IsKillWithoutPid: true } => OomOutcome.Killed,
            { HasNoKillable: true } or { Kind: not OomEventKind.Oom } => OomOutcome.NoVictim,
            _ => OomOutcome.Unfinished,
        };
    }

    public static OomScope Scope(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        if (facts.Kind != OomEventKind.Oom)
        {
            return OomScope.Unknown;
        }

        // 5.0 prints CONSTRAINT_NONE for every OOM, so the paths and counters decide first.
        if (IsOfMemcg(report) || facts.KillScope == OomScope.Memcg || facts.Constraint == OomConstraint.Memcg || facts.PanicScope == OomScope.Memcg)
        {
            return OomScope.Memcg;
        }

        // Words of a scope are proof; without them (no victim, a panic, the log's end) the way into the killer is.
        bool isSaid = facts.IsGlobal || facts.KillScope != OomScope.Unknown;
        if (!isSaid && !facts.IsInterleaved && IsCalledForMemcg(report))
        {
            return OomScope.Memcg;
        }

        return facts.Constraint switch
        {
            OomConstraint.Cpuset => OomScope.Cpuset,
            OomConstraint.MemoryPolicy => OomScope.Mempolicy,
            OomConstraint.Other when facts.IsGlobal => OomScope.Global,
            OomConstraint.None => OomScope.Global,
            _ when facts.KillScope != OomScope.Unknown => facts.KillScope,
            _ when facts.IsGlobal || (facts.Sections & OomSections.MemInfo) != 0 || facts.PanicScope == OomScope.Global => OomScope.Global,
            _ => OomScope.Unknown,
        };
    }

    /// <summary>Tells whether the report has what only the reports of cgroups have; their protection stands in those of the machine too (6.19).</summary>
    private static bool IsOfMemcg(OomReport report) =>
        report.Facts.LimitPath.IsPresent || report.Facts.HasTaskIn || report.Facts.HasMemcgCounter || report.StatGroups.Count > 0;

    /// <summary>Tells whether the report's own trace goes through a function that calls the killer for a cgroup only.</summary>
    private static bool IsCalledForMemcg(OomReport report)
    {
        foreach (TextRange frame in report.CallTrace.AsSpan())
        {
            if (IsOfMemcgKill(report.Get(frame)))
            {
                return true;
            }
        }

        return false;
    }

    // Kernel, mm/memcontrol.c: mem_cgroup_out_of_memory(), mem_cgroup_handle_oom() (2.6.35 .. 3.11), mem_cgroup_oom_synchronize() (3.12 on, RHEL 7); a compiler may
    // have put the first into the others. The charge before them proves nothing, since it allocates itself; nor do frames that are left over from another call.
    private static bool IsOfMemcgKill(ReadOnlySpan<byte> frame) =>
        (frame.IndexOf("mem_cgroup_out_of_memory"u8) >= 0 || frame.IndexOf("mem_cgroup_oom_synchronize"u8) >= 0 || frame.IndexOf("mem_cgroup_handle_oom"u8) >= 0)
        && frame.IndexOf("? "u8) < 0 && frame.IndexOf("(unreliable)"u8) < 0;

    /// <summary>Tells what is missing on proof: visibly cut, or between two sections that are there.</summary>
    public static OomSections Missing(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        if (facts.Kind != OomEventKind.Oom)
        {
            return OomSections.None;
        }

        OomSections has = facts.Sections;
        OomSections missing = OomSections.None;
        if ((has & OomSections.Trigger) == 0)
        {
            missing |= OomSections.Trigger;
        }

        if (facts.IsVictimCut || Outcome(report) == OomOutcome.Unfinished)
        {
            missing |= OomSections.Victim;
        }

        bool hasBody = (has & (OomSections.Memcg | OomSections.MemInfo | OomSections.Tasks | OomSections.Constraint)) != 0;
        if (facts.HasCpuLine && hasBody && report.CallTrace.Count == 0 && !facts.IsInterleaved)
        {
            missing |= OomSections.CallTrace;
        }

        if (AreStatsCut(report))
        {
            missing |= OomSections.Memcg;
        }

        // The kill line with page tables (5.4) is younger than the constraint line (5.0), and a full report has both.
        bool isFullReport = (has & OomSections.Trigger) != 0 && (has & (OomSections.Tasks | OomSections.Constraint)) != 0;
        bool isModern = report.Victims.Count > 0 && report.Victims[0].PageTablesKiB is not null;
        if (isFullReport && isModern)
        {
            OomScope scope = Scope(report);
            missing |= (has & OomSections.Constraint) == 0 ? OomSections.Constraint : OomSections.None;
            missing |= scope == OomScope.Memcg && (has & OomSections.Memcg) == 0 ? OomSections.Memcg : OomSections.None;
            missing |= scope is OomScope.Global or OomScope.Cpuset or OomScope.Mempolicy && (has & OomSections.MemInfo) == 0
                ? OomSections.MemInfo : OomSections.None;
        }

        return missing;
    }

    /// <summary>Tells whether the last statistics lack the key that every kernel prints near their end (a record is cut at about 1 KB).</summary>
    private static bool AreStatsCut(OomReport report)
    {
        if (report.StatGroups.Count == 0)
        {
            return false;
        }

        ReadOnlySpan<StatEntry> values = report.Stats.AsSpan()[report.StatGroups.Last.FirstValue..];
        if (values.IsEmpty)
        {
            return (report.Facts.Sections & (OomSections.Tasks | OomSections.Constraint | OomSections.Victim)) != 0;
        }

        ReadOnlySpan<byte> first = report.Get(values[0].Key);
        ReadOnlySpan<byte> late = first.SequenceEqual("anon"u8) ? "pglazyfreed"u8 : first.SequenceEqual("cache"u8) ? "unevictable"u8 : default;
        if (late.IsEmpty)
        {
            return false;
        }

        int at = values.Length - 1;
        while (at >= 0 && !report.Get(values[at].Key).SequenceEqual(late))
        {
            at--;
        }

        return at < 0;
    }

    public static int PageSize(OomReport report, int? option, out OomPageSizeSource source)
    {
        source = OomPageSizeSource.Log;
        if (report.Facts.PageSize > 0)
        {
            return report.Facts.PageSize;
        }

        // total-vm is the one number that does not race between the table and the kill.
        foreach (ref readonly OomVictim victim in report.Victims.AsSpan())
        {
            if (victim.TotalVmKiB is not > 0)
            {
                continue;
            }

            foreach (ref readonly OomTask task in report.Tasks.AsSpan())
            {
                if (task.Pid == victim.Pid && task.TotalVmPages > 0
                    && victim.TotalVmKiB % task.TotalVmPages == 0
                    && victim.TotalVmKiB / task.TotalVmPages is var kiB and >= 1 and <= 1024 && long.IsPow2(kiB.Value))
                {
                    return (int)kiB.Value * 1024;
                }
            }
        }

        source = option is null ? OomPageSizeSource.Assumed : OomPageSizeSource.Option;
        return option ?? AssumedPageSize;
    }

}
