using System.Globalization;
using KmsgOom.Insight;

namespace KmsgOom.Tests.Insight;

public sealed class BinaryFractionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    public void Text_IsThatOfADouble(int shift)
    {
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            // Many of them lie halfway between two numbers.
            long value = random.NextInt64(1L << random.Next(1, 63)) >> random.Next(20) << random.Next(20);
            value = round % 2 == 0 ? value : -value;
            double divided = value / (double)(1L << shift);

            Assert.Equal(divided.ToString("F1", CultureInfo.InvariantCulture), BinaryFraction.Of(value, shift, hasTenths: true));
            Assert.Equal(divided.ToString("F0", CultureInfo.InvariantCulture), BinaryFraction.Of(value, shift, hasTenths: false));
        }
    }
}
