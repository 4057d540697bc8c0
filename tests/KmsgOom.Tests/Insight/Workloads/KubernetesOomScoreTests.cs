namespace KmsgOom.Tests.Insight.Workloads;

public sealed class KubernetesOomScoreTests
{
    private const long MiB = 1 << 20;
    private const long SeedNode = 2041888L * 1024;

    [Theory]
    [InlineData(OomQos.Burstable, 123 * MiB, SeedNode, 939)]            // 1000 - 61.68…, cut
    [InlineData(OomQos.Burstable, 0, SeedNode, 999)]                    // 1000 is left to best effort
    [InlineData(OomQos.Burstable, 1, SeedNode, 999)]
    [InlineData(OomQos.Burstable, 100, 1000, 900)]
    [InlineData(OomQos.Burstable, 101, 1000, 899)]
    [InlineData(OomQos.Burstable, 996, 1000, 4)]
    [InlineData(OomQos.Burstable, 997, 1000, 3)]
    [InlineData(OomQos.Burstable, 1000, 1000, 3)]
    [InlineData(OomQos.Burstable, 5000, 1000, 3)]
    [InlineData(OomQos.Burstable, long.MaxValue, 1, 3)]                 // the kubelet itself would overflow
    [InlineData(OomQos.Guaranteed, 123 * MiB, SeedNode, -997)]
    [InlineData(OomQos.BestEffort, 0, SeedNode, 1000)]
    public void Compute_ClassRequestAndCapacity_IsTheKubeletsValue(OomQos qos, long request, long capacity, int adj) =>
        Assert.Equal(adj, KubernetesOomScore.Compute(qos, request, capacity));

    [Fact]
    public void Compute_NodeCriticalPod_IsThatOfGuaranteed() =>
        Assert.Equal(-997, KubernetesOomScore.Compute(OomQos.Burstable, 10, 1000, isNodeCritical: true));

    [Fact]
    public void Compute_Sidecar_IsNoMoreThanThatOfItsPod()
    {
        Assert.Equal(800, KubernetesOomScore.Compute(OomQos.Burstable, 10, 1000, leastSiblingRequestBytes: 200));
        Assert.Equal(700, KubernetesOomScore.Compute(OomQos.Burstable, 300, 1000, leastSiblingRequestBytes: 200));
    }

    [Theory]
    [InlineData(939, 61, 62, "burstable: the container requests at least 6.1 % and less than 6.2 % of the node's memory")]
    [InlineData(999, 0, 2, "burstable: the container requests at least 0.0 % and less than 0.2 % of the node's memory")]
    [InlineData(4, 996, 997, "burstable: the container requests at least 99.6 % and less than 99.7 % of the node's memory")]
    [InlineData(3, 997, null, "burstable: the container requests 99.7 % of the node's memory or more")]
    public void Explain_Burstable_GivesTheRange(int adj, int min, int? below, string meaning)
    {
        KubernetesOomScore score = KubernetesOomScore.Explain(adj);
        Assert.Equal((OomQos.Burstable, min, below, meaning), (score.Qos, score.MinPermille, score.BelowPermille, score.Meaning));
        Assert.Null(score.MinRequestBytes);
    }

    [Fact]
    public void Explain_WithCapacity_BoundsAreTheFirstAndLastRequestThatGiveTheValue()
    {
        foreach (long capacity in (long[])[1000, 1001, 4096 * 999, SeedNode, 16L << 30, (1L << 40) - 1])
        {
            for (int adj = 3; adj <= 999; adj++)
            {
                KubernetesOomScore score = KubernetesOomScore.Explain(adj, capacity);
                long min = score.MinRequestBytes!.Value;
                Assert.Equal(adj, KubernetesOomScore.Compute(OomQos.Burstable, min, capacity));
                Assert.True(min == 0 || KubernetesOomScore.Compute(OomQos.Burstable, min - 1, capacity) > adj);
                if (score.MaxRequestBytes is { } max)
                {
                    Assert.Equal(adj, KubernetesOomScore.Compute(OomQos.Burstable, max, capacity));
                    Assert.True(KubernetesOomScore.Compute(OomQos.Burstable, max + 1, capacity) < adj);
                }
                else
                {
                    Assert.Equal(3, adj);
                }
            }
        }
    }

    [Theory]
    [InlineData(1000, OomQos.BestEffort, "first to be killed")]
    [InlineData(-997, OomQos.Guaranteed, "node-critical")]
    [InlineData(-998, null, "pause")]
    [InlineData(-999, null, "kubelet")]
    [InlineData(-1000, null, "never killed")]
    [InlineData(2, null, "not a value")]
    [InlineData(0, null, "not a value")]
    [InlineData(int.MinValue, null, "not a value")]
    public void Explain_FixedValue_SaysInWords(int adj, OomQos? qos, string words)
    {
        KubernetesOomScore score = KubernetesOomScore.Explain(adj, SeedNode);
        Assert.Equal(qos, score.Qos);
        Assert.Contains(words, score.Meaning, StringComparison.Ordinal);
        Assert.Null(score.MinPermille);
    }
}
