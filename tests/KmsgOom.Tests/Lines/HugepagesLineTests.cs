using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class HugepagesLineTests
{
    [Theory]
    [InlineData("Node 0 hugepages_total=20 hugepages_free=18 hugepages_surp=1 hugepages_size=2048kB", 0, 2048, 20, 18, 1)]
    [InlineData("Node 3 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=1048576kB", 3, 1048576, 0, 0, 0)]
    public void Pool_OfANode_IsRead(string message, int node, long size, long total, long free, long surplus)
    {
        Assert.True(HugepagesLine.TryParse(Latin1.Bytes(message), out OomHugepages hugepages));
        Assert.Equal(new OomHugepages(node, size, total, free, surplus), hugepages);
    }

    [Theory]
    [InlineData("hugepages_total=20 hugepages_free=18 hugepages_surp=1 hugepages_size=2048kB")]
    [InlineData("Node 0 hugepages_total=20 hugepages_free=18 hugepages_surp=1")]
    [InlineData("Node 0 hugepages_total=x hugepages_free=18 hugepages_surp=1 hugepages_size=2048kB")]
    [InlineData("Node 0 active_anon:5kB")]
    public void Pool_OfAnythingElse_IsNone(string message)
    {
        Assert.False(HugepagesLine.TryParse(Latin1.Bytes(message), out OomHugepages hugepages));
        Assert.Equal(default, hugepages);
    }
}
