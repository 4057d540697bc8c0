using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Whose a memory cgroup is, as its path tells: pod, container, service, virtual machine, job, session.</summary>
/// <remarks>Derived from the path alone. What the path does not say is null.</remarks>
public sealed record OomWorkload
{
    /// <summary>Gets what the cgroup was made for.</summary>
    public required OomWorkloadKind Kind { get; init; }

    /// <summary>Gets the path down to the workload's own cgroup.</summary>
    public required string Path { get; init; }

    /// <summary>Gets what follows below the workload's own cgroup, such as <c>init.scope</c> or <c>libvirt/vcpu0</c>; null where the path ends with it.</summary>
    public string? SubPath { get; init; }

    /// <summary>
    /// Gets a name for people: of the service without its suffix, the virtual machine, the LXC container, the application, the snap, the slice, or the last
    /// component of an unknown path. Unescaped. Containers have ids only.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Gets the UID of a Kubernetes pod in the form of the API, with dashes.</summary>
    public string? PodUid { get; init; }

    /// <summary>
    /// Gets what stands in place of the UID for a static pod: the hash of its manifest, 32 hexadecimal digits (annotation <c>kubernetes.io/config.hash</c>).
    /// </summary>
    public string? StaticPodHash { get; init; }

    /// <summary>Gets the id of the container: mostly 64 hexadecimal digits.</summary>
    public string? ContainerId { get; init; }

    /// <summary>Gets the QoS class of the pod, or of all pods of the level.</summary>
    public OomQos? Qos { get; init; }

    /// <summary>
    /// Gets the runtime: <c>containerd</c>, <c>cri-o</c>, <c>docker</c>, <c>podman</c>, <c>buildkit</c>, <c>kata</c>, <c>lxc</c>, <c>systemd-nspawn</c>,
    /// <c>qemu</c>, <c>garden</c>, …; null where the path does not tell it, as with Kubernetes' cgroupfs driver.
    /// </summary>
    public string? Runtime { get; init; }

    /// <summary>Gets who names the cgroups; null where it does not matter.</summary>
    public OomCgroupDriver? Driver { get; init; }

    /// <summary>Gets whether the cgroup is that of the program that watches the container, not of the container: conmon, LXC's monitor.</summary>
    public bool IsMonitor { get; init; }

    /// <summary>Gets the innermost unit of systemd as the path has it, such as <c>docker-….scope</c> or <c>postgresql@14-main.service</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the instance of a template unit, unescaped: <c>14-main</c>.</summary>
    public string? Instance { get; init; }

    /// <summary>Gets the innermost slice of systemd around the workload, as the path has it.</summary>
    public string? Slice { get; init; }

    /// <summary>Gets the user whose session, service manager or Slurm job it is; null for system services.</summary>
    public uint? UserId { get; init; }

    /// <summary>Gets whether an ordinary user's service manager runs the container (rootless Docker or Podman).</summary>
    public bool IsRootless { get; init; }

    /// <summary>Gets the job: Slurm's job, YARN's application, Nomad's allocation, the ECS task.</summary>
    public string? JobId { get; init; }

    /// <summary>Gets the step of a Slurm job: a number, <c>batch</c>, <c>extern</c>, <c>interactive</c>.</summary>
    public string? StepId { get; init; }

    /// <summary>Gets the task of a job: Slurm's number, Nomad's name.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the container, pod or machine around this one: kind, Docker in Docker, Docker in LXC, a service in a container. Null where there is none.</summary>
    public OomWorkload? Parent { get; init; }

    /// <summary>Gets the level on which a limit of this very cgroup works.</summary>
    public OomLimitLevel Level => Kind switch
    {
        OomWorkloadKind.Kubernetes when ContainerId is not null => OomLimitLevel.Container,
        OomWorkloadKind.Kubernetes when PodUid is not null || StaticPodHash is not null => OomLimitLevel.Pod,
        OomWorkloadKind.Kubernetes when Qos is not null => OomLimitLevel.QosSlice,
        OomWorkloadKind.Kubernetes => OomLimitLevel.AllPods,
        OomWorkloadKind.EcsTask or OomWorkloadKind.NomadTask when ContainerId is not null => OomLimitLevel.Container,
        OomWorkloadKind.Container or OomWorkloadKind.SystemContainer or OomWorkloadKind.GardenContainer => OomLimitLevel.Container,
        OomWorkloadKind.VirtualMachine => OomLimitLevel.VirtualMachine,
        OomWorkloadKind.SlurmJob when JobId is null => OomLimitLevel.User,
        OomWorkloadKind.EcsTask or OomWorkloadKind.NomadTask or OomWorkloadKind.SlurmJob or OomWorkloadKind.YarnContainer => OomLimitLevel.Job,
        OomWorkloadKind.Service or OomWorkloadKind.Scope => OomLimitLevel.Service,
        OomWorkloadKind.Application or OomWorkloadKind.Snap or OomWorkloadKind.Flatpak => OomLimitLevel.Service,
        OomWorkloadKind.UserSession or OomWorkloadKind.User => OomLimitLevel.User,
        OomWorkloadKind.Slice => OomLimitLevel.Slice,
        _ => OomLimitLevel.Cgroup,
    };

    /// <summary>Reads the path of a memory cgroup.</summary>
    /// <param name="cgroupPath">The path as the kernel prints it; anything else is data too and never throws.</param>
    /// <returns>
    /// The innermost workload; null where the path says nothing: the root, nothing at all, the kernel's remarks such as <c>(name too long)</c>, or more than
    /// 4096 characters.
    /// </returns>
    public static OomWorkload? Parse(string? cgroupPath) => cgroupPath is null ? null : WorkloadMemory.Read(cgroupPath);
}
