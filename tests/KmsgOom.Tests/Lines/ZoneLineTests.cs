using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class ZoneLineTests
{
    [Theory]
    [InlineData("Node 0 DMA free:15360kB min:268kB", 0, "DMA", " free:15360kB min:268kB")]
    [InlineData("Node 12 Normal: 1*4kB (U) = 4kB", 12, "Normal", ": 1*4kB (U) = 4kB")]
    [InlineData("Node 1 DMA32 per-cpu:", 1, "DMA32", " per-cpu:")]
    [InlineData("HighMem free:512kB", null, "HighMem", " free:512kB")]
    [InlineData("Movable: 0*4kB = 0kB", null, "Movable", ": 0*4kB = 0kB")]
    [InlineData("Device free:0kB", null, "Device", " free:0kB")]
    [InlineData("Node 3 active_anon:968kB inactive_anon:4kB", 3, null, "active_anon:968kB inactive_anon:4kB")]
    public void Head_OfNodeAndZone_IsRead(string message, int? node, string? zone, string rest)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(ZoneLine.TryParse(text, out ZoneLine line, out int at));
        Assert.Equal((node, zone), (line.Node, Latin1.Text(line.Zone, text)));
        Assert.Equal(rest, message[at..]);
    }

    [Theory]
    [InlineData("Node -1 DMA free:0kB")]
    [InlineData("Node x DMA free:0kB")]
    [InlineData("Node 99999999999 DMA free:0kB")]
    [InlineData("DMA64 free:0kB")]
    [InlineData("dma free:0kB")]
    [InlineData("free:0kB")]
    public void Head_OfAnythingElse_IsNone(string message) => Assert.False(ZoneLine.TryParse(Latin1.Bytes(message), out _, out _));
}
