using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Cli;

/// <summary>The options that tell what a log cannot.</summary>
public sealed class AnalysisOptionTests
{
    private const string Pods = """
        {"items":[{"metadata":{"name":"web-1","namespace":"shop","uid":"bc001ffa-68fc-11e9-92d7-5ef9efd9374c"},"spec":{"nodeName":"node-7","containers":[{"name":"app","resources":{"requests":{"memory":"100Mi"},"limits":{"memory":"123Mi"}}}]},"status":{"containerStatuses":[{"name":"app","containerID":"containerd://a2ed67c63e828da3849bf9f506ae2b36b4dac5b402a57f2981c9bdc07b23e672"}]}}]}
        """;

    private static readonly string Seed = Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log");

    [Fact]
    public async Task Pods_GiveNames_InTextAndJson()
    {
        using TempLogs logs = new();
        string pods = logs.Add("pods.json", Pods);
        string text = (await ToolRun.StartAsync("scan", "--pods", pods, Seed)).Output;
        Assert.Contains("shop/web-1", text);
        Assert.Contains("container app requests 100 MiB, limit 123 MiB", text);
        Assert.Contains("\"web-1\"", (await ToolRun.StartAsync("scan", "--format", "ndjson", "--pods", pods, Seed)).Output);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    public async Task BadPods_AreOneLine(string json)
    {
        using TempLogs logs = new();
        ToolRun run = await ToolRun.StartAsync("scan", "--pods", logs.Add("pods.json", json), Seed);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("pods.json: no list of pods: ", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task MissingPods_AreOneLine()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--pods", "/no/such/file", Seed);
        Assert.Equal((2, "kmsgoom: /no/such/file: No such file or directory"), (run.ExitCode, Assert.Single(run.ErrorLines)));
    }

    /// <summary>As quantities of Kubernetes are written.</summary>
    [Theory]
    [InlineData("16G", "of 14.9 GiB")]
    [InlineData("16Gi", "of 16.0 GiB")]
    public async Task NodeMemory_HasTheUnitsOfKubernetes(string size, string expected) =>
        Assert.Contains(expected, (await ToolRun.StartAsync("scan", "--node-memory", size, Seed)).Output);

    [Fact]
    public async Task NodeMemory_TurnsSharesIntoBytes() =>
        Assert.Contains("122 MiB to 124 MiB", (await ToolRun.StartAsync("scan", "--node-memory", "2041888Ki", Seed)).Output);

    [Theory]
    [InlineData("0")]
    [InlineData("12Xi")]
    [InlineData("Gi")]
    [InlineData("99999999999Ti")]
    public async Task BadNodeMemory_IsBadUsage(string size)
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--node-memory", size, Seed);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{size}'", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task NoAnalysis_LeavesFactsOnly()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--no-analysis", "--format", "ndjson", Seed);
        Assert.DoesNotContain("\"analysis\"", run.Output);
        Assert.DoesNotContain("\"workload\"", run.Output);
    }
}
