namespace KmsgOom.Insight;

/// <summary>Gives the names of the Kubernetes API to what a cgroup path says.</summary>
internal static class PodJoin
{
    public static OomWorkloadFinding Join(OomWorkloadFinding finding, OomEvent oomEvent, OomAnalysisOptions options, List<string> unknowns)
    {
        if (options.Pods is not { } pods)
        {
            return finding;
        }

        OomWorkload? inPod = WorkloadConclusion.FindAround(finding.Task, IsOfPod) ?? WorkloadConclusion.FindAround(finding.Limit, IsOfPod);

        // A container id may be in the list although its path tells nothing of Kubernetes.
        OomWorkload? known = inPod ?? finding.Workload;
        if (known is null || pods.Find(known) is not { } pod)
        {
            if (inPod is not null)
            {
                unknowns.Add($"pod {inPod.PodUid ?? inPod.StaticPodHash ?? inPod.ContainerId} is not in the list of pods: deleted since, or of another cluster");
            }

            return finding;
        }

        finding = finding with { Pod = pod, Container = FindContainer(pod, known, oomEvent, unknowns) };
        return finding with { Difference = Compare(finding, pod, oomEvent.PageSize) };
    }

    private static bool IsOfPod(OomWorkload one) =>
        one.Kind == OomWorkloadKind.Kubernetes && (one.PodUid ?? one.StaticPodHash ?? one.ContainerId) is not null;

    private static OomPodContainer? FindContainer(OomPod pod, OomWorkload workload, OomEvent oomEvent, List<string> unknowns)
    {
        if (workload.ContainerId is not { } id)
        {
            return null;
        }

        foreach (OomPodContainer container in pod.Containers)
        {
            if (container.Ids.Contains(id, StringComparer.OrdinalIgnoreCase))
            {
                return container;
            }
        }

        // Restarted more than once since. With a single container it can be no other, but the pause container's own.
        if (pod.Containers is [OomPodContainer only] && OomScoreConclusion.FindVictimAdj(oomEvent) is { } victim && IsOfContainer(pod, oomEvent.Victims[0].Name, victim.Adj))
        {
            return only;
        }

        unknowns.Add($"container {id} is not in the status of pod {pod.Namespace}/{pod.Name}: restarted since, or its pause container");
        return null;
    }

    // Older kubelets give the pause container's value to all of a guaranteed pod.
    private static bool IsOfContainer(OomPod pod, TaskName name, int adj) =>
        adj > KubernetesOomScore.PauseAdj || (adj == KubernetesOomScore.PauseAdj && pod.Qos == OomQos.Guaranteed && name != default && !OomScoreConclusion.IsCalledPause(name));

    private static OomLimitDifference? Compare(OomWorkloadFinding finding, OomPod pod, int pageSize)
    {
        if (finding.LimitBytes is not { } logBytes)
        {
            return null;
        }

        if (finding.Level == OomLimitLevel.Pod)
        {
            return AreSame(logBytes, pod.ExpectedPodLimitBytes, pageSize) ? null : new OomLimitDifference(logBytes, pod.ExpectedPodLimitBytes, "pod");
        }

        // A container without a limit of its own may get that of the pod.
        if (finding.Level != OomLimitLevel.Container || finding.Container is not { } container || (container.LimitBytes is null && pod.PodLimitBytes is not null))
        {
            return null;
        }

        return AreSame(logBytes, container.LimitBytes, pageSize) ? null : new OomLimitDifference(logBytes, container.LimitBytes, container.Name);
    }

    // The kernel counts whole pages and drops the rest of a limit.
    private static bool AreSame(long logBytes, long? specBytes, int pageSize) =>
        specBytes is { } bytes && (bytes == logBytes || (pageSize > 0 && bytes - (bytes % pageSize) == logBytes));
}
