using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>A control group reached a limit: which counter, whose, and what filled it.</summary>
internal static class LimitVerdict
{
    // CPUs charge in batches of 64 pages at most, so that the counter may stand a little below its limit.
    private const long BatchPages = 64;

    public static OomVerdict Make(VerdictInputs inputs)
    {
        OomEvent oomEvent = inputs.Event;
        OomMemcg? memcg = oomEvent.Memcg;
        (OomCause cause, string counter, OomMemcgUsage? usage) = FindCounter(oomEvent, memcg, inputs.Workload.Level);
        if (usage is not { } hit)
        {
            return new OomVerdict
            {
                Cause = cause,
                Sentence = $"A limit was reached in {memcg?.Path ?? "a control group"}, but the log does not have its counters.",
                Evidence = Verdicts.VictimEvidence(oomEvent),
            };
        }

        string whose = inputs.Workload.Level switch
        {
            OomLimitLevel.Container => $"the {DescribeWorkload(inputs.Workload.Limit)}",
            OomLimitLevel.Pod => "the pod as a whole",
            OomLimitLevel.QosClass => "all pods of a class together",
            OomLimitLevel.Unit => $"the unit {inputs.Workload.Limit?.Unit}",
            OomLimitLevel.Ancestor => "a group around the task's own",
            _ => "the group",
        };
        return new OomVerdict
        {
            Cause = cause,
            Sentence = $"Not the machine: {whose} reached its {counter} limit of {Amount.Of((Int128)hit.LimitKiB * 1024)}{DescribeFilling(inputs)}.",
            Evidence = [EvidenceFinder.Find(oomEvent, OomSections.Memcg, $"{counter}: usage", $"{counter}: usage {hit.UsageKiB} kB of {hit.LimitKiB} kB, failcnt {hit.FailCount}"), .. inputs.Workload.Evidence is { } path ? [path] : Array.Empty<OomEvidence>()],
            Advice = Advise(inputs, hit, counter),
        };
    }

    private static (OomCause Cause, string Counter, OomMemcgUsage? Usage) FindCounter(OomEvent oomEvent, OomMemcg? memcg, OomLimitLevel level)
    {
        OomCause ofLevel = level switch
        {
            OomLimitLevel.Container => OomCause.ContainerLimit,
            OomLimitLevel.Pod => OomCause.PodLimit,
            OomLimitLevel.Unit => OomCause.UnitLimit,
            OomLimitLevel.Ancestor or OomLimitLevel.QosClass => OomCause.AncestorLimit,
            _ => OomCause.GroupLimit,
        };
        long slack = BatchPages * oomEvent.PageSize / 1024;
        return memcg switch
        {
            { Memory: { } memory } when IsFull(memory, 0) => (ofLevel, "memory", memory),
            { MemorySwap: { } both } when IsFull(both, 0) => (OomCause.SwapLimit, "memory+swap", both),
            { Kmem: { } kmem } when IsFull(kmem, 0) => (OomCause.KernelMemoryLimit, "kmem", kmem),
            { Memory: { } memory } when IsFull(memory, slack) => (ofLevel, "memory", memory),
            { MemorySwap: { } both } when IsFull(both, slack) => (OomCause.SwapLimit, "memory+swap", both),
            { Kmem: { } kmem } when IsFull(kmem, slack) => (OomCause.KernelMemoryLimit, "kmem", kmem),

            // Counters go on while the report is being printed: other tasks free and charge.
            { Memory: { IsUnlimited: false } memory } => (ofLevel, "memory", memory),
            _ => (OomCause.NotDeterminable, "", null),
        };
    }

    private static bool IsFull(OomMemcgUsage counter, long slackKiB) =>
        !counter.IsUnlimited && counter.LimitKiB > 0 && counter.UsageKiB >= counter.LimitKiB - slackKiB;

    private static string DescribeWorkload(OomWorkload? workload) => workload switch
    {
        { Kind: OomWorkloadKind.VirtualMachine } => $"virtual machine {workload.Name}",
        { Kind: OomWorkloadKind.SystemContainer or OomWorkloadKind.Machine } => $"container {workload.Name}",
        { Kind: OomWorkloadKind.Slurm or OomWorkloadKind.Nomad } => $"job {workload.Name}",
        _ => "container",
    };

    private static string DescribeFilling(VerdictInputs inputs)
    {
        // The remainder is last in the list and never what filled the group.
        if (inputs.Memcg is not { } balance || balance.Buckets[0].Name == OomBalance.Unexplained)
        {
            return "";
        }

        OomBucket largest = balance.Buckets[0];
        return $", {Amount.Share(largest.Bytes, balance.TotalBytes)} of it {BucketText.Describe(largest.Name)}";
    }

    private static ImmutableArray<string> Advise(VerdictInputs inputs, OomMemcgUsage hit, string counter)
    {
        ImmutableArray<string>.Builder advice = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<OomProgram> programs = inputs.Programs;
        if (!programs.IsEmpty)
        {
            string top = string.Join(" and ", programs.Take(2).Select(program => $"{program.Name} ({Amount.Of((Int128)program.RssPages * inputs.Event.PageSize)}{(program.TaskCount > 1 ? $" in {program.TaskCount} tasks" : "")})"));
            advice.Add($"look at {top}: the largest there");
        }

        if (inputs.Memcg is { } balance && balance["shmem"] > balance.TotalBytes / 4)
        {
            advice.Add($"{Amount.Of(balance["shmem"])} are files in tmpfs (emptyDir with medium Memory, /dev/shm) or shared memory: they count against the limit until they are deleted");
        }

        if (counter == "memory")
        {
            // A quarter more is a first step, no measurement: the log has the moment of the kill only.
            Int128 enough = (Int128)hit.UsageKiB * 1280;
            advice.Add($"at the moment of the kill a limit above {Amount.Of((Int128)hit.UsageKiB * 1024)} was needed; {Amount.Of(enough)} would leave a quarter of room, if nothing leaks");
        }

        return advice.ToImmutable();
    }
}
