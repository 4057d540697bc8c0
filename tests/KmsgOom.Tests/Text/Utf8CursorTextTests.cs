using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

/// <summary>What <see cref="Utf8Cursor"/> does with text; numbers have their own file.</summary>
public sealed class Utf8CursorTextTests
{
    [Fact]
    public void Literal_ThatIsThere_IsPassed()
    {
        Utf8Cursor cursor = new("abc def"u8);

        Assert.True(cursor.TryTake("abc"u8));
        Assert.True(cursor.TryTake((byte)' '));
        Assert.Equal("def", Latin1.Text(cursor.Rest));
        Assert.Equal((byte)'d', cursor.Peek);
        Assert.False(cursor.IsAtEnd);
    }

    [Fact]
    public void Literal_ThatIsNotThere_LeavesTheCursor()
    {
        Utf8Cursor cursor = new("abc"u8);

        Assert.False(cursor.TryTake("abcd"u8));
        Assert.False(cursor.TryTake((byte)'b'));
        Assert.Equal(0, cursor.Position);
    }

    [Fact]
    public void End_OfTheText_GivesNothing()
    {
        Utf8Cursor cursor = new("a"u8) { Position = 1 };

        Assert.True(cursor.IsAtEnd);
        Assert.Equal(0, cursor.Peek);
        Assert.True(cursor.Rest.IsEmpty);
        Assert.False(cursor.TryTake((byte)0));
        Assert.False(cursor.TryTakeToken(out _));
        Assert.False(cursor.TrySkipPast("a"u8));
        Assert.Equal(1, cursor.Position);
    }

    [Fact]
    public void Blanks_OfBothKinds_AreSkipped()
    {
        Utf8Cursor cursor = new(" \t  x "u8);

        cursor.SkipBlanks();
        Assert.Equal("x ", Latin1.Text(cursor.Rest));
        cursor.SkipBlanks();
        Assert.Equal("x ", Latin1.Text(cursor.Rest));
    }

    [Fact]
    public void Until_ALiteral_TakesWhatStandsBeforeTheFirst()
    {
        byte[] text = Latin1.Bytes("a) b) c");
        Utf8Cursor cursor = new(text);

        Assert.True(cursor.TryTakeUntil(") "u8, out TextRange first));
        Assert.Equal("a", Latin1.Text(first, text));
        Assert.Equal("b) c", Latin1.Text(cursor.Rest));
    }

    [Fact]
    public void UntilLast_ALiteral_TakesWhatStandsBeforeTheLast()
    {
        byte[] text = Latin1.Bytes("xa) b) c");
        Utf8Cursor cursor = new(text) { Position = 1 };

        Assert.True(cursor.TryTakeUntilLast(") "u8, out TextRange range));
        Assert.Equal("a) b", Latin1.Text(range, text));
        Assert.Equal("c", Latin1.Text(cursor.Rest));
        Assert.Equal("c", Latin1.Text(cursor.RestRange, text));
    }

    [Fact]
    public void Until_ALiteralThatIsNotThere_LeavesTheCursor()
    {
        Utf8Cursor cursor = new("a) b"u8) { Position = 2 };

        Assert.False(cursor.TryTakeUntil(")"u8, out TextRange first));
        Assert.False(cursor.TryTakeUntilLast(")"u8, out TextRange last));
        Assert.False(cursor.TrySkipPast(")"u8));
        Assert.False(first.IsPresent);
        Assert.False(last.IsPresent);
        Assert.Equal(2, cursor.Position);
    }

    [Fact]
    public void Token_UpToABlank_IsTaken()
    {
        byte[] text = Latin1.Bytes("one two");
        Utf8Cursor cursor = new(text);

        Assert.True(cursor.TryTakeToken(out TextRange one));
        Assert.Equal("one", Latin1.Text(one, text));
        Assert.False(cursor.TryTakeToken(out TextRange none));
        Assert.Equal(0, none.Length);
        cursor.SkipBlanks();
        Assert.True(cursor.TryTakeToken(out TextRange two));
        Assert.Equal("two", Latin1.Text(two, text));
        Assert.True(cursor.IsAtEnd);
    }

    [Theory]
    [InlineData('0', 0)]
    [InlineData('9', 9)]
    [InlineData('a', 10)]
    [InlineData('F', 15)]
    [InlineData('g', -1)]
    [InlineData('/', -1)]
    [InlineData(':', -1)]
    [InlineData('@', -1)]
    public void HexValue_OfACharacter_IsItsDigit(char character, int expected) =>
        Assert.Equal(expected, Utf8Cursor.HexValue((byte)character));
}
