using KmsgOom.Framing;

namespace KmsgOom.Tests.Framing;

public sealed class FileMagicTests
{
    [Theory]
    [InlineData("EFBBBF61", KernelLogEncoding.Utf8, 3)]
    [InlineData("EFBBBF", KernelLogEncoding.Utf8, 3)]
    [InlineData("FFFE", KernelLogEncoding.Utf16LittleEndian, 2)]
    [InlineData("FEFF", KernelLogEncoding.Utf16BigEndian, 2)]
    [InlineData("1F8B", KernelLogEncoding.Gzip, 0)]
    [InlineData("28B52FFD", KernelLogEncoding.Zstandard, 0)]
    [InlineData("FD377A585A00", KernelLogEncoding.Xz, 0)]
    [InlineData("425A6831314159265359", KernelLogEncoding.Bzip2, 0)]
    [InlineData("04224D18", KernelLogEncoding.Lz4, 0)]
    [InlineData("504B0304", KernelLogEncoding.Zip, 0)]
    [InlineData("4C504B5348485248", KernelLogEncoding.Journal, 0)]
    [InlineData("504B2031", KernelLogEncoding.Utf8, 0)]
    [InlineData("5B202020", KernelLogEncoding.Utf8, 0)]
    [InlineData("425A68652065", KernelLogEncoding.Utf8, 0)]
    [InlineData("EFBB61", KernelLogEncoding.Utf8, 0)]
    [InlineData("FD377A585A01", KernelLogEncoding.Utf8, 0)]
    [InlineData("0000", KernelLogEncoding.Utf8, 0)]
    public void Head_ThatTells_IsRecognised(string hex, KernelLogEncoding expected, int expectedLength)
    {
        foreach (bool isWhole in new[] { false, true })
        {
            Assert.True(FileMagic.TryRecognise(Convert.FromHexString(hex), isWhole, out KernelLogEncoding encoding, out int markLength));
            Assert.Equal(expected, encoding);
            Assert.Equal(expectedLength, markLength);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("EF")]
    [InlineData("EFBB")]
    [InlineData("FF")]
    [InlineData("FE")]
    [InlineData("1F")]
    [InlineData("28B52F")]
    [InlineData("FD377A585A")]
    [InlineData("42")]
    [InlineData("425A68")]
    [InlineData("425A6839")]
    [InlineData("425A68393141592653")]
    public void Head_ThatIsTooShort_NeedsMoreUnlessItIsWhole(string hex)
    {
        byte[] head = Convert.FromHexString(hex);

        Assert.False(FileMagic.TryRecognise(head, isWhole: false, out _, out _));
        Assert.True(FileMagic.TryRecognise(head, isWhole: true, out KernelLogEncoding encoding, out int markLength));
        Assert.Equal(KernelLogEncoding.Utf8, encoding);
        Assert.Equal(0, markLength);
    }

    [Fact]
    public void MaxLength_OfAHead_IsEnoughForEveryMagic()
    {
        byte[] head = Convert.FromHexString("425A6839314159265359");

        Assert.Equal(FileMagic.MaxLength, head.Length);
        Assert.False(FileMagic.TryRecognise(head.AsSpan(0, FileMagic.MaxLength - 1), isWhole: false, out _, out _));
    }
}
