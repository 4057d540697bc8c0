using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

public sealed class TextRangeTests
{
    [Fact]
    public void Range_ByDefault_IsAbsent()
    {
        TextRange range = default;

        Assert.False(range.IsPresent);
        Assert.True(range.In("text"u8).IsEmpty);
        Assert.False(range.Shift(3).IsPresent);
    }

    [Fact]
    public void Range_OfNothing_IsPresentAndEmpty()
    {
        TextRange range = new(2, 0);

        Assert.True(range.IsPresent);
        Assert.Equal(0, range.Length);
        Assert.True(range.In("text"u8).IsEmpty);
    }

    [Fact]
    public void Range_InAText_IsThatPiece()
    {
        TextRange range = new(1, 2);

        Assert.Equal((1, 2), (range.Start, range.Length));
        Assert.Equal("ex", Latin1.Text(range, "text"u8));
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(0, 1)]
    [InlineData(-1, 0)]
    public void Shift_OfAPresentRange_MovesItsStart(int by, int start)
    {
        TextRange shifted = new TextRange(1, 2).Shift(by);

        Assert.True(shifted.IsPresent);
        Assert.Equal((start, 2), (shifted.Start, shifted.Length));
    }
}
