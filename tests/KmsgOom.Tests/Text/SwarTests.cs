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
    public void ReadAligned_RandomColumns_AgreesWithThePlainWay()
    {
        Random random = new(9);
        for (int round = 0; round < 50_000; round++)
        {
            long number = random.Next(6) == 0 ? -random.Next(1000) : random.NextInt64(random.Next(2) == 0 ? 100 : 9_999_999);
            string digits = number.ToString(CultureInfo.InvariantCulture);
            string column = digits.PadLeft(digits.Length + random.Next(1, 8));
            byte[] text = Encoding.ASCII.GetBytes("[    156]" + column + " name");
            bool isAligned = Swar.TryReadAligned(text, 9, 9 + column.Length, out long value);
            Assert.True(isAligned || digits.Length > 7 || column.Length > 16);
            Assert.True(!isAligned || value == number, column);

            text[9 + random.Next(column.Length - digits.Length)] = (byte)"x7]-"[random.Next(4)];
            if (Swar.TryReadAligned(text, 9, 9 + column.Length, out value))
            {
                Assert.Equal(long.Parse(Encoding.ASCII.GetString(text, 9, column.Length), CultureInfo.InvariantCulture), value);
            }
        }
    }
}
