using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Balance;

public sealed class OomMemcgBalanceTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public void Of_Version1WithDescendants_AddsThemUp()
    {
        OomMemcgBalance balance = OomMemcgBalance.Of(Event(new OomMemcg
        {
            Path = "/pod",
            Memory = new OomMemcgUsage(100 << 10, 100 << 10, 9),
            MemorySwap = new OomMemcgUsage(110 << 10, OomMemcgUsage.UnlimitedKiB, 0),
            Kmem = new OomMemcgUsage(4 << 10, OomMemcgUsage.UnlimitedKiB, 0),
            Stats =
            [
                Stats("/pod", ("cache", 0), ("rss", 0), ("shmem", 0)),
                Stats("/pod/a", ("cache", 20), ("rss", 50), ("shmem", 15), ("mapped_file", 0)),
                Stats("/pod/b", ("cache", 1), ("rss", 24), ("shmem", 0), ("mapped_file", 0)),
            ],
        }))!;

        Assert.Equal(74 * MiB, balance[OomBucketKind.Anon]);
        Assert.Equal(15 * MiB, balance[OomBucketKind.ShmemUnmapped]);
        Assert.Equal(6 * MiB, balance[OomBucketKind.File]);
        Assert.Equal(4 * MiB, balance[OomBucketKind.KernelOther]);
        Assert.Equal(1 * MiB, balance.UnexplainedBytes);
        Assert.Equal(10 * MiB, balance.SwapBytes);
        Assert.Equal(OomMemcgLimit.Memory, balance.Limit);
        Assert.False(balance.IsUnexplainedConclusive);
    }

    [Fact]
    public void Of_Version2_CountsPartsOfTheKernelOnce()
    {
        OomMemcgBalance balance = OomMemcgBalance.Of(Event(new OomMemcg
        {
            Path = "/pod",
            Memory = new OomMemcgUsage(100 << 10, 100 << 10, 9),
            Swap = new OomMemcgUsage(8 << 10, 8 << 10, 3),
            Stats = [Stats("/pod", ("anon", 60), ("file", 10), ("kernel", 12), ("kernel_stack", 2), ("pagetables", 3), ("percpu", 1), ("shmem", 4), ("file_mapped", 0), ("slab_reclaimable", 1), ("slab_unreclaimable", 3), ("slab", 4), ("sock", 5))],
        }))!;

        Assert.Equal(2 * MiB, balance[OomBucketKind.KernelOther]);
        Assert.Equal(6 * MiB, balance[OomBucketKind.File]);
        Assert.Equal(5 * MiB, balance[OomBucketKind.Sockets]);
        Assert.Equal(13 * MiB, balance.UnexplainedBytes);
        Assert.True(balance.IsUnexplainedConclusive);
        Assert.Equal(OomMemcgLimit.MemoryAndSwap, balance.Limit);
    }

    [CapturesFact]
    public void Of_SecondKillWithinASecond_IsNotCalledALeak()
    {
        int count = 0;
        foreach (string path in CaptureLogs.All().Where(path => CaptureLogs.Form(path) == "dmesg" && path.Contains("v2-concurrent", StringComparison.Ordinal)))
        {
            Dictionary<string, OomEvent> last = [];
            foreach (OomEvent oomEvent in CaptureLogs.Parse(path).Where(one => one.Memcg?.Path is not null))
            {
                OomMemcgBalance? balance = OomMemcgBalance.Of(oomEvent, last.GetValueOrDefault(oomEvent.Memcg!.Path!));
                if (balance?.SincePreviousKill is not null)
                {
                    count++;
                    Assert.False(balance.IsUnexplainedConclusive, CaptureLogs.Name(path));
                }

                last[oomEvent.Memcg.Path!] = oomEvent;
            }
        }

        Assert.InRange(count, 4, int.MaxValue);
    }

    private static OomMemcgStats Stats(string path, params (string Key, long MiB)[] values) => new(path, [.. values.Select(value => new OomMemcgStat(value.Key, value.MiB * MiB))]);

    private static OomEvent Event(OomMemcg memcg) => Sheets.Event() with { Memcg = memcg };
}
