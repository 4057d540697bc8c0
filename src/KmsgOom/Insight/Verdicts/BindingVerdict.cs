namespace KmsgOom.Insight;

/// <summary>The nodes that a task was bound to were full.</summary>
internal static class BindingVerdict
{
    public static OomVerdict Make(VerdictInputs inputs)
    {
        OomEvent oomEvent = inputs.Event;
        bool isCpuset = oomEvent.Scope == OomScope.Cpuset;
        string nodes = (isCpuset ? oomEvent.Trigger?.MemsAllowed : oomEvent.Trigger?.Nodemask) is { } list ? $" {list}" : "";
        string name = oomEvent.Trigger?.Cpuset is { } cpuset ? $" {cpuset}" : "";
        string free = inputs.Machine is { } machine ? $"; the machine as a whole had {Amount.Of(machine[OomBucketKind.FreeUsable])} free" : "";
        return new OomVerdict
        {
            Cause = OomCause.Binding,
            Sentence = isCpuset
                ? $"Not the machine: the memory nodes{nodes} of the cpuset{name} were full{free}."
                : $"Not the machine: the memory nodes{nodes} of the task's memory policy (numactl, mbind) were full{free}.",
            Evidence =
            [

                // Up to 2.6.35 the kill line says it.
                oomEvent.Sections.HasFlag(OomSections.Constraint)
                    ? EvidenceFinder.Find(oomEvent, OomSections.Constraint, "constraint=", isCpuset ? "scope cpuset" : "scope mempolicy")
                    : EvidenceFinder.Find(oomEvent, OomSections.Victim, "No available memory", isCpuset ? "scope cpuset" : "scope mempolicy"),
                EvidenceFinder.Find(oomEvent, OomSections.Trigger, "invoked oom-killer", "the trigger"),
            ],
            Advice = [isCpuset ? "give the cpuset more nodes (cpuset.mems), or put less on it" : "use a preferred policy in place of a binding one, or bind to more nodes"],
        };
    }
}
