using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class TaskRowColumnsTests
{
    private const string Parts = "RssAnon RssFile RssShmem PageTablesBytes SwapEntries OomScoreAdj";
    private const string Bytes = "PageTablesBytes SwapEntries OomScoreAdj";

    /// <summary>The form is that of the kernel that pads so; where numbers look alike, as a few page tables and a CPU do, the padding does not.</summary>
    [Theory]
    [InlineData("[ 1532]     0  1532    27053      412   1     -17 sshd", "Unknown Unknown")]
    [InlineData("[    1]     0     1      712       60   0       0 init", "Unknown Unknown")]
    [InlineData("[ 1532]     0  1532    27053      412   1     -17         -1000 sshd", "Unknown Unknown OomScoreAdj")]
    [InlineData("[ 1532]     0  1532    27053      412 127       0             0 sshd", "Unknown Unknown OomScoreAdj")]
    [InlineData("[ 1532]     0  1532    27053      412       1        0             0 sshd", "Unknown SwapEntries OomScoreAdj")]
    [InlineData("[18177]  1000 18177  4950827   635077    1311        5             0 java", "Unknown SwapEntries OomScoreAdj")]
    [InlineData("[18177]  1000 18177 14950827  9635077    4096        5             0 java", "Unknown SwapEntries OomScoreAdj")]
    [InlineData("[1817770]  1000 1817770  4950827   635077    1311        5             0 java", "Unknown SwapEntries OomScoreAdj")]
    [InlineData("[18177]  1000 18177  4950827   635077    1311      17        0           300 java", "Unknown Unknown SwapEntries OomScoreAdj")]
    [InlineData("[24953]     0 24953   187044    24953   253952        0           939 node", Bytes)]
    [InlineData("[24953]     0 24953   187044    24953     4096        0           939 node", Bytes)]
    [InlineData("[24953]     0 24953   187044    24953        0        0           939 node", Bytes)]
    [InlineData("[24953] 1000070000 24953   187044    24953 4294967296        0           939 node", Bytes)]
    [InlineData("[  19331]  1000 19331   226026    29603  1314816        0           999 npm start", Bytes)]
    [InlineData("[    156]    -2   156   153531   153345        0        0             0  9 lives", Bytes)]
    [InlineData("[    156]    -2   156   153531   153345        0        0             0 ", Bytes)]
    [InlineData("[    156]    -2   156   153531   153345   153345        0         0  1269760        0             0 7z", Parts)]
    public void Padding_TellsTheColumns(string row, string columns)
    {
        Assert.Equal("Uid Tgid TotalVm Rss " + columns, string.Join(' ', TaskRowColumns.Find(Latin1.Bytes(row)).ToArray()));
        Assert.True(TaskRowColumns.IsRow(Latin1.Bytes("  " + row)));
    }

    [Theory]
    [InlineData("[ 1532] 0 1532 27053 412 1 -17 -1000 sshd")]
    [InlineData("[ 1532]     0  1532    27053      412")]
    [InlineData("[ 1532]     0  1532    27053      412   1     -17")]
    [InlineData("[ 12.532]     0  1532    27053      412   1     -17         -1000 sshd")]
    [InlineData("[24953]     0 24953   187044    24953   253952        0       939 node")]
    [InlineData("[24953]     0 24953   187044    24953   253952       0            939 node")]
    [InlineData("[24953]     0 24953   187044    24953   253952        0           node")]
    [InlineData("[24953]")]
    public void OtherPadding_TellsNothing(string row)
    {
        Assert.True(TaskRowColumns.Find(Latin1.Bytes(row)).IsEmpty);
        Assert.False(TaskRowColumns.IsRow(Latin1.Bytes(row)));
    }
}
