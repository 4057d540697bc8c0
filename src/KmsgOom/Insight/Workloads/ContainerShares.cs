using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>What each cgroup below the limit held: up to 5.2 the kernel prints statistics of each, without its children.</summary>
internal static class ContainerShares
{
    public static ImmutableArray<OomContainerShare> Collect(OomEvent oomEvent, OomWorkloadFinding finding)
    {
        if (oomEvent.Memcg is not { Stats.Length: > 1 } memcg)
        {
            return [];
        }

        List<OomContainerShare> shares = [];
        foreach (OomMemcgStats stats in memcg.Stats)
        {
            OomWorkload? workload = OomWorkload.Parse(stats.Path);
            shares.Add(new OomContainerShare
            {
                Path = stats.Path,
                Workload = workload,
                Name = FindName(finding.Pod, workload),
                Bytes = Add(stats["anon"] ?? stats["rss"] ?? 0, stats["file"] ?? stats["cache"] ?? 0),
                IsTaskHome = stats.Path == memcg.TaskPath,
            });
        }

        MarkPause(shares, oomEvent, finding);
        return [.. shares.OrderByDescending(share => share.Bytes)];
    }

    private static string? FindName(OomPod? pod, OomWorkload? workload) =>
        workload?.ContainerId is { } id ? pod?.Containers.FirstOrDefault(one => one.Ids.Contains(id, StringComparer.OrdinalIgnoreCase))?.Name : null;

    // Each pod has one pause process, in a container of its own. With a single container beside the task's, that is the one,
    // if the table does have the process and the task is not it.
    private static void MarkPause(List<OomContainerShare> shares, OomEvent oomEvent, OomWorkloadFinding finding)
    {
        if (finding.Level != OomLimitLevel.Pod)
        {
            return;
        }

        int only = -1;
        int others = 0;
        bool hasHome = false;
        for (int at = 0; at < shares.Count; at++)
        {
            hasHome |= shares[at] is { IsTaskHome: true, Workload.ContainerId: not null };
            if (shares[at] is { IsTaskHome: false, Name: null, Workload: { Kind: OomWorkloadKind.Kubernetes, ContainerId: not null } })
            {
                only = at;
                others++;
            }
        }

        if (others == 1 && hasHome && FindPause(oomEvent) is { } pid && OomScoreConclusion.FindVictimAdj(oomEvent)?.Pid != pid)
        {
            shares[only] = shares[only] with { IsPause = true };
        }
    }

    /// <summary>Finds the one pause process of the table; null where there is none, or several may be it.</summary>
    private static int? FindPause(OomEvent oomEvent)
    {
        (int pauses, int named, int pid, int namedPid) = (0, 0, 0, 0);
        foreach (ref readonly OomTask task in oomEvent.Tasks.AsSpan())
        {
            if (task.OomScoreAdj is KubernetesOomScore.PauseAdj or KubernetesOomScore.KubeletAdj)
            {
                (pauses, pid) = (pauses + 1, task.Pid);
                (named, namedPid) = OomScoreConclusion.IsCalledPause(task.Name) ? (named + 1, task.Pid) : (named, namedPid);
            }
        }

        // With older kubelets all processes of a guaranteed pod have the value: then the name tells.
        return pauses == 1 ? pid : named == 1 ? namedPid : null;
    }

    private static long Add(long anon, long file) => (long)Int128.Clamp((Int128)anon + file, long.MinValue, long.MaxValue);
}
