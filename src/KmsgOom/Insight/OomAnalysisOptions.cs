namespace KmsgOom;

/// <summary>What a log cannot tell and the caller may know.</summary>
public sealed record OomAnalysisOptions
{
    /// <summary>
    /// Gets the memory of the machine in bytes (a Kubernetes node's capacity); null where unknown: then it is taken from the log, where a Mem-Info block tells
    /// it.
    /// </summary>
    public long? NodeMemoryBytes { get; init; }

    /// <summary>Gets the pods of the cluster, which give names to UIDs and container ids; null where unknown.</summary>
    public OomPodList? Pods { get; init; }
}
