using System.Text;
using System.Text.Json;
using KmsgOom.Insight;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Workloads;

public sealed class OomPodListTests
{
    private const long MiB = 1 << 20;

    public static byte[] Json { get; } = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "KmsgOom.Tests", "Insight", "Workloads", "pods.json"));

    public static OomPodList Pods { get; } = OomPodList.Parse(Json);

    [Theory]
    [InlineData("123Mi", 128974848)]
    [InlineData("1.5Gi", 1610612736)]
    [InlineData("128974848", 128974848)]
    [InlineData("1e3", 1000)]
    [InlineData("1E3", 1000)]
    [InlineData("12e-1", 2)]                    // 1.2, rounded up
    [InlineData("100M", 100000000)]
    [InlineData("129M", 129000000)]
    [InlineData("1500m", 2)]
    [InlineData("128974848000m", 128974848)]
    [InlineData("1u", 1)]
    [InlineData("1n", 1)]
    [InlineData("0", 0)]
    [InlineData("1k", 1000)]
    [InlineData("1Ki", 1024)]
    [InlineData(".5Ki", 512)]
    [InlineData("5.Ki", 5120)]
    [InlineData("+2G", 2000000000)]
    [InlineData("1Ti", 1L << 40)]
    [InlineData("1Pi", 1L << 50)]
    [InlineData("1Ei", 1L << 60)]
    [InlineData("1E", 1000000000000000000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void ParseBytes_Quantity_IsExact(string text, long bytes) => Assert.Equal(bytes, KubernetesQuantity.ParseBytes(text));

    [Theory]
    [InlineData("")]
    [InlineData("Mi")]
    [InlineData("-1")]
    [InlineData("1 Mi")]
    [InlineData("1mi")]
    [InlineData("1K")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("1e2147483648")]
    [InlineData("9223372036854775808")]
    [InlineData("100Ei")]
    [InlineData("99999999999999999999999999999E")]
    [InlineData("1,000")]
    [InlineData("١")]
    public void ParseBytes_NoAmountOfMemory_IsNull(string text) => Assert.Null(KubernetesQuantity.ParseBytes(text));

    [Fact]
    public void Parse_ListOfKubectl_HasItsPods()
    {
        Assert.Equal(["load/stress-7d4b9c-x2x4k", "shop/web-0", "kube-system/etcd-node-a"], Pods.Pods.Select(pod => $"{pod.Namespace}/{pod.Name}"));
        OomPod stress = Pods.Pods[0];
        Assert.Equal(("ReplicaSet", "stress-7d4b9c", "k3s-1", OomQos.Burstable), (stress.OwnerKind, stress.OwnerName, stress.Node, stress.Qos));
        OomPod web = Pods.Pods[1];
        Assert.Equal(["web", "log", "migrate", "proxy", "debug"], web.Containers.Select(container => container.Name));
        Assert.Equal([48 * MiB, 16 * MiB, 300 * MiB, 32_000_000, null], web.Containers.Select(container => container.LimitBytes));
        Assert.Equal([16 * MiB, 1_000_000, 300 * MiB, 8 * MiB, null], web.Containers.Select(container => container.RequestBytes));
        Assert.Equal(["migrate", "proxy"], web.Containers.Where(container => container.IsInit).Select(container => container.Name));
        Assert.True(web.Containers[3].IsSidecar);
        Assert.True(web.Containers[4].IsEphemeral);
        Assert.Equal(2000001000, Pods.Pods[2].Priority);
    }

    [Fact]
    public void ExpectedPodLimitBytes_IsWhatTheKubeletSets()
    {
        Assert.Equal(123 * MiB, Pods.Pods[0].ExpectedPodLimitBytes);

        // migrate runs before proxy starts, so it needs 300 Mi; that is more than web + log + proxy = 64 Mi + 32 M. Overhead on top.
        Assert.Equal(301 * MiB, Pods.Pods[1].ExpectedPodLimitBytes);
        Assert.Null(Pods.Pods[2].ExpectedPodLimitBytes);
        Assert.Equal(11 * MiB, (Pods.Pods[1] with { PodLimitBytes = 10 * MiB }).ExpectedPodLimitBytes);
        OomPodContainer huge = new() { Name = "huge", LimitBytes = long.MaxValue };
        Assert.Null(new OomPod { Namespace = "n", Name = "p", Containers = [huge, huge] }.ExpectedPodLimitBytes);
        Assert.Null(new OomPod { Namespace = "n", Name = "p" }.ExpectedPodLimitBytes);
    }

    [Theory]
    [InlineData("/kubepods/burstable/podbc001ffa-68fc-11e9-92d7-5ef9efd9374c", "stress-7d4b9c-x2x4k")]
    [InlineData("/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podbc001ffa_68fc_11e9_92d7_5ef9efd9374c.slice", "stress-7d4b9c-x2x4k")]
    [InlineData("/kubepods/burstable/pod2a0f4d4ad6f1d3cb5e4c33bb5d3a0c5e/4711", "etcd-node-a")]
    [InlineData("/system.slice/docker-22222222.scope", "web-0")]
    [InlineData("/system.slice/crio-33333333.scope", "web-0")]
    [InlineData("/system.slice/cri-containerd-a2ed67c63e828da3849bf9f506ae2b36b4dac5b402a57f2981c9bdc07b23e672.scope", "stress-7d4b9c-x2x4k")]
    [InlineData("/kubepods/burstable/pod00000000-68fc-11e9-92d7-5ef9efd9374c", null)]
    [InlineData("/system.slice/nginx.service", null)]
    public void Find_Workload_IsItsPod(string path, string? name) => Assert.Equal(name, Pods.Find(OomWorkload.Parse(path)!)?.Name);

    [Fact]
    public void Parse_OtherEncodingsAndForms_AreTheSame()
    {
        string text = Encoding.UTF8.GetString(Json);
        byte[][] forms = [[.. Encoding.UTF8.Preamble, .. Json], [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)], [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)]];
        Assert.All(forms, form => Assert.True(Pods.Pods.SequenceEqual(OomPodList.Parse(form).Pods)));
        Assert.Equal("p", Assert.Single(OomPodList.Parse("""{"kind":"Pod","metadata":{"name":"p"}}"""u8.ToArray()).Pods).Name);
        Assert.Empty(OomPodList.Parse("""{"kind":"List","items":[{"kind":"Service","metadata":{"name":"p"}}]}"""u8.ToArray()).Pods);
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("NAMESPACE   NAME   READY", "is not JSON")]
    [InlineData("{\"items\":[", "is not JSON")]
    [InlineData("{}", "no \"items\"")]
    [InlineData("[1]", "no metadata.name")]
    [InlineData("7", "no \"items\"")]
    [InlineData("{\"kind\":\"NodeList\",\"items\":7}", "its kind is \"NodeList\"")]
    [InlineData("{\"items\":[{\"metadata\":{\"name\":\"\\ud800\"}}]}", "no text")]
    public void Parse_NoListOfPods_SaysSo(string json, string words) =>
        Assert.Contains(words, Assert.Throws<JsonException>(() => OomPodList.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_DeepNesting_IsRefused() =>
        Assert.Throws<JsonException>(() => OomPodList.Parse(Encoding.UTF8.GetBytes(new string('[', 100_000))));

    [Fact]
    public void Parse_DamagedList_ThrowsJsonExceptionOrReads()
    {
        for (int at = 0; at < Json.Length; at += 7)
        {
            foreach (byte value in (ReadOnlySpan<byte>)[(byte)'"', 0xFF, (byte)'{', (byte)'7'])
            {
                byte[] damaged = [.. Json];
                damaged[at] = value;
                if (Record.Exception(() => OomPodList.Parse(damaged)) is { } exception)
                {
                    Assert.IsType<JsonException>(exception);
                }
            }
        }
    }
}
