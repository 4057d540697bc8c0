using System.Collections.Immutable;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Whose memory it was: the workload, the level whose limit was hit, and what Kubernetes says of it.</summary>
public sealed record OomWorkloadFinding
{
    /// <summary>Gets the level on which the memory ran out.</summary>
    public required OomLimitLevel Level { get; init; }

    /// <summary>Gets whose limit was hit; null where none was, or the log does not name the cgroup.</summary>
    public OomWorkload? Limit { get; init; }

    /// <summary>Gets where the chosen task lived; null where the log does not say, or says the root.</summary>
    public OomWorkload? Task { get; init; }

    /// <summary>Gets the innermost workload that is known: <see cref="Task"/>, else <see cref="Limit"/>.</summary>
    public OomWorkload? Workload => Task ?? Limit;

    /// <summary>
    /// Gets the limit of memory of the cgroup that hit one, in bytes; null where the log prints none, or it has none (then it was swap or kernel memory).
    /// </summary>
    public long? LimitBytes { get; init; }

    /// <summary>Gets the pod of the workload, from <see cref="OomAnalysisOptions.Pods"/>; null where it is not in the list or there is no list.</summary>
    public OomPod? Pod { get; init; }

    /// <summary>Gets the container of the pod in which the chosen task lived; null where it is not known.</summary>
    public OomPodContainer? Container { get; init; }

    /// <summary>Gets the limit in the log that the spec of the pod does not have; null where they agree or cannot be compared.</summary>
    public OomLimitDifference? Difference { get; init; }

    /// <summary>Gets what the victim's <c>oom_score_adj</c> tells; null outside Kubernetes, or where the log does not print it.</summary>
    public KubernetesOomScore? OomScore { get; init; }

    /// <summary>Gets the <c>oom_score_adj</c> that follows from the pod's spec and the node's memory; null where one of them is not known.</summary>
    public int? ExpectedOomScoreAdj { get; init; }

    /// <summary>Gets what each cgroup below the limit held, most first; empty where the kernel prints but one (5.3 and later).</summary>
    public ImmutableArray<OomContainerShare> Shares { get; init; } = [];

    /// <summary>Gets the lines that prove it.</summary>
    public ImmutableArray<OomEvidence> Evidence { get; init; } = [];

    /// <summary>Gets what cannot be told, and why; in sentences.</summary>
    public ImmutableArray<string> Unknowns { get; init; } = [];

    /// <summary>Concludes whose memory it was.</summary>
    /// <param name="oomEvent">The event; damaged ones are welcome.</param>
    /// <param name="options">What the log cannot tell: pods, the node's memory.</param>
    public static OomWorkloadFinding Of(OomEvent oomEvent, OomAnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        ArgumentNullException.ThrowIfNull(options);
        return WorkloadConclusion.Draw(oomEvent, options);
    }

    /// <inheritdoc/>
    public bool Equals(OomWorkloadFinding? other) =>
        other is not null
        && Level == other.Level
        && Limit == other.Limit
        && Task == other.Task
        && LimitBytes == other.LimitBytes
        && Pod == other.Pod
        && Container == other.Container
        && Difference == other.Difference
        && OomScore == other.OomScore
        && ExpectedOomScoreAdj == other.ExpectedOomScoreAdj
        && Shares.AsSpan().SequenceEqual(other.Shares.AsSpan())
        && Evidence.AsSpan().SequenceEqual(other.Evidence.AsSpan())
        && Unknowns.AsSpan().SequenceEqual(other.Unknowns.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Level, Limit, Task, LimitBytes);
}
