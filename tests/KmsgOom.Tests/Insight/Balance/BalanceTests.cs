using System.Globalization;
using KmsgOom.Tests.Support;
using Xunit.Abstractions;

namespace KmsgOom.Tests.Insight.Balance;

/// <summary>Where memory went.</summary>
public sealed class BalanceTests(ITestOutputHelper output)
{
    private const double MiB = 1 << 20;

    [CapturesFact]
    public void MachinesOfCaptures_SumUp_WithASmallRemainder()
    {
        int sheets = 0;
        foreach (string path in CaptureLogs.All().Where(path => CaptureLogs.Form(path) == "kmsg"))
        {
            foreach (OomEvent oomEvent in CaptureLogs.Parse(path).Where(oomEvent => oomEvent.Memory is not null))
            {
                if (OomBalance.OfMachine(oomEvent) is not { } balance)
                {
                    continue;
                }

                sheets++;
                Assert.Equal(balance.TotalBytes, balance.Buckets.Sum(bucket => bucket.Bytes));
                output.WriteLine(Describe(CaptureLogs.Name(path), balance));

                // These kernels were booted with nothing but what the scenario made; a fifth of the machine is the kernel's own at most.
                Assert.InRange(balance.UnexplainedBytes, -balance.TotalBytes / 50, balance.TotalBytes / 5);
            }
        }

        Assert.True(sheets > 50, $"{sheets} sheets");
    }

    /// <summary>What the scenario filled the machine with is the largest part.</summary>
    [CapturesFact]
    public void LargestPart_IsWhatTheScenarioMade()
    {
        Dictionary<string, string[]> wanted = new()
        {
            ["global-shmem"] = ["shmem_unmapped", "shmem_mapped"],
            ["global-noswap"] = ["anon"],
            ["global-swap"] = ["anon"],
        };
        int compared = 0;
        foreach (string path in CaptureLogs.All().Where(path => CaptureLogs.Form(path) == "kmsg"))
        {
            if (wanted.TryGetValue(Path.GetFileName(CaptureLogs.Scenario(path)), out string[]? names)
                && CaptureLogs.Parse(path).Select(OomBalance.OfMachine).FirstOrDefault(balance => balance is not null) is { } balance)
            {
                Assert.True(names.Contains(balance.Buckets[0].Name), Describe(CaptureLogs.Name(path), balance));
                compared++;
            }
        }

        Assert.True(compared >= 6, $"{compared} compared");
    }

    /// <summary>The scenario reserved 40 huge pages of 2 MiB.</summary>
    [CapturesFact]
    public void HugePages_OfThePool_AreOnePart() =>
        Assert.All(
            CaptureLogs.All().Where(path => CaptureLogs.Scenario(path).EndsWith("amd64-6.1.0-50/global-hugetlb", StringComparison.Ordinal) && CaptureLogs.Form(path) == "kmsg"),
            path => Assert.Equal(80 << 20, OomBalance.OfMachine(CaptureLogs.Parse(path).First(oomEvent => oomEvent.Memory is not null))!["hugetlb"]));

    [CapturesFact]
    public void CgroupsOfCaptures_SumUp_WithASmallRemainder()
    {
        int sheets = 0;
        foreach (string path in CaptureLogs.All().Where(path => CaptureLogs.Form(path) == "kmsg"))
        {
            OomEvent? previous = null;
            foreach (OomEvent oomEvent in CaptureLogs.Parse(path))
            {
                if (OomBalance.OfMemcg(oomEvent, previous) is { } balance)
                {
                    sheets++;
                    Assert.Equal(balance.TotalBytes, balance.Buckets.Sum(bucket => bucket.Bytes));
                    output.WriteLine(Describe(CaptureLogs.Name(path), balance));
                    if (Path.GetFileName(CaptureLogs.Scenario(path)) != "v2-concurrent" && balance.Notes.IsEmpty && oomEvent.Memcg!.Memory!.Value.UsageKiB > 1024)
                    {
                        Assert.InRange(balance.UnexplainedBytes, -balance.TotalBytes / 10, balance.TotalBytes / 10);
                    }
                }

                previous = oomEvent;
            }
        }

        Assert.True(sheets > 100, $"{sheets} sheets");
    }

    /// <summary>Usage 125952 kB = rss 123500-odd kB in two groups and 2352 kB of kernel memory, to the byte.</summary>
    [Fact]
    public void Seed_SumsUpWithoutARemainder()
    {
        OomEvent seed = OomLog.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log")))[0];
        OomBalance balance = OomBalance.OfMemcg(seed)!;
        Assert.Equal(128974848, balance.TotalBytes);
        Assert.Equal(2352 * 1024, balance["kernel"]);
        Assert.Equal(128974848 - (2352 * 1024), balance["anon"]);
        Assert.Equal(0, balance.UnexplainedBytes);
        Assert.Null(OomBalance.OfMachine(seed));
    }

    /// <summary>stress: 24953 + 5846 + 311 + 282 pages in four tasks.</summary>
    [Fact]
    public void Programs_AreSummedByName()
    {
        OomEvent seed = OomLog.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log")))[0];
        OomProgram stress = OomProgram.Of(seed)[0];
        Assert.Equal(("stress", 4, 1), (stress.Name.ToString(), stress.TaskCount, stress.VictimCount));
        Assert.Equal(seed.Tasks.Where(task => task.Name.ToString() == "stress").Sum(task => task.RssPages), stress.RssPages);
        Assert.Equal(["stress", "bash", "pause"], OomProgram.Of(seed).Select(program => program.Name.ToString()));
    }

    private static string Describe(string name, OomBalance balance) =>
        $"{name}: {string.Join(", ", balance.Buckets.Select(bucket => string.Create(CultureInfo.InvariantCulture, $"{bucket.Name} {bucket.Bytes / MiB:F1}")))} of {(balance.TotalBytes / MiB).ToString("F1", CultureInfo.InvariantCulture)} MiB {string.Join("; ", balance.Notes)}";
}
