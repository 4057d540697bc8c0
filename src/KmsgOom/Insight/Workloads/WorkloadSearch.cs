using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Puts the group of the limit and the group of the task together.</summary>
internal static class WorkloadSearch
{
    public static OomWorkloadFinding Find(OomEvent oomEvent, OomAnalysisOptions options)
    {
        string? path = oomEvent.Memcg?.Path;
        OomWorkload? limit = path is null ? null : OomWorkload.Parse(path);
        OomWorkload? task = oomEvent.Memcg?.TaskPath is { } taskPath ? OomWorkload.Parse(taskPath) : null;
        (OomLimitLevel level, string reason) = FindLevel(oomEvent, limit);
        OomWorkload? named = task?.PodUid is not null || task?.ContainerId is not null ? task : limit ?? task;
        bool isKubernetes = named?.Kind == OomWorkloadKind.Kubernetes;
        OomPod? pod = options.Pods?.Find(named);
        OomPodContainer? container = pod?.FindContainer(named?.ContainerId);
        return new OomWorkloadFinding
        {
            Limit = limit,
            Task = task,
            Level = level,
            LevelReason = reason,
            Score = isKubernetes && FindAdjustment(oomEvent) is { } adjustment ? OomKubernetesScore.Explain(adjustment, FindCapacity(oomEvent, options)) : null,
            Pod = pod,
            Container = container,
            LimitDifference = FindDifference(oomEvent, level, pod, container),
            Evidence = path is null ? null : EvidenceFinder.Find(oomEvent, OomSections.None, path, path),
        };
    }

    private static (OomLimitLevel Level, string Reason) FindLevel(OomEvent oomEvent, OomWorkload? limit)
    {
        switch (oomEvent.Scope)
        {
            case OomScope.Global:
                return (OomLimitLevel.Machine, "the whole machine ran out; no limit was hit");
            case OomScope.Cpuset:
                return (OomLimitLevel.Nodes, "the nodes of a cpuset ran out");
            case OomScope.Mempolicy:
                return (OomLimitLevel.Nodes, "the nodes of a memory policy ran out");
            case OomScope.Memcg when oomEvent.Memcg?.Path is not null:
                break;
            default:
                return (OomLimitLevel.Unknown, "the log does not name the group whose limit was hit");
        }

        string path = oomEvent.Memcg!.Path!;
        bool isAround = oomEvent.Memcg.TaskPath is { } task && task.Length > path.Length && task.StartsWith(path, StringComparison.Ordinal) && (path.EndsWith('/') || task[path.Length] == '/');
        string place = isAround ? "; the task lived in a group inside it" : oomEvent.Memcg.TaskPath == path ? "; the task lived in it" : "";
        return limit switch
        {
            { Kind: OomWorkloadKind.Kubernetes, ContainerId: not null } => (OomLimitLevel.Container, $"the limit is the container's{place}"),
            { Kind: OomWorkloadKind.Kubernetes, PodUid: not null } => (OomLimitLevel.Pod, $"the limit is the pod's, for all its containers together{place}"),
            { Kind: OomWorkloadKind.Kubernetes, Qos: not null } => (OomLimitLevel.QosClass, $"the limit is that of all {DescribeQos(limit.Qos.Value)} pods{place}"),
            { Kind: OomWorkloadKind.Kubernetes } => (OomLimitLevel.QosClass, $"the limit is that of all pods (what the kubelet may allocate){place}"),
            { Kind: OomWorkloadKind.Service or OomWorkloadKind.Session or OomWorkloadKind.UserUnit or OomWorkloadKind.Unit or OomWorkloadKind.Snap or OomWorkloadKind.Flatpak } =>
                (OomLimitLevel.Unit, $"the limit is the unit's{place}"),
            { Kind: OomWorkloadKind.Slice } => (OomLimitLevel.Ancestor, $"the limit is the slice's{place}"),
            { Kind: OomWorkloadKind.Cgroup } or null when isAround => (OomLimitLevel.Ancestor, "the limit is that of a group around the task's own"),
            { Kind: OomWorkloadKind.Cgroup } or null => (OomLimitLevel.Cgroup, $"the limit is the group's{place}"),
            _ => (OomLimitLevel.Container, $"the limit is the {DescribeKind(limit.Kind)}'s{place}"),
        };
    }

    private static string DescribeQos(OomQos qos) => qos switch
    {
        OomQos.BestEffort => "best-effort",
        OomQos.Burstable => "burstable",
        _ => "guaranteed",
    };

    private static string DescribeKind(OomWorkloadKind kind) => kind switch
    {
        OomWorkloadKind.VirtualMachine => "virtual machine",
        OomWorkloadKind.Machine => "machine",
        OomWorkloadKind.Slurm => "job",
        OomWorkloadKind.Nomad or OomWorkloadKind.Ecs => "task",
        _ => "container",
    };

    private static int? FindAdjustment(OomEvent oomEvent)
    {
        if (oomEvent.Victims.IsEmpty)
        {
            return null;
        }

        OomVictim victim = oomEvent.Victims[0];
        foreach (OomTask task in oomEvent.Tasks)
        {
            if (task.Pid == victim.Pid || task.Tgid == victim.Pid)
            {
                return task.OomScoreAdj ?? victim.OomScoreAdj;
            }
        }

        return victim.OomScoreAdj;
    }

    private static long? FindCapacity(OomEvent oomEvent, OomAnalysisOptions options) =>
        options.NodeMemoryBytes
        ?? (oomEvent.Memory is { RamPages: { } ram, ReservedPages: { } reserved } && ram > reserved && ram < long.MaxValue / oomEvent.PageSize
            ? oomEvent.ToBytes(ram - reserved)
            : null);

    private static string? FindDifference(OomEvent oomEvent, OomLimitLevel level, OomPod? pod, OomPodContainer? container)
    {
        long? wanted = level switch
        {
            OomLimitLevel.Container => container?.MemoryLimitBytes,
            OomLimitLevel.Pod => pod?.MemoryLimitBytes,
            _ => null,
        };
        return wanted is { } bytes && oomEvent.Memcg?.Memory is { IsUnlimited: false } memory && Math.Abs((memory.LimitKiB * 1024.0) - bytes) >= oomEvent.PageSize
            ? string.Create(CultureInfo.InvariantCulture, $"the limit in the log is {memory.LimitKiB} KiB, the pod list says {bytes / 1024.0:0.###} KiB")
            : null;
    }
}
