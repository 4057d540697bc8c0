using System.Globalization;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Balance;

public sealed class OomBalanceTests
{
    private const long Page = 4096;

    [Fact]
    public void Of_SomeZonesWithoutTotals_IsOfWhatTheCountersAddUpTo()
    {
        OomMemory memory = Memory(("inactive_anon", 300), ("free", 600)) with
        {
            RamPages = null,
            ReservedPages = null,
            Nodes = [new OomNode { Node = 1, Zones = [new OomZone { Name = "DMA32", Counters = [new OomCounter("managed", 400 * 4, OomUnit.KiB)] }] }],
        };
        OomBalance balance = OomBalance.Of(Event(memory))!;

        Assert.Equal((balance.Buckets.Sum(bucket => bucket.Bytes), 0), (balance.BaseBytes, balance.UnexplainedBytes));
        Assert.InRange(balance.BaseBytes, 600 * Page, 900 * Page);
        Assert.Contains("not all zones", balance.BaseText, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_HandComputedCounters_CountsNoPageTwice()
    {
        OomBalance balance = OomBalance.Of(Event(Memory(
            ("active_anon", 300), ("inactive_anon", 100), ("active_file", 50), ("inactive_file", 30), ("unevictable", 20),
            ("mapped", 110), ("shmem", 120), ("slab_reclaimable", 10), ("slab_unreclaimable", 40), ("pagetables", 5),
            ("free", 60), ("free_pcp", 7), ("free_cma", 25))))!;

        // 1000 pages of RAM without 100 reserved. The page cache (220) without tmpfs (120) and swap cache (8) is 92: 12 beyond the file lists, so 12 of the
        // unevictable pages are of files.
        Assert.Equal(900 * Page, balance.BaseBytes);
        Assert.Equal(92 * Page, balance[OomBucketKind.File]);
        Assert.Equal(120 * Page, balance.ShmemBytes);
        Assert.Equal(8 * Page, balance[OomBucketKind.SwapCache]);
        Assert.Equal((300 + 100 + 20 - 12 - 120 - 8) * Page, balance[OomBucketKind.Anon]);

        // 110 mapped pages, at most 92 of them of files: at least 18 of tmpfs, and at least 10 of its 120 are not mapped.
        Assert.Equal(18 * Page, balance[OomBucketKind.ShmemMapped]);
        Assert.Equal(10 * Page, balance[OomBucketKind.ShmemUnmapped]);
        Assert.Equal(25 * Page, balance[OomBucketKind.FreeCma]);
        Assert.Equal(35 * Page, balance[OomBucketKind.FreeUsable]);
        Assert.Equal(7 * Page, balance[OomBucketKind.FreePerCpu]);
        Assert.Equal((900 - 500 - 10 - 40 - 5 - 60 - 7) * Page, balance.UnexplainedBytes);
    }

    [Fact]
    public void Of_NumbersThatCannotBeTrue_LeavesThemOutAndSaysSo()
    {
        OomBalance balance = OomBalance.Of(Event(Memory(("active_anon", long.MaxValue), ("free", -5), ("pagetables", 5))))!;

        Assert.Equal([OomBucketKind.PageTables], balance.Buckets.Select(bucket => bucket.Kind));
        Assert.Equal(895 * Page, balance.UnexplainedBytes);
        Assert.Contains(balance.Gaps, gap => gap.StartsWith("active_anon is left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_NoMemInfo_IsNull() => Assert.Null(OomBalance.Of(Event(null)));

    [CapturesFact]
    public void Of_EveryCapture_SumsToTheMachineAndExplainsMostOfIt()
    {
        int count = 0;
        foreach ((string name, OomEvent oomEvent) in Captured())
        {
            if (oomEvent.Memory is null || OomBalance.Of(oomEvent) is not { } balance || oomEvent.IsInterleaved)
            {
                continue;
            }

            count++;
            Assert.Equal((oomEvent.Memory.RamPages - oomEvent.Memory.ReservedPages) * oomEvent.PageSize, balance.BaseBytes);
            Assert.Equal(balance.BaseBytes, balance.Buckets.Sum(bucket => bucket.Bytes) + balance.UnexplainedBytes);
            Assert.All(balance.Buckets, bucket => Assert.NotEmpty(bucket.Evidence));
            double part = (double)balance.UnexplainedBytes / balance.BaseBytes;
            Assert.True(part is > -0.05 and < 0.25, string.Create(CultureInfo.InvariantCulture, $"{name}: {part:P1}"));
        }

        Assert.InRange(count, 50, int.MaxValue);
    }

    [CapturesFact]
    public void Of_FullTmpfsAndHugePages_HaveWhatTheScenarioPutThere()
    {
        int count = 0;
        foreach ((string name, OomEvent oomEvent) in Captured())
        {
            string facts = CaptureLogs.Scenario(name) + ".facts";
            if (!File.Exists(facts) || OomBalance.Of(oomEvent) is not { } balance)
            {
                continue;
            }

            if (Fact(facts, "tmpfs_kb") is { } tmpfsKiB)
            {
                count++;
                Assert.InRange(balance.ShmemBytes, tmpfsKiB << 10, (tmpfsKiB << 10) + (64L << 20));
                Assert.True(balance.ShmemBytes > balance[OomBucketKind.File], name);
            }

            if (Fact(facts, "hugepages") is { } pages)
            {
                count++;
                OomHugepages pool = oomEvent.Memory!.Hugepages.First(one => one.Total == pages);
                Assert.Equal(pages * pool.SizeKiB * 1024, balance[OomBucketKind.HugetlbUsed] + balance[OomBucketKind.HugetlbFree]);
            }
        }

        Assert.InRange(count, 8, int.MaxValue);
    }

    [Fact]
    public void Insights_OfEveryGolden_NeverThrowAndSumExactly()
    {
        foreach (string log in Golden.Names)
        {
            OomEvent? previous = null;
            foreach (OomEvent oomEvent in OomLog.Parse(Golden.Read(log), Golden.Options))
            {
                Sheets.Check(oomEvent, previous);
                previous = oomEvent;
            }
        }
    }

    [CorpusFact]
    public void Insights_OfEveryPostedLog_NeverThrowAndSumExactly()
    {
        foreach (string path in Directory.EnumerateFiles(Repository.Corpus!, "*.log", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Repository.Corpus!, "*.txt", SearchOption.AllDirectories)))
        {
            OomEvent? previous = null;
            foreach (OomEvent oomEvent in OomLog.Parse(File.ReadAllBytes(path), Golden.Options))
            {
                Sheets.Check(oomEvent, previous);
                previous = oomEvent;
            }
        }
    }

    internal static IEnumerable<(string Name, OomEvent Event)> Captured() =>
        CaptureLogs.BestForms().SelectMany(path => CaptureLogs.Parse(path).Select(oomEvent => (path, oomEvent)));

    private static long? Fact(string path, string name) =>
        File.ReadLines(path).Select(line => line.Split('\t')).Where(fields => fields[0] == name).Select(fields => (long?)long.Parse(fields[1], CultureInfo.InvariantCulture)).FirstOrDefault();

    private static OomMemory Memory(params (string Key, long Value)[] counters) => new()
    {
        RamPages = 1000,
        ReservedPages = 100,
        PageCachePages = 220,
        SwapCachePages = 8,
        Counters = [.. counters.Select(counter => new OomCounter(counter.Key, counter.Value, OomUnit.Pages))],
    };

    private static OomEvent Event(OomMemory? memory) => Sheets.Event() with { Memory = memory };
}
