using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class MemcgUsageLineTests
{
    [Theory]
    [InlineData("memory: usage 125952kB, limit 125952kB, failcnt 3632", "Memory", 125952, 125952, 3632ul)]
    [InlineData("memory+swap: usage 0kB, limit 9007199254740988kB, failcnt 0", "MemorySwap", 0, 9007199254740988, 0ul)]
    [InlineData("swap: usage 12kB, limit 0kB, failcnt 1", "Swap", 12, 0, 1ul)]
    [InlineData("kmem: usage 0kB, limit 9007199254740988kB, failcnt 0", "Kmem", 0, 9007199254740988, 0ul)]
    [InlineData("kmem: usage 0kB, limit 18014398509481983kB, failcnt 18446744073709551615", "Kmem", 0, 18014398509481983, ulong.MaxValue)]
    public void Usage_OfEveryCounter_IsReadWhole(string message, string counter, long usage, long limit, ulong failCount)
    {
        Assert.True(MemcgUsageLine.TryParse(Latin1.Bytes(message), out MemcgUsageLine.Counter which, out OomMemcgUsage read));
        Assert.Equal(counter, which.ToString());
        Assert.Equal(new OomMemcgUsage(usage, limit, failCount), read);
    }

    [Theory]
    [InlineData("memory: usage 125952kB, limit 1259")]
    [InlineData("memory: usage 125952kB, lim")]
    [InlineData("memory: usage -1kB, limit 0kB, failcnt 0")]
    [InlineData("memory: usage 18446744073709551616kB, limit 0kB, failcnt 0")]
    [InlineData("memory usage 125952kB, limit 125952kB, failcnt 3632")]
    [InlineData("hugetlb: usage 1kB, limit 1kB, failcnt 0")]
    public void Usage_CutOrForeign_IsNotRead(string message)
    {
        Assert.False(MemcgUsageLine.TryParse(Latin1.Bytes(message), out _, out OomMemcgUsage usage));
        Assert.Equal(default, usage);
    }
}
