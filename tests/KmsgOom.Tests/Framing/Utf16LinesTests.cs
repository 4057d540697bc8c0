using System.Text;
using KmsgOom.Framing;

namespace KmsgOom.Tests.Framing;

public sealed class Utf16LinesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("[    1.000000] text")]
    [InlineData("h\u00e9llo \u20ac \U0001f600")]
    public void Line_InEitherOrder_BecomesUtf8(string text)
    {
        using ScratchBuffer scratch = new();

        Assert.Equal(text, Encoding.UTF8.GetString(
            Utf16Lines.Transcode(Encoding.Unicode.GetBytes(text), KernelLogEncoding.Utf16LittleEndian, scratch)));
        Assert.Equal(text, Encoding.UTF8.GetString(
            Utf16Lines.Transcode(Encoding.BigEndianUnicode.GetBytes(text), KernelLogEncoding.Utf16BigEndian, scratch)));
    }

    [Fact]
    public void Surrogate_WithoutItsOther_BecomesTheReplacement()
    {
        using ScratchBuffer scratch = new();
        byte[] line = [(byte)'a', 0, 0x3D, 0xD8, (byte)'b', 0, 0x00, 0xDE];

        Assert.Equal("a\ufffdb\ufffd", Encoding.UTF8.GetString(Utf16Lines.Transcode(line, KernelLogEncoding.Utf16LittleEndian, scratch)));
    }

    [Fact]
    public void Unit_ThatIsHalf_IsDropped()
    {
        using ScratchBuffer scratch = new();

        Assert.Equal("a", Encoding.UTF8.GetString(Utf16Lines.Transcode([(byte)'a', 0, (byte)'b'], KernelLogEncoding.Utf16LittleEndian, scratch)));
    }
}
