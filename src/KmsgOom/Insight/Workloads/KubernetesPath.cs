namespace KmsgOom.Insight;

/// <summary>The cgroups of the kubelet: <c>kubepods</c>, the QoS level, the pod, the container.</summary>
/// <remarks>Kubernetes: <c>pkg/kubelet/cm/cgroup_manager_linux.go</c>; systemd's slices repeat the names of those above, joined by dashes.</remarks>
internal static class KubernetesPath
{
    private const string Root = "kubepods";

    // A bare id needs no more here: what stands in a pod is a container.
    private const int MinIdLength = 4;

    public static bool TryTake(WorkloadPath walk)
    {
        string part = walk[0];
        OomWorkload? open = walk is { IsInLayer: true, Layer: { Kind: OomWorkloadKind.Kubernetes, ContainerId: null } layer } ? layer : null;
        if (part == Root)
        {
            return open is null && walk.Enter(1, WorkloadPath.Of(OomWorkloadKind.Kubernetes) with { Driver = OomCgroupDriver.Cgroupfs });
        }

        if (ContainerName.ParseColons(part, out string slice) is { } joined && ReadSlice(slice) is { } outer)
        {
            return Take(walk, open, WithContainer(outer, joined) with { Slice = slice, Driver = OomCgroupDriver.Systemd });
        }

        if (ReadSlice(part) is { } lower)
        {
            return Take(walk, open, lower with { Slice = part, Driver = OomCgroupDriver.Systemd });
        }

        if (open is null)
        {
            return false;
        }

        if (ReadQos(part) is { } qos && open is { Qos: null, PodUid: null, StaticPodHash: null })
        {
            return walk.Deepen(1, open with { Qos = qos });
        }

        if (ReadPod(open, part) is { } pod)
        {
            return walk.Deepen(1, pod);
        }

        return (open.PodUid ?? open.StaticPodHash) is not null
            && ContainerName.Parse(part, MinIdLength) is { } container
            && walk.Deepen(1, WithContainer(open, container) with { Unit = container.IsScope ? part : null });
    }

    private static bool Take(WorkloadPath walk, OomWorkload? open, OomWorkload lower) => open is null
        ? walk.Enter(1, lower)
        : walk.Deepen(1, lower with { Parent = open.Parent, UserId = open.UserId, IsRootless = open.IsRootless });

    // "kubepods.slice", "kubepods-burstable.slice", "kubepods-burstable-podUID.slice", and with more in front: "kubelet-kubepods-…".
    private static OomWorkload? ReadSlice(string part)
    {
        if (!part.EndsWith(SystemdName.SliceSuffix, StringComparison.Ordinal))
        {
            return null;
        }

        string name = part[..^SystemdName.SliceSuffix.Length];
        int at = name.IndexOf(Root, StringComparison.Ordinal);
        int end = at + Root.Length;
        if (at < 0 || (at > 0 && name[at - 1] != '-') || (end < name.Length && name[end] != '-'))
        {
            return null;
        }

        OomWorkload workload = WorkloadPath.Of(OomWorkloadKind.Kubernetes) with { Unit = part };
        string rest = end < name.Length ? name[(end + 1)..] : "";
        string[] words = rest.Split('-', 2);
        if (ReadQos(words[0]) is { } qos)
        {
            workload = workload with { Qos = qos };
            rest = words.Length > 1 ? words[1] : "";
        }

        return rest.Length == 0 ? workload : ReadPod(workload, rest);
    }

    // "podUID" with dashes, or with "_" in slices, whose dashes mean something; "podHASH" for the pods of a node's own files.
    private static OomWorkload? ReadPod(OomWorkload level, string part)
    {
        if (!part.StartsWith("pod", StringComparison.Ordinal) || level.PodUid is not null || level.StaticPodHash is not null)
        {
            return null;
        }

        // Each pod stands in the level of its class, but for guaranteed ones, which have none.
        OomWorkload pod = level with { Qos = level.Qos ?? OomQos.Guaranteed };
        string uid = part["pod".Length..].Replace('_', '-');
        if (uid.Length == 32 && WorkloadPath.IsHex(uid, 32))
        {
            return pod with { StaticPodHash = uid };
        }

        return uid.Length > 0 && WorkloadPath.IsHex(uid.Replace("-", "", StringComparison.Ordinal), 1) ? pod with { PodUid = uid.ToLowerInvariant() } : null;
    }

    private static OomWorkload WithContainer(OomWorkload pod, ContainerName container) =>
        pod with { ContainerId = container.Id, Runtime = container.Runtime, IsMonitor = container.IsMonitor };

    private static OomQos? ReadQos(string word) => word switch
    {
        "guaranteed" => OomQos.Guaranteed,
        "burstable" => OomQos.Burstable,
        "besteffort" => OomQos.BestEffort,
        _ => null,
    };
}
