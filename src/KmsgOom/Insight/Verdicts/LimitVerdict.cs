using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>A control group reached a limit: which counter, whose, and what filled it.</summary>
internal static class LimitVerdict
{
    // CPUs charge in batches of 64 pages at most, so that the counter may stand a little below its limit.
    private const long BatchPages = 64;

    // A tenth of the limit is more than one request, or than what others free while the report is printed.
    private const int MuchRoom = 10;

    public static OomVerdict Make(VerdictInputs inputs)
    {
        OomEvent oomEvent = inputs.Event;
        OomMemcg? memcg = oomEvent.Memcg;
        (OomCause cause, string counter, OomMemcgUsage? usage) = FindCounter(inputs);
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
            OomLimitLevel.QosSlice => "all pods of a class together",
            OomLimitLevel.AllPods => "all pods of the node together",
            OomLimitLevel.VirtualMachine or OomLimitLevel.Job => $"the {DescribeWorkload(inputs.Workload.Limit)}",
            OomLimitLevel.OuterContainer => "a container around the task's own",
            OomLimitLevel.Service or OomLimitLevel.User or OomLimitLevel.Slice => DescribeUnit(inputs.Workload.Limit),
            OomLimitLevel.Ancestor or OomLimitLevel.Cgroup when inputs.Workload.Limit is { SubPath: { } inner } around => $"the group {inner} inside {DescribeAround(around)}",
            OomLimitLevel.Ancestor => "a group around the task's own",
            _ => "the group",
        };
        OomMemcgCounter? swap = counter == "memory" ? FindFullSwap(inputs.Memcg) : null;
        return new OomVerdict
        {
            Cause = cause,
            Sentence = $"Not the machine: {whose} reached its {counter} limit of {Amount.Of((Int128)hit.LimitKiB * 1024)}{DescribeRoom(hit)}{DescribeSwap(swap)}{DescribeFilling(inputs, counter)}.",
            Evidence = [FindUsage(oomEvent, counter, hit), .. SwapEvidence(swap), .. inputs.Workload.Evidence],
            Advice = Advise(inputs, hit, counter, swap),
        };
    }

    private static OomEvidence FindUsage(OomEvent oomEvent, string counter, OomMemcgUsage hit) =>
        EvidenceFinder.Find(oomEvent, OomSections.Memcg, counter + ": usage")
        ?? new OomEvidence(0, $"{counter}: usage {hit.UsageKiB} kB of {hit.LimitKiB} kB, failcnt {hit.FailCount}");

    /// <summary>Finds the counter of swap that was full beside memory; null where none was.</summary>
    private static OomMemcgCounter? FindFullSwap(OomMemcgBalance? balance)
    {
        foreach (OomMemcgCounter counter in balance is { Limit: OomMemcgLimit.MemoryAndSwap } ? balance.Counters : [])
        {
            if (counter is { IsAtLimit: true, Name: "memory+swap" or "swap" })
            {
                return counter;
            }
        }

        return null;
    }

    private static string DescribeRoom(OomMemcgUsage hit) =>
        (Int128)hit.UsageKiB * MuchRoom >= (Int128)hit.LimitKiB * (MuchRoom - 1) ? ""
            : $" (only {Amount.Of((Int128)hit.UsageKiB * 1024)} were in use when the counters were printed: memory had come back by then, or it was another limit)";

    private static string DescribeSwap(OomMemcgCounter? swap) => swap is { LimitBytes: { } limit } full ? $" and its {full.Name} limit of {Amount.Of(limit)}" : "";

    private static IEnumerable<OomEvidence> SwapEvidence(OomMemcgCounter? swap) => swap is { } full ? [full.Evidence] : [];

    private static (OomCause Cause, string Counter, OomMemcgUsage? Usage) FindCounter(VerdictInputs inputs)
    {
        OomCause ofLevel = inputs.Workload.Level switch
        {
            OomLimitLevel.Container or OomLimitLevel.VirtualMachine or OomLimitLevel.Job => OomCause.ContainerLimit,
            OomLimitLevel.Pod => OomCause.PodLimit,
            OomLimitLevel.Service or OomLimitLevel.User => OomCause.UnitLimit,
            OomLimitLevel.Ancestor or OomLimitLevel.QosSlice or OomLimitLevel.AllPods or OomLimitLevel.OuterContainer or OomLimitLevel.Slice => OomCause.AncestorLimit,
            _ => OomCause.GroupLimit,
        };
        long slack = BatchPages * inputs.Event.PageSize / 1024;
        return inputs.Event.Memcg switch
        {
            { Memory: { } memory } when inputs.Memcg?.Limit == OomMemcgLimit.MemoryAndSwap => (ofLevel, "memory", memory),
            { Memory: { } memory, MemorySwap: { } both } when inputs.Memcg?.Limit == OomMemcgLimit.MemorySwap && both.LimitKiB != memory.LimitKiB => (OomCause.SwapLimit, "memory+swap", both),
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

    private static string DescribeUnit(OomWorkload? unit) =>
        unit is { Unit: null, UserId: { } user } ? $"all that user {user} runs" : $"the unit {unit?.Unit ?? unit?.Name}";

    private static string DescribeAround(OomWorkload around) => around.Level switch
    {
        OomLimitLevel.Service or OomLimitLevel.User or OomLimitLevel.Slice => DescribeUnit(around),
        OomLimitLevel.Pod => "the pod",
        OomLimitLevel.Container or OomLimitLevel.VirtualMachine or OomLimitLevel.Job => $"the {DescribeWorkload(around)}",
        _ => around.Path,
    };

    private static string DescribeWorkload(OomWorkload? workload) => workload switch
    {
        { Kind: OomWorkloadKind.VirtualMachine } => $"virtual machine {workload.Name}",
        { Kind: OomWorkloadKind.SystemContainer } => $"container {workload.Name}",
        { Kind: OomWorkloadKind.SlurmJob or OomWorkloadKind.NomadTask or OomWorkloadKind.YarnContainer } => $"job {workload.JobId}",
        _ => "container",
    };

    private static string DescribeFilling(VerdictInputs inputs, string counter)
    {
        if (inputs.Memcg is not { Buckets: [{ } largest, ..] } balance || counter == "kmem")
        {
            return "";
        }

        // The sheet is of memory alone, and its counters may be ahead of the usage.
        string what = BucketText.Describe(largest.Kind);
        return counter != "memory" ? $"; most of its memory is {what}"
            : $", {(largest.Bytes > balance.UsageBytes ? "most" : Amount.Share(largest.Bytes, balance.UsageBytes))} of it {what}";
    }

    private static ImmutableArray<string> Advise(VerdictInputs inputs, OomMemcgUsage hit, string counter, OomMemcgCounter? swap)
    {
        ImmutableArray<string>.Builder advice = ImmutableArray.CreateBuilder<string>();
        string moment = inputs.Event.Victims.IsEmpty ? "at that moment" : "at the moment of the kill";
        if (!inputs.Programs.IsEmpty)
        {
            advice.Add($"look at {LargestPrograms.Describe(inputs, countsSwap: swap is not null || counter == "memory+swap", out _)}: the largest there");
        }

        if (inputs.Memcg is { } balance && balance.ShmemBytes > balance.UsageBytes / 4)
        {
            advice.Add($"{Amount.Of(balance.ShmemBytes)} are files in tmpfs (emptyDir with medium Memory, /dev/shm) or shared memory: they count against the limit until they are deleted");
        }

        // Of a limit on both together, that on memory is a part: it may not be the larger one.
        if (swap is { Name: "memory+swap", LimitBytes: { } together } both)
        {
            Int128 needed = Math.Max(both.UsageBytes, together);
            advice.Add($"a higher memory limit alone would not help: {moment} one above {Amount.Of(needed)} was needed on memory and swap together; {Amount.Of(needed * 5 / 4)} would leave a quarter of room, if nothing leaks");
        }
        else if (counter == "memory")
        {
            // A quarter more is a first step, no measurement: the log has the moment of the kill only.
            // What was asked for did not fit below the limit, whatever was freed before the line was printed.
            Int128 needed = (Int128)Math.Max(hit.UsageKiB, hit.LimitKiB) * 1024;
            advice.Add($"{moment} a limit above {Amount.Of(needed)} was needed; {Amount.Of(needed * 5 / 4)} would leave a quarter of room, if nothing leaks");
        }

        return advice.ToImmutable();
    }
}
