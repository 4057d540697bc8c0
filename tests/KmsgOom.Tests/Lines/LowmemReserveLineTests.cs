using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class LowmemReserveLineTests
{
    [Theory]
    [InlineData("lowmem_reserve[]: 0 1980 1980 -1", new long[] { 0, 1980, 1980, -1 })]
    [InlineData("protections[]: 0 0 0", new long[] { 0, 0, 0 })]
    [InlineData("lowmem_reserve[]: 0  3   x 4", new long[] { 0, 3 })]
    [InlineData("lowmem_reserve[]:", new long[0])]
    public void Pages_OfEachZone_AreRead(string message, long[] expected)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(LowmemReserveLine.TryParse(text, out int rest));
        Utf8Cursor cursor = new(text) { Position = rest };
        List<long> pages = [];
        while (LowmemReserveLine.TryTakePages(ref cursor, out long one))
        {
            pages.Add(one);
        }

        Assert.Equal(expected, pages);
    }

    [Theory]
    [InlineData("lowmem_reserve: 0 1980")]
    [InlineData("Node 0 lowmem_reserve[]: 0")]
    [InlineData("0 1980 1980")]
    public void Pages_OfAnythingElse_AreNone(string message) => Assert.False(LowmemReserveLine.TryParse(Latin1.Bytes(message), out _));
}
