using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class BuddyLineTests
{
    [Theory]
    [InlineData("1*4kB (U) 0*8kB 3*16kB (UME) = 52kB", "1x4U 0x8 3x16UME", 52L)]
    [InlineData("184*4kB 203*8kB = 2360kB", "184x4 203x8", 2360L)]
    [InlineData("2*64kB (UM) 0*128kB = 128kB", "2x64UM 0x128", 128L)]
    [InlineData("1*4kB  (U)  1*8kB = 12kB", "1x4U 1x8", 12L)]
    [InlineData("1_4kB 0_8kB = 4kB", "1x4 0x8", 4L)]
    [InlineData("1*4kB (U) 1*8", "1x4U", null)]
    [InlineData("= 0kB", "", 0L)]
    [InlineData("x*4kB = 4kB", "", null)]
    public void Blocks_OfEachOrder_AreRead(string message, string expected, long? total)
    {
        byte[] text = Latin1.Bytes(message);
        List<string> orders = [];
        Utf8Cursor cursor = new(text);
        while (BuddyLine.TryTake(ref cursor, out BuddyLine item))
        {
            orders.Add($"{item.Count}x{item.SizeKiB}{Latin1.Text(item.Types, text)}");
        }

        Assert.Equal(expected, string.Join(' ', orders));
        Assert.Equal(total, BuddyLine.TryTakeTotal(ref cursor, out long kiB) ? kiB : null);
    }
}
