using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>Whose memory it was: pod, container, service; on which level the limit was hit; what Kubernetes made of the request.</summary>
internal static class WorkloadText
{
    private const int ShortIdLength = 12;

    public static void Write(Screen screen, OomWorkloadFinding finding, OomMemcgBalance? balance)
    {
        if (finding.Workload is not { } workload)
        {
            return;
        }

        // A cgroup of no known shape says no more than its path, which stands at the limit.
        if (workload.Kind != OomWorkloadKind.Cgroup)
        {
            screen.Field("Whose", string.Join(", in ", Describe(finding, workload)));
        }

        if (DescribeLevel(finding, balance) is { } level)
        {
            screen.Field("Hit", level);
        }

        if (finding.Container is { } container && (container.RequestBytes ?? container.LimitBytes) is not null)
        {
            screen.Field("", $"container {container.Name} requests {Size(container.RequestBytes)}, limit {Size(container.LimitBytes)}");
        }

        if (finding.Difference is { } difference)
        {
            string spec = difference.SpecBytes is { } bytes ? Sizes.FromBytes(bytes) : "no limit";
            string whose = difference.What == "pod" && finding.Level == OomLimitLevel.Pod ? "the pod" : $"container {difference.What}";
            screen.Field("Spec", $"{spec} for {whose}, but {Sizes.FromBytes(difference.LogBytes)} in the log: changed since, or set by somebody else", Ink.Warning);
        }

        if (finding.OomScore is { } score)
        {
            screen.Field("Adj", DescribeScore(finding, score));
        }
    }

    private static IEnumerable<string> Describe(OomWorkloadFinding finding, OomWorkload workload)
    {
        yield return finding.Pod is { } pod ? DescribePod(pod, finding.Container, workload) : DescribeOne(workload);
        for (OomWorkload? outer = workload.Parent; outer is not null; outer = outer.Parent)
        {
            yield return DescribeOne(outer);
        }
    }

    private static string DescribePod(OomPod pod, OomPodContainer? container, OomWorkload workload)
    {
        string name = container is not null ? $", container {container.Name}" : workload.ContainerId is { } id ? $", container {ShortId(id)}" : "";
        string owner = pod.OwnerName is { } ownerName ? $", of {pod.OwnerKind} {ownerName}" : "";
        string node = pod.Node is { } nodeName ? $", node {nodeName}" : "";
        return $"pod {pod.Namespace}/{pod.Name}{name}{Qos(pod.Qos ?? workload.Qos)}{owner}{node}";
    }

    private static string DescribeOne(OomWorkload workload)
    {
        string monitor = workload.IsMonitor ? "the monitor of " : "";
        string runtime = workload.Runtime is { } name ? $" ({name})" : "";
        return monitor + workload.Kind switch
        {
            OomWorkloadKind.Kubernetes => DescribeKubernetes(workload),
            OomWorkloadKind.Container => $"container {workload.Name ?? ShortId(workload.ContainerId ?? "")}{runtime}{(workload.IsRootless ? $" of user {workload.UserId}" : "")}",
            OomWorkloadKind.SystemContainer => $"system container {workload.Name}{runtime}",
            OomWorkloadKind.VirtualMachine => $"virtual machine {workload.Name ?? ShortId(workload.ContainerId ?? "")}{runtime}",
            OomWorkloadKind.EcsTask => $"ECS task {workload.JobId}{(workload.ContainerId is { } id ? $", container {ShortId(id)}" : "")}",
            OomWorkloadKind.NomadTask => $"Nomad task {workload.TaskId} of allocation {workload.JobId}",
            OomWorkloadKind.GardenContainer => $"Garden container {workload.Name}",
            OomWorkloadKind.SlurmJob => DescribeSlurm(workload),
            OomWorkloadKind.YarnContainer => $"YARN {workload.JobId}, {workload.ContainerId}",
            OomWorkloadKind.Service => $"service {workload.Unit}",
            OomWorkloadKind.Scope => $"scope {workload.Unit}",
            OomWorkloadKind.UserSession => $"login session {workload.Name}{User(workload)}",
            OomWorkloadKind.User => $"processes of user {workload.UserId}",
            OomWorkloadKind.Application => $"application {workload.Name}{User(workload)}",
            OomWorkloadKind.Snap => $"snap {workload.Name}{User(workload)}",
            OomWorkloadKind.Flatpak => $"Flatpak {workload.Name}{User(workload)}",
            OomWorkloadKind.Slice => $"slice {workload.Unit}",
            _ => $"cgroup {workload.Path}",
        };
    }

