using System.Globalization;
using System.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

public sealed class SwarTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("x", 0)]
    [InlineData("   x", 3)]
    [InlineData("        ", 8)]
    [InlineData("         \t x       ", 11)]
    public void CountBlanks_StopsAtTheFirstOther(string text, int count) => Assert.Equal(count, Swar.CountBlanks(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("x", 0, 0)]
    [InlineData("7", 7, 1)]
    [InlineData("7654321 rest", 7654321, 7)]
    [InlineData("12345678 rest", 12345678, 8)]
    [InlineData("123456789012345678x", 123456789012345678, 18)]
    [InlineData("00000001]", 1, 8)]
    [InlineData("12:34567890", 12, 2)]
    [InlineData("9/000000000", 9, 1)]
    public void ReadDigits_StopsAtTheFirstOther(string text, long value, int count)
    {
        Assert.Equal(value, Swar.ReadDigits(Encoding.ASCII.GetBytes(text), out int read));
        Assert.Equal(count, read);
    }

    [Fact]
    public void ReadDigits_BytesAboveAscii_AreNoDigits()
    {
        for (int other = 0; other < 256; other++)
        {
            if (other is < '0' or > '9')
            {
                byte[] text = [(byte)'4', (byte)'2', (byte)other, 0x31, 0xB1, 0xFF, 0, 0x39];
                Assert.Equal(42, Swar.ReadDigits(text, out int count));
                Assert.Equal(2, count);
            }
        }
    }

    [Fact]
    public void ReadLeading_AndMedium_AgreeWithThePlainWay()
    {
        Random random = new(11);
        byte[] text = new byte[24];
        for (int round = 0; round < 50_000; round++)
        {
            text.AsSpan().Fill((byte)'7');
            int width = random.Next(1, 17);
            Encoding.ASCII.GetBytes(random.NextInt64(1_000_000_000_000_000_000).ToString(CultureInfo.InvariantCulture).AsSpan()[..Math.Min(width, 8)], text);
            text[random.Next(text.Length)] = (byte)random.Next(256);

            bool isNumber = text.AsSpan(0, width).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
            Assert.Equal(isNumber, Swar.TryReadMedium(text, 0, width, out long value));
            Assert.True(!isNumber || value == long.Parse(Encoding.ASCII.GetString(text, 0, width), CultureInfo.InvariantCulture));

            long digits = Swar.ReadDigits(text, out int count);
            Assert.Equal(count is > 0 and < 8, Swar.TryReadLeading(text, out long leading, out int length));
            Assert.True(count is 0 or >= 8 || (leading == digits && length == count));
        }
    }

    [Fact]
    public void ReadShort_AnyBytes_AgreesWithThePlainWay()
    {
        Random random = new(9);
        byte[] text = new byte[8];
        for (int round = 0; round < 50_000; round++)
        {
            int width = random.Next(1, 9);
            Encoding.ASCII.GetBytes(random.NextInt64(100_000_000).ToString("D8", CultureInfo.InvariantCulture), text);
            if (random.Next(2) == 0)
            {
                text[random.Next(8)] = (byte)random.Next(256);
            }

            bool isNumber = text.AsSpan(0, width).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
            Assert.Equal(isNumber, Swar.TryReadShort(text, 0, width, out long value));
            Assert.True(!isNumber || value == long.Parse(Encoding.ASCII.GetString(text, 0, width), CultureInfo.InvariantCulture));
        }

        Assert.False(Swar.TryReadShort(text, 0, 0, out _));
        Assert.False(Swar.TryReadShort(text, 0, 9, out _));
    }
}
