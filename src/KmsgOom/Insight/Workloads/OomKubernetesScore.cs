using System.Globalization;

namespace KmsgOom;

/// <summary>The adjustment that the kubelet gives to a container, and what it says back.</summary>
/// <remarks>
/// The kubelet's <c>GetContainerOOMScoreAdjust()</c>: guaranteed and critical pods get -997, best-effort ones 1000, burstable ones
/// <c>1000 - 1000 * request / capacity</c> in integers, but at least 3 and at most 999. Sandboxes (pause) get -998.
/// </remarks>
/// <param name="Adjustment">The adjustment, -1000 to 1000.</param>
/// <param name="Meaning">What it says, in a sentence.</param>
/// <param name="MinRequestThousandths">The smallest request that gives it, in thousandths of the node's capacity; null where it is no burstable one.</param>
/// <param name="MaxRequestThousandths">What the request is below; null where it is no burstable one.</param>
/// <param name="MinRequestBytes">The smallest request in bytes; null where the capacity is not known.</param>
/// <param name="MaxRequestBytes">The largest request in bytes; null where the capacity is not known.</param>
public sealed record OomKubernetesScore(
    int Adjustment, string Meaning, int? MinRequestThousandths, int? MaxRequestThousandths, long? MinRequestBytes, long? MaxRequestBytes)
{
    private const int Sandbox = -998;
    private const int Guaranteed = -997;
    private const int KubernetesDaemon = -999;
    private const int BestEffort = 1000;
    private const int LowestBurstable = 3;
    private const int HighestBurstable = 999;

    /// <summary>Computes the adjustment of a container as the kubelet does.</summary>
    /// <param name="qos">The class of its pod.</param>
    /// <param name="requestBytes">Its memory request in bytes, 0 for none.</param>
    /// <param name="capacityBytes">The node's memory in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive, or the request is negative.</exception>
    public static int Compute(OomQos qos, long requestBytes, long capacityBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityBytes);
        return qos switch
        {
            OomQos.Guaranteed => Guaranteed,
            OomQos.BestEffort => BestEffort,
            _ => (int)Int128.Clamp(1000 - ((Int128)1000 * requestBytes / capacityBytes), LowestBurstable, HighestBurstable),
        };
    }

    /// <summary>Says what an adjustment means for a container of Kubernetes.</summary>
    /// <param name="adjustment">The adjustment, -1000 to 1000.</param>
    /// <param name="capacityBytes">The node's memory in bytes; null where it is not known.</param>
    public static OomKubernetesScore Explain(int adjustment, long? capacityBytes = null)
    {
        switch (adjustment)
        {
            case -1000:
                return Fixed(adjustment, "never killed: the adjustment of -1000 forbids it");
            case KubernetesDaemon:
                return Fixed(adjustment, "a daemon of the node, such as the kubelet or the container runtime");
            case Sandbox:
                return Fixed(adjustment, "the pod's sandbox (pause), killed last");
            case Guaranteed:
                return Fixed(adjustment, "a guaranteed or critical pod, killed after all others");
            case BestEffort:
                return Fixed(adjustment, "a best-effort pod, killed first");
            case < LowestBurstable or > HighestBurstable:
                return Fixed(adjustment, "not a value that Kubernetes gives");
        }

        // adj = 1000 - floor(1000 * request / capacity), so that floor(…) = 1000 - adj; 3 and 999 stand for all beyond them.
        int low = adjustment == HighestBurstable ? 0 : 1000 - adjustment;
        int high = adjustment == LowestBurstable ? 1000 : 1001 - adjustment;
        string share = string.Create(CultureInfo.InvariantCulture, $"a burstable pod whose container requests {low / 10.0:0.0} % to {high / 10.0:0.0} % of the node's memory");
        return new OomKubernetesScore(adjustment, share, low, high, Bytes(low, capacityBytes), Bytes(high, capacityBytes) - 1);
    }

    private static OomKubernetesScore Fixed(int adjustment, string meaning) => new(adjustment, meaning, null, null, null, null);

    // The smallest request whose share is at least so many thousandths.
    private static long? Bytes(int thousandths, long? capacity) =>
        capacity is { } bytes ? (long)((((Int128)thousandths * bytes) + 999) / 1000) : null;
}
