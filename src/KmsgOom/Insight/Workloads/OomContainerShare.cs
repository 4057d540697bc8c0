namespace KmsgOom;

/// <summary>What one cgroup below the limit held, where the kernel prints each (up to 5.2).</summary>
public sealed record OomContainerShare
{
    /// <summary>Gets the cgroup.</summary>
    public required string Path { get; init; }

    /// <summary>Gets whose it is.</summary>
    public OomWorkload? Workload { get; init; }

    /// <summary>Gets the name of the container; null without <see cref="OomAnalysisOptions.Pods"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what it held in bytes, without its children: anonymous memory and page cache. Swap does not count.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets whether the chosen task lived in it.</summary>
    public bool IsTaskHome { get; init; }

    /// <summary>Gets whether it is the pod's sandbox ("pause"), which Kubernetes adds to each pod. Only said where nothing else is possible.</summary>
    public bool IsPause { get; init; }
}
