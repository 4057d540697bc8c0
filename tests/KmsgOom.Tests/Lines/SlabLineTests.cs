using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class SlabLineTests
{
    [Theory]
    [InlineData("kmalloc-2048            1024KB       2048KB", "kmalloc-2048", 1024, 2048)]
    [InlineData("a_name_that_is_longer_than_its_column 9999999999KB 10000000000KB", "a_name_that_is_longer_than_its_column", 9999999999, 10000000000)]
    [InlineData("dentry(5:a b.service)          4KB          8KB", "dentry(5:a b.service)", 4, 8)]
    [InlineData("TCP                       0KB         30KB  ", "TCP", 0, 30)]
    public void Row_OfACache_IsRead(string message, string name, long used, long total)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(SlabLine.TryParse(text, out TextRange range, out long usedKiB, out long totalKiB));
        Assert.Equal((name, used, total), (Latin1.Text(range, text), usedKiB, totalKiB));
    }

    [Theory]
    [InlineData("Name                      Used          Total")]
    [InlineData("Unreclaimable slab info:")]
    [InlineData("kmalloc-2048            1024KB")]
    [InlineData("kmalloc-2048            1024kB       2048kB")]
    [InlineData("kmalloc-2048            xKB       2048KB")]
    [InlineData("   1024KB       2048KB")]
    [InlineData("KB")]
    public void Row_OfAnythingElse_IsNone(string message) => Assert.False(SlabLine.TryParse(Latin1.Bytes(message), out _, out _, out _));
}
