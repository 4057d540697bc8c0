using System.Globalization;

namespace KmsgOom;

/// <summary>What an <c>oom_score_adj</c> tells of a Kubernetes container, by the kubelet's own integer arithmetic.</summary>
/// <remarks>
/// Kubernetes: <c>pkg/kubelet/qos/policy.go</c>, <c>GetContainerOOMScoreAdjust()</c>: 1000 - (1000 * request) / capacity in whole numbers, where capacity is
/// the memory of the node (MemTotal), not what is allocatable.
/// </remarks>
public sealed record KubernetesOomScore
{
    /// <summary>The value of the kubelet, kube-proxy and, with old runtimes, of the pause container.</summary>
    public const int KubeletAdj = -999;

    /// <summary>The value of the pause container of each pod; before Kubernetes 1.20 of all that is in guaranteed and critical pods, too.</summary>
    public const int PauseAdj = -998;

    /// <summary>The value of guaranteed pods, and of node-critical pods of any class, since Kubernetes 1.20.</summary>
    public const int GuaranteedAdj = -997;

    /// <summary>The least value of a burstable pod.</summary>
    public const int MinBurstableAdj = 1000 + GuaranteedAdj;

    /// <summary>The greatest value of a burstable pod.</summary>
    public const int MaxBurstableAdj = BestEffortAdj - 1;

    /// <summary>The value of best-effort pods.</summary>
    public const int BestEffortAdj = 1000;

    /// <summary>Gets the value that is explained.</summary>
    public required int Adj { get; init; }

    /// <summary>Gets the class that the value means; null where the kubelet gives it to no pod (or to pause containers and daemons).</summary>
    public OomQos? Qos { get; init; }

    /// <summary>Gets the least request in thousandths of the node's memory that gives the value; null unless burstable.</summary>
    public int? MinPermille { get; init; }

    /// <summary>Gets the bound in thousandths that the request is below; null unless burstable, and where there is none (3: anything from 99.7 % on).</summary>
    public int? BelowPermille { get; init; }

    /// <summary>Gets the memory of the node in bytes that the range is computed with; null where it is not known.</summary>
    public long? CapacityBytes { get; init; }

    /// <summary>Gets the least request in bytes that gives the value; null without <see cref="CapacityBytes"/>.</summary>
    public long? MinRequestBytes { get; init; }

    /// <summary>Gets the greatest request in bytes that gives the value; null without <see cref="CapacityBytes"/>, and where there is none.</summary>
    public long? MaxRequestBytes { get; init; }

    /// <summary>Gets the meaning in one sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>Computes the value that the kubelet gives to a container.</summary>
    /// <param name="qos">The class of the pod.</param>
    /// <param name="requestBytes">The requested memory of the container in bytes; 0 where it requests none.</param>
    /// <param name="capacityBytes">The memory of the node in bytes (MemTotal), more than 0.</param>
    /// <param name="isNodeCritical">Whether the pod's priority is <c>system-node-critical</c> (2000001000 or more).</param>
    /// <param name="leastSiblingRequestBytes">
    /// For a sidecar since Kubernetes 1.32: the least request among the ordinary containers; a sidecar is never killed before them. Else null.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The request is negative, or the capacity is not positive.</exception>
    public static int Compute(OomQos qos, long requestBytes, long capacityBytes, bool isNodeCritical = false, long? leastSiblingRequestBytes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityBytes);
        if (isNodeCritical || qos == OomQos.Guaranteed)
        {
            return GuaranteedAdj;
        }

        if (qos == OomQos.BestEffort)
        {
            return BestEffortAdj;
        }

        long request = Math.Max(requestBytes, leastSiblingRequestBytes ?? 0);
        Int128 adj = 1000 - ((Int128)1000 * request / capacityBytes);
        return adj < MinBurstableAdj ? MinBurstableAdj : adj > MaxBurstableAdj ? MaxBurstableAdj : (int)adj;
    }

    /// <summary>Explains a value.</summary>
    /// <param name="adj">The value, -1000 to 1000.</param>
    /// <param name="capacityBytes">The memory of the node in bytes; null where it is not known.</param>
    public static KubernetesOomScore Explain(int adj, long? capacityBytes = null)
    {
        if (adj is < MinBurstableAdj or > MaxBurstableAdj)
        {
            (OomQos? qos, string meaning) = DescribeFixed(adj);
            return new KubernetesOomScore { Adj = adj, Qos = qos, Meaning = meaning };
        }

        // The kubelet turns 1000 into 999, and whatever is below 3 into 3.
        int min = adj == MaxBurstableAdj ? 0 : 1000 - adj;
        int? below = adj == MinBurstableAdj ? null : 1001 - adj;
        long? capacity = capacityBytes is > 0 ? capacityBytes : null;
        return new KubernetesOomScore
        {
            Adj = adj,
            Qos = OomQos.Burstable,
            MinPermille = min,
            BelowPermille = below,
            CapacityBytes = capacity,
            MinRequestBytes = capacity is { } bytes ? CeilPermille(min, bytes) : null,
            MaxRequestBytes = capacity is { } all && below is { } bound ? CeilPermille(bound, all) - 1 : null,
            Meaning = below is { } end
                ? string.Create(CultureInfo.InvariantCulture, $"burstable: the container requests at least {min / 10}.{min % 10} % and less than {end / 10}.{end % 10} % of the node's memory")
                : string.Create(CultureInfo.InvariantCulture, $"burstable: the container requests {min / 10}.{min % 10} % of the node's memory or more"),
        };
    }

    /// <summary>Explains the value of a process that is the pause container's by its name.</summary>
    internal static KubernetesOomScore ExplainPause() =>
        new() { Adj = PauseAdj, Meaning = "the pause container of a pod: not chosen while the pod has other processes" };

    private static long CeilPermille(int permille, long capacityBytes) => (long)((((Int128)permille * capacityBytes) + 999) / 1000);

    private static (OomQos? Qos, string Meaning) DescribeFixed(int adj) => adj switch
    {
        BestEffortAdj => (OomQos.BestEffort, "best effort: the pod has no requests and no limits, and is the first to be killed"),
        GuaranteedAdj => (OomQos.Guaranteed, "guaranteed (requests equal limits), or a node-critical pod of any class: killed only after all others"),
        PauseAdj => (null, "what kubelets before 1.20 give to guaranteed and to critical pods, and all give to the pause container of a pod"),
        KubeletAdj => (null, "the kubelet, kube-proxy or the container runtime (or the pause container of an old one): protected"),
        -1000 => (null, "never killed; the kubelet gives this to no pod"),
        _ => (null, "not a value that the kubelet gives to a pod"),
    };
}
