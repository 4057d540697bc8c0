using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>A pod as the Kubernetes API lists it. What the list does not say is null.</summary>
public sealed record OomPod
{
    /// <summary>Gets the namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the UID; of a static pod it is that of its mirror, which cgroup paths do not have.</summary>
    public string? Uid { get; init; }

    /// <summary>Gets the hash that stands in the cgroup path of a static pod: annotation <c>kubernetes.io/config.hash</c> or <c>config.mirror</c>.</summary>
    public string? StaticPodHash { get; init; }

    /// <summary>Gets the node that it was scheduled to.</summary>
    public string? Node { get; init; }

    /// <summary>Gets the kind of the controller that made it: <c>ReplicaSet</c>, <c>StatefulSet</c>, <c>DaemonSet</c>, <c>Job</c>, <c>Node</c>.</summary>
    public string? OwnerKind { get; init; }

    /// <summary>Gets the name of the controller that made it.</summary>
    public string? OwnerName { get; init; }

    /// <summary>Gets the QoS class of the status.</summary>
    public OomQos? Qos { get; init; }

    /// <summary>Gets the priority class; <c>system-node-critical</c> changes what the kubelet makes of the QoS class.</summary>
    public string? PriorityClass { get; init; }

    /// <summary>Gets the priority.</summary>
    public long? Priority { get; init; }

    /// <summary>Gets the requested memory of the pod as a whole (<c>spec.resources</c>, 1.32 and later) in bytes; null where it has none.</summary>
    public long? PodRequestBytes { get; init; }

    /// <summary>Gets the limit of the pod as a whole (<c>spec.resources</c>, 1.32 and later) in bytes; null where it has none.</summary>
    public long? PodLimitBytes { get; init; }

    /// <summary>Gets the memory that the runtime class adds to the pod (<c>spec.overhead</c>) in bytes; null where it has none.</summary>
    public long? OverheadBytes { get; init; }

    /// <summary>Gets all containers: the ordinary ones, the init containers, the ephemeral ones.</summary>
    public ImmutableArray<OomPodContainer> Containers { get; init; } = [];

    /// <summary>Gets the limit that the kubelet gives to the pod's own cgroup, in bytes; null where it sets none because a container has none.</summary>
    /// <remarks>
    /// Kubernetes: <c>ResourceConfigForPod()</c>, <c>PodLimits()</c>: the containers and sidecars together, or an init container with the sidecars before it if
    /// that is more; overhead comes on top.
    /// </remarks>
    public long? ExpectedPodLimitBytes
    {
        get
        {
            decimal? limit = PodLimitBytes ?? SumLimits();
            return limit is { } bytes && bytes + (OverheadBytes ?? 0) is <= long.MaxValue and var sum ? (long)sum : null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(OomPod? other) =>
        other is not null
        && Namespace == other.Namespace
        && Name == other.Name
        && Uid == other.Uid
        && StaticPodHash == other.StaticPodHash
        && Node == other.Node
        && OwnerKind == other.OwnerKind
        && OwnerName == other.OwnerName
        && Qos == other.Qos
        && PriorityClass == other.PriorityClass
        && Priority == other.Priority
        && PodRequestBytes == other.PodRequestBytes
        && PodLimitBytes == other.PodLimitBytes
        && OverheadBytes == other.OverheadBytes
        && Containers.AsSpan().SequenceEqual(other.Containers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Namespace, Name, Uid, Containers.Length);

    private decimal? SumLimits()
    {
        decimal running = 0;
        decimal sidecars = 0;
        decimal init = 0;
        bool hasContainer = false;
        foreach (OomPodContainer container in Containers)
        {
            if (container.IsEphemeral)
            {
                continue;
            }

            // The kubelet sets no limit as soon as one container, sidecar or not, has none.
            if (container.LimitBytes is not { } limit)
            {
                return null;
            }

            hasContainer = true;
            if (!container.IsInit)
            {
                running += limit;
                continue;
            }

            sidecars += container.IsSidecar ? limit : 0;
            init = Math.Max(init, container.IsSidecar ? sidecars : sidecars + limit);
        }

        return hasContainer ? Math.Max(running + sidecars, init) : null;
    }
}