    private static string DescribeKubernetes(OomWorkload workload)
    {
        string qos = Qos(workload.Qos);
        string pod = workload.PodUid is { } uid ? $"Kubernetes pod {uid}" : workload.StaticPodHash is { } hash ? $"static Kubernetes pod {hash}" : "";
        string runtime = workload.Runtime is { } name ? $" ({name})" : "";
        return (pod, workload) switch
        {
            ("", { Qos: null }) => "all Kubernetes pods of the node",
            ("", _) => $"all Kubernetes pods{qos}",
            (_, { ContainerId: { } id }) => $"{pod}{qos}, container {ShortId(id)}{runtime}",
            _ => pod + qos,
        };
    }

    private static string DescribeSlurm(OomWorkload workload)
    {
        if (workload.JobId is null)
        {
            return $"all Slurm jobs{User(workload)}";
        }

        string step = workload.StepId is { } id ? $", step {id}" : "";
        string task = workload.TaskId is { } number ? $", task {number}" : "";
        return $"Slurm job {workload.JobId}{step}{task}{User(workload)}";
    }

    private static string? DescribeLevel(OomWorkloadFinding finding, OomMemcgBalance? balance)
    {
        long? together = balance is { Limit: OomMemcgLimit.MemorySwap } ? balance.Counters.First(counter => counter.Name == "memory+swap").LimitBytes : null;
        string limit = together is { } both ? $" ({Sizes.FromBytes(both)} of memory and swap)"
            : finding.LimitBytes is { } bytes ? $" ({Sizes.FromBytes(bytes)})" : "";
        return finding.Level switch
        {
            OomLimitLevel.Container => $"the limit of this container{limit}",
            OomLimitLevel.Pod => $"the limit of the pod{limit}, all its containers together{(finding.Task?.ContainerId is null ? "" : "; the task lived in one of them")}",
            OomLimitLevel.QosSlice => $"the limit of all{Qos(finding.Limit?.Qos)} pods of the node{limit}",
            OomLimitLevel.AllPods => $"the limit of all pods of the node{limit}, its allocatable memory",
            OomLimitLevel.OuterContainer => $"the limit of an outer container{limit}: {(finding.Limit is { } outer ? DescribeOne(outer) : "")}",
            OomLimitLevel.VirtualMachine => $"the limit of the virtual machine{limit}",
            OomLimitLevel.Job => $"the limit of the job{limit}",
            OomLimitLevel.Service => $"the limit of {finding.Limit?.Unit ?? "the service"}{limit}",
            OomLimitLevel.User when finding.Limit is { Unit: null, UserId: { } user } => $"the limit of user {user}{limit}",
            OomLimitLevel.User => $"the limit of {finding.Limit?.Unit ?? "the user"}{limit}",
            OomLimitLevel.Slice => $"the limit of {finding.Limit?.Unit}{limit}, all its units together",
            OomLimitLevel.Ancestor or OomLimitLevel.Cgroup when finding.Limit is { SubPath: { } inner } around => $"the limit of the group {inner}{limit} inside {DescribeOne(around)}",
            OomLimitLevel.Ancestor => $"the limit of a cgroup above the task's{limit}",
            _ => null,
        };
    }

    private static string DescribeScore(OomWorkloadFinding finding, KubernetesOomScore score)
    {
        string range = (score.MinRequestBytes, score.MaxRequestBytes, score.CapacityBytes) switch
        {
            ({ } min, { } max, { } capacity) => $" ({Sizes.FromBytes(min)} to {Sizes.FromBytes(max)} of {Sizes.FromBytes(capacity)})",
            ({ } min, null, { } capacity) => $" ({Sizes.FromBytes(min)} or more of {Sizes.FromBytes(capacity)})",
            _ => "",
        };
        string spec = finding.ExpectedOomScoreAdj is not { } expected ? ""
            : expected == score.Adj ? "; the spec agrees"
            : string.Create(CultureInfo.InvariantCulture, $"; the spec gives {expected}");
        return string.Create(CultureInfo.InvariantCulture, $"{score.Adj}: {score.Meaning}{range}{spec}");
    }

    private static string Qos(OomQos? qos) => qos switch
    {
        OomQos.Guaranteed => " (guaranteed)",
        OomQos.Burstable => " (burstable)",
        OomQos.BestEffort => " (best effort)",
        _ => "",
    };

    private static string User(OomWorkload workload) => workload.UserId is { } user ? $" of user {user}" : "";

    private static string Size(long? bytes) => bytes is { } known ? Sizes.FromBytes(known) : "nothing";

    private static string ShortId(string id) => id.Length > ShortIdLength && id.All(char.IsAsciiHexDigit) ? id[..ShortIdLength] : id;
}
