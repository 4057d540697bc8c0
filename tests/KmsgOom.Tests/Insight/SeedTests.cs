using System.Text.Json;
using KmsgOom.Tests.Cli;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight;

/// <summary>The report that started the project, fully understood: eight points, in text and in JSON.</summary>
public sealed class SeedTests
{
    private static readonly string Log = Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log");

    [Theory]
    [InlineData("memory 123 MiB used of 123 MiB (125952 of 125952 kB)")]                                           // 1
    [InlineData("the limit of the pod (123 MiB), all its containers together; the task lived in one of them")]      // 1
    [InlineData("Kubernetes pod bc001ffa-68fc-11e9-92d7-5ef9efd9374c (burstable), container a2ed67c63e82")]         // 2
    [InlineData("48 KiB in 79fae7c2724e: the pod's pause container")]                                               // 2
    [InlineData("Triggered by stress (pid 32332")]                                                                  // 3
    [InlineData("Killed stress (pid 32308")]                                                                        // 3
    [InlineData("printed score 1718 recomputes exactly from the table, as a share of 31488 pages")]                 // 4
    [InlineData("assuming that the machine has no swap")]                                                           // 4
    [InlineData("requests at least 6.1 % and less than 6.2 % of the node's memory (122 MiB to 124 MiB of 1994 MiB)")] // 5
    [InlineData("rank 1 of 6 by badness")]                                                                          // 6
    [InlineData("A page has 4096 bytes: total-vm:110644kB is 27661 pages")]                                         // 7
    [InlineData("freed all of it (left: anon 0, file 0, shmem 0)")]                                                 // 8
    public async Task Text_Says(string words)
    {
        string output = (await ToolRun.StartAsync("scan", "--node-memory", "2041888Ki", Log)).Output;
        Assert.Contains(words, string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_Says()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--format", "ndjson", "--node-memory", "2041888Ki", Log);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement seed = document.RootElement;
        JsonElement workload = seed.GetProperty("workload");
        JsonElement analysis = seed.GetProperty("analysis");
        JsonElement ranking = analysis.GetProperty("ranking");
        JsonElement score = Assert.Single(ranking.GetProperty("scores").EnumerateArray());

        Assert.Equal(123 << 20, seed.GetProperty("memcg").GetProperty("memory").GetProperty("limit_bytes").GetInt64());
        Assert.Equal("pod_limit", analysis.GetProperty("cause").GetString());
        Assert.Equal("pod", workload.GetProperty("limit_level").GetString());
        Assert.Equal(("kubernetes", "burstable"), (workload.GetProperty("kind").GetString(), workload.GetProperty("qos").GetString()));
        Assert.Equal("bc001ffa-68fc-11e9-92d7-5ef9efd9374c", workload.GetProperty("pod_uid").GetString());
        Assert.StartsWith("a2ed67c6", workload.GetProperty("container_id").GetString(), StringComparison.Ordinal);
        Assert.Contains("pause", run.Output, StringComparison.Ordinal);
        Assert.NotEqual(seed.GetProperty("trigger").GetProperty("pid").GetInt32(), seed.GetProperty("victims")[0].GetProperty("pid").GetInt32());
        Assert.Equal((1718, 1718, true), (score.GetProperty("printed").GetInt32(), score.GetProperty("computed").GetInt32(), score.GetProperty("exact").GetBoolean()));
        Assert.Equal(54124, ranking.GetProperty("top")[0].GetProperty("points").GetInt32());
        Assert.Equal(31488 * 4096, ranking.GetProperty("total_bytes").GetInt32());
        Assert.Equal((1, 6), (ranking.GetProperty("victim_rank").GetInt32(), ranking.GetProperty("candidates").GetInt32()));
        Assert.Equal(-998, ranking.GetProperty("top")[5].GetProperty("oom_score_adj").GetInt32());
        Assert.Equal(("log", 4096), (seed.GetProperty("page_size_source").GetString(), seed.GetProperty("page_size_bytes").GetInt32()));
        Assert.Equal("reaped", seed.GetProperty("victims")[0].GetProperty("reaper").GetProperty("outcome").GetString());
        JsonElement adjustment = workload.GetProperty("oom_score_adj");
        Assert.Equal((939, 61, 62), (adjustment.GetProperty("value").GetInt32(), adjustment.GetProperty("min_permille").GetInt32(), adjustment.GetProperty("below_permille").GetInt32()));
        Assert.InRange(123 << 20, adjustment.GetProperty("min_request_bytes").GetInt32(), adjustment.GetProperty("max_request_bytes").GetInt32());
    }
}
