using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Whose memory ran out, and whose task was killed.</summary>
public sealed record OomWorkloadFinding
{
    /// <summary>Gets the workload whose limit was hit; null where it was the machine's memory, or the log does not name a group.</summary>
    public OomWorkload? Limit { get; init; }

    /// <summary>Gets the workload of the chosen task; null where the log does not name a group.</summary>
    public OomWorkload? Task { get; init; }

    /// <summary>Gets the level of the hierarchy that ran out.</summary>
    public required OomLimitLevel Level { get; init; }

    /// <summary>Gets what proves the level, in a sentence.</summary>
    public required string LevelReason { get; init; }

    /// <summary>Gets what the victim's adjustment says of its pod; null outside Kubernetes.</summary>
    public OomKubernetesScore? Score { get; init; }

    /// <summary>Gets the pod, its names and its limits; null without a list of pods, and where that has it not.</summary>
    public OomPod? Pod { get; init; }

    /// <summary>Gets the container of the pod that the task lived in, or whose limit was hit; null where it is not known.</summary>
    public OomPodContainer? Container { get; init; }

    /// <summary>Gets how the limit in the log differs from the one that is wanted; null where it does not, or nothing is known.</summary>
    public string? LimitDifference { get; init; }

    /// <summary>Gets the line that names the group.</summary>
    public OomEvidence? Evidence { get; init; }

    /// <summary>Finds whose memory ran out.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <param name="options">What is known beside the log; null for nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static OomWorkloadFinding Of(OomEvent oomEvent, OomAnalysisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return WorkloadSearch.Find(oomEvent, options ?? new OomAnalysisOptions());
    }
}
