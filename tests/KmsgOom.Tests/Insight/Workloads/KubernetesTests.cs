using System.Text;
using System.Text.Json;
using KmsgOom.Insight;
using CsCheck;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Workloads;

/// <summary>The kubelet's arithmetic, and the pods of kubectl.</summary>
public sealed class KubernetesTests
{
    private const long MiB = 1 << 20;
    private const string Pods = """
        {"apiVersion":"v1","kind":"List","items":[
        {"metadata":{"name":"stress-6d4cf56db6-x2x9z","namespace":"shop","uid":"bc001ffa-68fc-11e9-92d7-5ef9efd9374c","ownerReferences":[{"kind":"ReplicaSet","name":"stress-6d4cf56db6"}]},
         "spec":{"nodeName":"node-7","containers":[{"name":"app","resources":{"requests":{"memory":"123Mi"},"limits":{"memory":"128Mi"}}}],"initContainers":[{"name":"setup","resources":{}}]},
         "status":{"containerStatuses":[{"name":"app","containerID":"containerd://a2ed67c63e828da3849bf9f506ae2b36b4dac5b402a57f2981c9bdc07b23e672"}]}},
        {"metadata":{"name":"etcd-node-7","namespace":"kube-system","uid":"11111111-2222-3333-4444-555555555555","annotations":{"kubernetes.io/config.hash":"0123456789abcdef0123456789abcdef"}},"spec":{"containers":[]}}
        ]}
        """;

    private static readonly OomEvent Seed = OomLog.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log")))[0];

