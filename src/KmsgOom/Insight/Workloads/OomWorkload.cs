using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Whose memory it was, as far as the path of a control group says.</summary>
/// <remarks>What a path does not say is null.</remarks>
public sealed record OomWorkload
{
    /// <summary>Gets what the group belongs to.</summary>
    public required OomWorkloadKind Kind { get; init; }

    /// <summary>Gets the quality-of-service class of the pod; pods outside the two folders of the other classes are guaranteed.</summary>
    public OomQos? Qos { get; init; }

    /// <summary>Gets the UID of the pod in its canonical form with dashes; of a static pod the 32 digits of its hash.</summary>
    public string? PodUid { get; init; }

    /// <summary>Gets whether <see cref="PodUid"/> is the hash of a static pod's file, which the API shows as the annotation kubernetes.io/config.hash.</summary>
    public bool IsStaticPod { get; init; }

    /// <summary>Gets the id of the container, as long as the path has it.</summary>
    public string? ContainerId { get; init; }

    /// <summary>Gets the runtime: <c>containerd</c>, <c>cri-o</c>, <c>docker</c>, <c>podman</c>, <c>lxc</c>, …; cgroupfs paths of Kubernetes do not say.</summary>
    public string? Runtime { get; init; }

    /// <summary>Gets who makes the groups: <c>cgroupfs</c> or <c>systemd</c>.</summary>
    public string? Driver { get; init; }

    /// <summary>Gets the name of a system container, machine, job, task, snap or application.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the unit of systemd, its escapes undone.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the innermost slice of systemd.</summary>
    public string? Slice { get; init; }

    /// <summary>Gets the user.</summary>
    public long? UserId { get; init; }

    /// <summary>Gets the workload around this one, as for a cluster in a container (kind) or Docker in Docker.</summary>
    public OomWorkload? Outer { get; init; }

    /// <summary>Reads the path of a control group.</summary>
    /// <param name="path">The path, such as <c>/kubepods/burstable/podbc001ffa-…/a2ed67c6…</c>.</param>
    /// <returns>The innermost workload; null for the root.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static OomWorkload? Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return CgroupPath.Parse(path);
    }
}
