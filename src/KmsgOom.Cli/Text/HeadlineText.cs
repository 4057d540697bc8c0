namespace KmsgOom.Cli.Text;

/// <summary>When, where, and what happened in one sentence.</summary>
internal static class HeadlineText
{
    public static void Write(Screen screen, OomEvent oomEvent)
    {
        screen.Heading(string.Join(", ", DescribeWhen(oomEvent)));
        screen.Paragraph(oomEvent.Kind == OomEventKind.Oom ? $"{DescribeCause(oomEvent)}: {DescribeOutcome(oomEvent)}." : KinText.Describe(oomEvent), KinText.InkOf(oomEvent));
        if (oomEvent.Kind == OomEventKind.UserspaceKill && KinText.FindReason(oomEvent) is { } reason)
        {
            screen.Field("Reason", reason);
        }

        if (oomEvent.Panic is { } panic)
        {
            screen.Field("Panic", panic, Ink.Alarm);
        }
    }

    private static IEnumerable<string> DescribeWhen(OomEvent oomEvent)
    {
        if (oomEvent.Time is { } time)
        {
            string clock = (time with { Offset = null }).ToString().Replace('T', ' ');
            yield return clock + Spans.Zone(time) + time.Source switch
            {
                OomTimeSource.YearInferred => " (year inferred)",
                OomTimeSource.Boot => " (from uptime)",
                _ => "",
            };
        }

        if (oomEvent.Uptime is { } uptime)
        {
            yield return $"{Words.Seconds(uptime)} after boot";
        }

        if (oomEvent is { Time: null, Uptime: null })
        {
            yield return "time not in the log";
        }

        if (oomEvent.Host is { } host)
        {
            yield return $"host {host}";
        }
    }

    private static string DescribeCause(OomEvent oomEvent)
    {
        if (oomEvent.IsManual)
        {
            return "SysRq-f: a person asked for an OOM kill";
        }

        return oomEvent.Scope switch
        {
            OomScope.Global when IsOfWholeMachine(oomEvent) => "The whole machine ran out of memory",
            OomScope.Global => "The machine, and no control group, ran out of memory",
            OomScope.Memcg => $"A memory cgroup hit its limit{DescribeLimit(oomEvent.Memcg)} (container or service, not the machine)",
            OomScope.Cpuset => "The memory nodes of a cpuset ran out (not the whole machine)",
            OomScope.Mempolicy => "The nodes of a memory policy ran out (not the whole machine)",
            _ => "Out of memory (the log does not say whether a limit or the machine)",
        };
    }

    // The kill line alone is the same where a cpuset or a memory policy left no other nodes.
    private static bool IsOfWholeMachine(OomEvent oomEvent) =>
        oomEvent.Constraint != OomConstraint.Unknown || (oomEvent.Outcome != OomOutcome.Unfinished && oomEvent.Sections.HasFlag(OomSections.MemInfo));

    // Only where the memory counter is the full one; else it was swap or kernel memory, or the log is too old to tell.
    private static string DescribeLimit(OomMemcg? memcg) =>
        memcg?.Memory is { IsUnlimited: false } memory && memory.UsageKiB >= memory.LimitKiB
            ? $" of {Sizes.FromKiB(memory.LimitKiB)}"
            : "";

    private static string DescribeOutcome(OomEvent oomEvent)
    {
        string victims = oomEvent.Victims switch
        {
            [] => "",
            [OomVictim only] => Words.Task(only.Name, only.Pid),
            [OomVictim first, ..] => $"{Words.Task(first.Name, first.Pid)} and {oomEvent.Victims.Length - 1} more",
        };
        return (oomEvent.Outcome, oomEvent.Victims.Length) switch
        {
            (OomOutcome.Killed or OomOutcome.GroupKilled, 0) => "a process was killed",
            (OomOutcome.Killed, 1) => $"{victims} was killed",
            (OomOutcome.Killed, _) => $"{victims} were killed",
            (OomOutcome.GroupKilled, _) => $"its whole group was killed, {victims}",
            (OomOutcome.AlreadyExiting, 0) => "nothing was killed, the chosen process was already exiting",
            (OomOutcome.AlreadyExiting, _) => $"{victims} was already exiting, nothing else was killed",
            (OomOutcome.NoVictim, _) => "there was no killable process, nothing was killed",
            (OomOutcome.Panic, 0) => "kernel panic, nothing was killed",
            (OomOutcome.Panic, _) => $"{victims} killed, then kernel panic",
            (_, 0) when oomEvent.Announced is { } chosen => $"{Words.Task(chosen.Name, chosen.Pid)} was chosen, and the log does not say that it was killed",
            (_, 0) => "the log does not say who was killed",
            _ => $"{victims} killed, and the log is cut off",
        };
    }
}
