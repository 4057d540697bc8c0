namespace KmsgOom.Insight;

/// <summary>The nodes that a task was bound to were full.</summary>
internal static class BindingVerdict
{
    // Less than a twentieth of the machine is what is free where it is full.
    private const int LittlePart = 20;

    public static OomVerdict Make(VerdictInputs inputs)
    {
        OomEvent oomEvent = inputs.Event;
        bool isCpuset = oomEvent.Scope == OomScope.Cpuset;
        string nodes = (isCpuset ? oomEvent.Trigger?.MemsAllowed : oomEvent.Trigger?.Nodemask) is { } list ? $" {list}" : "";
        string name = oomEvent.Trigger?.Cpuset is { } cpuset ? $" {cpuset}" : "";
        bool isAllFull = inputs.Machine is { } all && all[OomBucketKind.FreeUsable] < all.BaseBytes / LittlePart;
        string free = inputs.Machine is { } machine ? $"; the machine as a whole had {(isAllFull ? "little more, " : "")}{Amount.Of(machine[OomBucketKind.FreeUsable])} free" : "";
        string which = isAllFull ? "The" : "Not the machine: the";
        return new OomVerdict
        {
            Cause = OomCause.Binding,
            Sentence = isCpuset
                ? $"{which} memory nodes{nodes} of the cpuset{name} were full{free}."
                : $"{which} memory nodes{nodes} of the task's memory policy (numactl, mbind) were full{free}.",
            Evidence =
            [

                // Up to 2.6.35 the kill line says it.
                oomEvent.Sections.HasFlag(OomSections.Constraint)
                    ? EvidenceFinder.Find(oomEvent, OomSections.Constraint, "constraint=", isCpuset ? "scope cpuset" : "scope mempolicy")
                    : EvidenceFinder.Find(oomEvent, OomSections.Victim, "No available memory", isCpuset ? "scope cpuset" : "scope mempolicy"),
                EvidenceFinder.Find(oomEvent, OomSections.Trigger, "invoked oom-killer", "the trigger"),
            ],
            Advice = isAllFull ? ["the other nodes were full as well: see where the machine's memory went"]
                : [isCpuset ? "give the cpuset more nodes (cpuset.mems), or put less on it" : "use a preferred policy in place of a binding one, or bind to more nodes"],
        };
    }
}
