namespace KmsgOom.Insight;

/// <summary>The groups of the kubelet, made through cgroupfs or through systemd.</summary>
/// <remarks>
/// cgroupfs: <c>kubepods[/burstable|/besteffort]/pod&lt;uid&gt;/&lt;container&gt;</c>; systemd:
/// <c>kubepods.slice[/kubepods-burstable.slice]/kubepods-burstable-pod&lt;uid with _&gt;.slice/cri-containerd-&lt;container&gt;.scope</c>;
/// runc without systemd, told to use it: <c>kubepods-burstable-pod&lt;uid&gt;.slice:cri-containerd:&lt;container&gt;</c>.
/// </remarks>
internal static class KubernetesPath
{
    public static OomWorkload? TryRead(string[] parts, ref int at)
    {
        string part = parts[at];
        bool isSystemd = part.Contains("kubepods", StringComparison.Ordinal) && part.Contains(".slice", StringComparison.Ordinal);
        if (!isSystemd && part != "kubepods" && !IsPod(parts, at))
        {
            return null;
        }

        OomWorkload workload = new() { Kind = OomWorkloadKind.Kubernetes, Driver = isSystemd ? "systemd" : "cgroupfs" };
        int start = at;
        while (at < parts.Length && TryDescend(parts[at], isSystemd, ref workload))
        {
            at++;
        }

        if (at == start)
        {
            return null;
        }

        // Only a pod proves that there is no class above it: then it is guaranteed.
        if (workload.PodUid is null)
        {
            return workload;
        }

        workload = workload with { Qos = workload.Qos ?? OomQos.Guaranteed };
        if (workload.ContainerId is null && at < parts.Length && ContainerPath.TryReadContainer(parts[at], isInPod: true) is { } container)
        {
            at++;
            workload = workload with { ContainerId = container.ContainerId, Runtime = container.Runtime };
        }

        return workload;
    }

    private static bool TryDescend(string part, bool isSystemd, ref OomWorkload workload)
    {
        string name = part;
        if (isSystemd)
        {
            int end = part.IndexOf(".slice", StringComparison.Ordinal);
            int start = part.IndexOf("kubepods", StringComparison.Ordinal);
            if (end < start || start < 0)
            {
                return false;
            }

            string[] rest = part[(end + ".slice".Length)..].Split(':');
            if (rest is ["", _, _])
            {
                workload = workload with { ContainerId = rest[2], Runtime = RuntimeNames.Of(rest[1]) };
            }

            name = part[(start + "kubepods".Length)..end].TrimStart('-');
        }
        else if (part == "kubepods")
        {
            return true;
        }

        if (name.Length == 0)
        {
            return isSystemd;
        }

        bool isQos = TryTakeQos(ref name, out OomQos qos);
        workload = isQos ? workload with { Qos = qos } : workload;
        if (name.Length == 0)
        {
            return isQos;
        }

        if (!name.StartsWith("pod", StringComparison.Ordinal) || !TryReadUid(name["pod".Length..], out string uid, out bool isStatic))
        {
            return false;
        }

        workload = workload with { PodUid = uid, IsStaticPod = isStatic };
        return true;
    }

    private static bool TryTakeQos(ref string name, out OomQos qos)
    {
        foreach ((string word, OomQos value) in ((string, OomQos)[])[("burstable", OomQos.Burstable), ("besteffort", OomQos.BestEffort)])
        {
            if (name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || name[word.Length] == '-'))
            {
                name = name[word.Length..].TrimStart('-');
                qos = value;
                return true;
            }
        }

        qos = default;
        return false;
    }

    private static bool IsPod(string[] parts, int at) =>
        parts[at].StartsWith("pod", StringComparison.Ordinal) && TryReadUid(parts[at]["pod".Length..], out _, out _);

    private static bool TryReadUid(string text, out string uid, out bool isStatic)
    {
        isStatic = text.Length == 32 && CgroupPath.IsHex(text, 32);
        uid = isStatic ? text : text.Replace('_', '-');
        return isStatic || (Guid.TryParseExact(uid, "D", out _) && !uid.Any(char.IsAsciiLetterUpper));
    }
}
