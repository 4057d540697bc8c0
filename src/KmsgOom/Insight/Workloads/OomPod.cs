using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>A pod, as the Kubernetes API describes it.</summary>
public sealed record OomPod
{
    /// <summary>Gets the UID.</summary>
    public required string Uid { get; init; }

    /// <summary>Gets the hash of a static pod's file, which names its groups; null for others.</summary>
    public string? ConfigHash { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Gets the node; null where the pod has none yet.</summary>
    public string? Node { get; init; }

    /// <summary>Gets the owner, such as <c>ReplicaSet/web-6d4cf56db6</c>; null where nobody owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Gets the containers, init and ephemeral ones too.</summary>
    public ImmutableArray<OomPodContainer> Containers { get; init; } = [];

    /// <summary>Gets the limit of the whole pod in bytes: the sum of its containers', where all have one; null where not.</summary>
    public long? MemoryLimitBytes
    {
        get
        {
            Int128 sum = 0;
            foreach (OomPodContainer container in Containers)
            {
                if (container.IsRegular)
                {
                    if (container.MemoryLimitBytes is not { } limit)
                    {
                        return null;
                    }

                    sum += limit;
                }
            }

            return sum > 0 && sum <= long.MaxValue ? (long)sum : null;
        }
    }

    /// <summary>Finds a container by its id.</summary>
    /// <param name="id">The id, or the part of it that a path has; null finds nothing.</param>
    public OomPodContainer? FindContainer(string? id) =>
        id is null ? null : Containers.FirstOrDefault(container => container.Id?.StartsWith(id, StringComparison.Ordinal) == true);
}