    /// <summary>design.md, points 1, 2 and 5 of the seed report.</summary>
    [Fact]
    public void Seed_IsAPodLimit_OfABurstablePod()
    {
        OomWorkloadFinding finding = OomWorkloadFinding.Of(Seed, new OomAnalysisOptions { NodeMemoryBytes = 2041888 * 1024L });

        Assert.Equal((OomLimitLevel.Pod, "the limit is the pod's, for all its containers together; the task lived in a group inside it"), (finding.Level, finding.LevelReason));
        Assert.Equal(("bc001ffa-68fc-11e9-92d7-5ef9efd9374c", OomQos.Burstable, null), (finding.Limit!.PodUid, finding.Limit.Qos, finding.Limit.ContainerId));
        Assert.StartsWith("a2ed67c6", finding.Task!.ContainerId, StringComparison.Ordinal);
        Assert.Equal((939, 61, 62), (finding.Score!.Adjustment, finding.Score.MinRequestThousandths, finding.Score.MaxRequestThousandths));
        Assert.InRange(123 * MiB, finding.Score.MinRequestBytes!.Value, finding.Score.MaxRequestBytes!.Value);
        Assert.Equal("a burstable pod whose container requests 6.1 % to 6.2 % of the node's memory", finding.Score.Meaning);
        Assert.Contains("memory: usage", finding.Evidence is { Line: > 0 } ? "memory: usage" : "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OomQos.Burstable, 123 * MiB, 2041888 * 1024L, 939)]
    [InlineData(OomQos.Burstable, 0, 2041888 * 1024L, 999)]
    [InlineData(OomQos.Burstable, 1, 1000, 999)]
    [InlineData(OomQos.Burstable, 2, 1000, 998)]
    [InlineData(OomQos.Burstable, 997, 1000, 3)]
    [InlineData(OomQos.Burstable, 1000, 1000, 3)]
    [InlineData(OomQos.Guaranteed, 500, 1000, -997)]
    [InlineData(OomQos.BestEffort, 0, 1000, 1000)]
    public void Adjustment_IsTheKubelets(OomQos qos, long request, long capacity, int adjustment) =>
        Assert.Equal(adjustment, OomKubernetesScore.Compute(qos, request, capacity));

    /// <summary>The range that an adjustment gives back holds exactly the requests that give it.</summary>
    [Fact]
    public void Range_HoldsExactlyTheRequestsThatGiveTheAdjustment() =>
        Gen.Select(Gen.Long[1 << 20, 1L << 44], Gen.Double[0, 1]).Sample(
            (capacity, share) =>
            {
                long request = (long)(capacity * share);
                int adjustment = OomKubernetesScore.Compute(OomQos.Burstable, request, capacity);
                OomKubernetesScore score = OomKubernetesScore.Explain(adjustment, capacity);
                Assert.InRange(request, score.MinRequestBytes!.Value, Math.Max(score.MaxRequestBytes!.Value, adjustment == 3 ? capacity : 0));
                if (adjustment is > 3 and < 999)
                {
                    Assert.NotEqual(adjustment, OomKubernetesScore.Compute(OomQos.Burstable, score.MinRequestBytes.Value - 1, capacity));
                    Assert.Equal(adjustment, OomKubernetesScore.Compute(OomQos.Burstable, score.MaxRequestBytes.Value, capacity));
                    Assert.NotEqual(adjustment, OomKubernetesScore.Compute(OomQos.Burstable, score.MaxRequestBytes.Value + 1, capacity));
                }
            });

    [Theory]
    [InlineData(-1000, "never killed")]
    [InlineData(-999, "daemon")]
    [InlineData(-998, "sandbox")]
    [InlineData(-997, "guaranteed")]
    [InlineData(1000, "best-effort")]
    [InlineData(2, "not a value that Kubernetes gives")]
    [InlineData(0, "not a value that Kubernetes gives")]
    public void FixedAdjustments_AreExplained(int adjustment, string words) =>
        Assert.Contains(words, OomKubernetesScore.Explain(adjustment).Meaning, StringComparison.Ordinal);

    [Theory]
    [InlineData("123Mi", 123 * MiB)]
    [InlineData("1.5Gi", 1536 * MiB)]
    [InlineData("128974848", 128974848)]
    [InlineData("129M", 129_000_000)]
    [InlineData("1e3", 1000)]
    [InlineData("12E", -1)]
    [InlineData("128974848000m", 128974848)]
    [InlineData("1500m", 2)]
    [InlineData("1k", 1000)]
    [InlineData("", -1)]
    [InlineData("Mi", -1)]
    [InlineData("12Zi", -1)]
    public void Quantities_AreThoseOfKubernetes(string text, long value) =>
        Assert.Equal(value, KubernetesQuantity.TryParse(text, out long parsed) ? parsed : -1);

    [Fact]
    public void Pods_GiveNames_AndTheLimitThatIsWanted()
    {
        OomPodList pods = OomPodList.Parse(Encoding.UTF8.GetBytes(Pods));
        OomWorkloadFinding finding = OomWorkloadFinding.Of(Seed, new OomAnalysisOptions { Pods = pods });

        Assert.Equal(("shop", "stress-6d4cf56db6-x2x9z", "node-7", "ReplicaSet/stress-6d4cf56db6"), (finding.Pod!.Namespace, finding.Pod.Name, finding.Pod.Node, finding.Pod.Owner));
        Assert.Equal(("app", 123 * MiB, 128 * MiB), (finding.Container!.Name, finding.Container.MemoryRequestBytes, finding.Container.MemoryLimitBytes));
        Assert.Equal("the limit in the log is 125952 KiB, the pod list says 131072 KiB", finding.LimitDifference);
        Assert.Equal("etcd-node-7", pods.Find(OomWorkload.Parse("/kubepods/burstable/pod0123456789abcdef0123456789abcdef"))!.Name);
        Assert.Null(pods.Find(OomWorkload.Parse("/system.slice/a.service")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"items":5}""")]
    [InlineData("""{"metadata":{"uid":"\ud800","name":"x"}}""")]
    public void Pods_ThatAreNone_AreRefused(string json) =>
        Assert.ThrowsAny<JsonException>(() => OomPodList.Parse(Encoding.UTF8.GetBytes(json)));
}
