using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Says what the victim's adjustment tells of its Kubernetes container, and compares it with the spec.</summary>
internal static class OomScoreConclusion
{
    private const string SetOtherwise = "the process, or somebody else, has set it";

    private const string NodeCritical = "system-node-critical";

    public static OomWorkloadFinding Add(OomWorkloadFinding finding, OomEvent oomEvent, OomAnalysisOptions options, List<OomEvidence> evidence, List<string> unknowns)
    {
        OomWorkload? pod = WorkloadConclusion.FindAround(finding.Workload, static one => one.Level is OomLimitLevel.Container or OomLimitLevel.Pod && one.Kind == OomWorkloadKind.Kubernetes);
        if (pod is null || FindVictimAdj(oomEvent) is not { } victim)
        {
            return finding;
        }

        long? capacityBytes = FindCapacity(oomEvent, options);
        bool isPause = IsCalledPause(oomEvent.Victims[0].Name);
        KubernetesOomScore score = victim.Adj == KubernetesOomScore.PauseAdj && isPause ? KubernetesOomScore.ExplainPause() : KubernetesOomScore.Explain(victim.Adj, capacityBytes);
        evidence.Add(WorkloadEvidence.OfTask(oomEvent, victim.Pid, victim.Adj));
        if (score.Qos is { } qos && pod.Qos is { } level && qos != level && !(qos == OomQos.Guaranteed))
        {
            unknowns.Add(string.Create(CultureInfo.InvariantCulture, $"oom_score_adj {victim.Adj} does not fit the pod's class: {SetOtherwise}"));
            score = new KubernetesOomScore { Adj = victim.Adj, Meaning = $"not what the kubelet gives to a pod of this class: {SetOtherwise}" };
        }

        if (capacityBytes is null && score.Qos == OomQos.Burstable)
        {
            unknowns.Add("the request in bytes: the log does not have the node's memory");
        }

        int? expected = Compute(finding, pod, capacityBytes);
        bool isOlder = expected == KubernetesOomScore.GuaranteedAdj && victim.Adj == KubernetesOomScore.PauseAdj && !isPause;
        return finding with { OomScore = score, ExpectedOomScoreAdj = isOlder ? KubernetesOomScore.PauseAdj : expected };
    }

    /// <summary>Tells the program of pause containers by its name: "pause", in OpenShift 3 "pod".</summary>
    public static bool IsCalledPause(TaskName name) => name.Equals("pause"u8) || name.Equals("pod"u8);

    /// <summary>Finds the adjustment of the first victim: from its kill line, else from its row.</summary>
    public static (int Pid, int Adj)? FindVictimAdj(OomEvent oomEvent)
    {
        if (oomEvent.Victims is not [OomVictim victim, ..])
        {
            return null;
        }

        if (victim.OomScoreAdj is { } printed)
        {
            return (victim.Pid, printed);
        }

        foreach (OomTask task in oomEvent.Tasks.AsSpan())
        {
            if (task.Pid == victim.Pid && task.OomScoreAdj is { } adj)
            {
                return (victim.Pid, adj);
            }
        }

        return null;
    }

    // MemTotal is what the allocator manages: all pages but the reserved ones, which 3.11 to 3.13 count in the last zone only.
    private static long? FindCapacity(OomEvent oomEvent, OomAnalysisOptions options)
    {
        if (options.NodeMemoryBytes is > 0 and { } given)
        {
            return given;
        }

        bool isReservedWrong = KernelVersion.Parse(oomEvent.Kernel?.Release) is { RedHat: 0 } kernel && kernel.IsAtLeast(3, 11) && !kernel.IsAtLeast(3, 14);
        if (oomEvent.Memory is not { RamPages: { } ram, ReservedPages: >= 0 and { } reserved } || ram <= reserved || isReservedWrong || oomEvent.PageSize <= 0)
        {
            return null;
        }

        Int128 bytes = (Int128)(ram - reserved) * oomEvent.PageSize;
        return bytes <= long.MaxValue ? (long)bytes : null;
    }

    private static int? Compute(OomWorkloadFinding finding, OomWorkload workload, long? capacityBytes)
    {
        // With requests of the pod as a whole the kubelet spreads what its containers leave; the share is not computed here.
        if (finding is not { Pod: { PodRequestBytes: null } pod, Container: { } container } || capacityBytes is not { } capacity || (pod.Qos ?? workload.Qos) is not { } qos)
        {
            return null;
        }

        long? leastSibling = container.IsSidecar
            ? pod.Containers.Where(one => one is { IsInit: false, IsEphemeral: false }).Min(one => (long?)(one.RequestBytes ?? 0))
            : null;
        return KubernetesOomScore.Compute(qos, container.RequestBytes ?? 0, capacity, pod.PriorityClass == NodeCritical, leastSibling);
    }
}
