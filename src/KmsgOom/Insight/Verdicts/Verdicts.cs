namespace KmsgOom.Insight;

/// <summary>Finds the cause; the first rule that the numbers prove wins.</summary>
internal static class Verdicts
{
    public static OomVerdict Find(VerdictInputs inputs)
    {
        OomEvent oomEvent = inputs.Event;
        if (oomEvent.Kind != OomEventKind.Oom)
        {
            return KinVerdict.Make(oomEvent, inputs.Watermarks);
        }

        if (oomEvent.IsManual)
        {
            return new OomVerdict
            {
                Cause = OomCause.Manual,
                Sentence = "A person asked for an OOM kill (SysRq-f, or \"f\" written to /proc/sysrq-trigger); memory need not have been short.",
                Evidence =
                [
                    oomEvent.Trigger is { IsManual: true } ? EvidenceFinder.Find(oomEvent, OomSections.Trigger, "order=-1", "order=-1")
                        : EvidenceFinder.Find(oomEvent, OomSections.CallTrace, "moom_callback", "moom_callback"),
                ],
            };
        }

        if (oomEvent.Panic is { } panic && panic.Contains("panic_on_oom", StringComparison.Ordinal))
        {
            return new OomVerdict
            {
                Cause = OomCause.PanicPolicy,
                Sentence = $"The machine is set to panic when memory runs out (sysctl vm.panic_on_oom); {DescribeScope(oomEvent)}.",
                Evidence = [EvidenceFinder.Find(oomEvent, OomSections.None, "panic_on_oom", panic)],
                Advice = ["set vm.panic_on_oom to 0 to have a process killed in place of the machine"],
            };
        }

        if (FindHaste(inputs) is { } apart && NeedsThatVictim(inputs))
        {
            return new OomVerdict
            {
                Cause = OomCause.SecondKill,
                Sentence = string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"Another kill {apart} after that of {inputs.Previous!.Victims[^1].Name} (pid {inputs.Previous.Victims[^1].Pid}), whose memory had probably not come back yet."),
                Evidence = [new OomEvidence(inputs.Previous.Source.Line, $"the kill before: pid {inputs.Previous.Victims[^1].Pid}"), .. VictimEvidence(oomEvent)],
                Advice = ["see the event before for what filled the memory"],
            };
        }

        return oomEvent.Scope switch
        {
            OomScope.Memcg => LimitVerdict.Make(inputs),
            OomScope.Cpuset or OomScope.Mempolicy => BindingVerdict.Make(inputs),
            OomScope.Global => MachineVerdict.Make(inputs),
            _ => new OomVerdict
            {
                Cause = OomCause.NotDeterminable,
                Sentence = DescribeUnknown(oomEvent),
                Evidence = VictimEvidence(oomEvent),
            },
        };
    }

    public static System.Collections.Immutable.ImmutableArray<OomEvidence> VictimEvidence(OomEvent oomEvent) =>
        oomEvent.Victims.IsEmpty ? [] : [EvidenceFinder.Find(oomEvent, OomSections.Victim, "ill") ?? new OomEvidence(0, $"pid {oomEvent.Victims[0].Pid} was killed")];

    /// <summary>Gets the time since a kill before that may have made this one needless; null where there was none.</summary>
    private static KillGap? FindHaste(VerdictInputs inputs)
    {
        (OomEvent oomEvent, OomEvent? previous) = (inputs.Event, inputs.Previous);
        bool isSamePlace = previous is not null && !previous.Victims.IsEmpty && previous.Scope == oomEvent.Scope && previous.Memcg?.Path == oomEvent.Memcg?.Path
            && (oomEvent.Memcg?.Path is not null || oomEvent.Scope != OomScope.Memcg) && oomEvent.Scope != OomScope.Unknown && !oomEvent.Victims.IsEmpty;
        if (!isSamePlace || previous!.Victims.Any(victim => victim.Reaper is { Outcome: OomReaperOutcome.Reaped }))
        {
            return null;
        }

        return KillGap.Of(oomEvent, previous) is { } gap && gap.Time >= TimeSpan.Zero ? gap : null;
    }

    /// <summary>Tells whether less than three quarters of the memory is in the tasks that are left and in what is no process's: the rest can be the victim's.</summary>
    private static bool NeedsThatVictim(VerdictInputs inputs)
    {
        (Int128 total, Int128 unexplained, Int128 anon) = inputs switch
        {
            { Event.Scope: OomScope.Memcg, Memcg: { } memcg } => (memcg.UsageBytes, memcg.UnexplainedBytes, memcg[OomBucketKind.Anon]),
            { Event.Scope: not OomScope.Memcg, Machine: { } machine } =>
                (machine.BaseBytes, machine.UnexplainedBytes, machine[OomBucketKind.Anon] + machine[OomBucketKind.UserUndivided]),
            _ => default((Int128, Int128, Int128)),
        };
        return total > 0 && inputs.Sums is { } sums && (sums.Total.RssBytes + total - unexplained - anon) * 4 < total * 3;
    }

    private static string DescribeUnknown(OomEvent oomEvent)
    {
        const string NotTold = "not tell whether a limit or the machine ran out.";
        bool isPart = oomEvent.SuppressedBefore > 0 || oomEvent.Missing.HasFlag(OomSections.Trigger);
        return oomEvent.Outcome switch
        {
            OomOutcome.NoVictim => $"The kernel says that it killed nothing; the log does {NotTold}",
            OomOutcome.AlreadyExiting => $"The kernel killed nothing, since its choice was already exiting; the log does {NotTold}",
            OomOutcome.Unfinished when oomEvent.Announced is not null && isPart => $"The log has the choice of a victim, but neither the report before it nor a kill: it does {NotTold}",
            OomOutcome.Unfinished when isPart => $"The log has a part of a report only, and no kill: it does {NotTold}",
            _ when isPart && !oomEvent.Victims.IsEmpty =>
                $"The log has the kill but not the report around it (the kernel's rate limit, or the log itself, cut it): it does {NotTold}",
            _ => $"The log does {NotTold}",
        };
    }

    private static string DescribeScope(OomEvent oomEvent) => oomEvent.Scope switch
    {
        OomScope.Memcg => "it was the limit of a control group that was reached",
        OomScope.Global => "the whole machine had run out",
        OomScope.Cpuset or OomScope.Mempolicy => "it was the memory nodes of a cpuset or a memory policy that were full",
        _ => "the log does not tell whether a limit or the machine ran out",
    };
}
