using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

public sealed class Utf8CursorTests
{
    [Theory]
    [InlineData("0", 0ul, 1)]
    [InlineData("007x", 7ul, 3)]
    [InlineData("9223372036854775807 ", 9223372036854775807ul, 19)]
    [InlineData("9223372036854775808", 9223372036854775808ul, 19)]
    [InlineData("9999999999999999999", 9999999999999999999ul, 19)]
    [InlineData("18446744073709551615", ulong.MaxValue, 20)]
    [InlineData("00000000000000000000000000012", 12ul, 29)]
    public void UInt64_WithinRange_IsTaken(string text, ulong expected, int position)
    {
        Utf8Cursor cursor = new(Latin1.Bytes(text));

        Assert.True(cursor.TryTakeUInt64(out ulong value));
        Assert.Equal(expected, value);
        Assert.Equal(position, cursor.Position);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999")]
    [InlineData("100000000000000000000")]
    public void UInt64_OutOfRange_LeavesTheCursor(string text)
    {
        Utf8Cursor cursor = new(Latin1.Bytes(text));

        Assert.False(cursor.TryTakeUInt64(out ulong value));
        Assert.Equal(0ul, value);
        Assert.Equal(0, cursor.Position);
    }

    [Theory]
    [InlineData("0", 0, 1)]
    [InlineData("-0", 0, 2)]
    [InlineData("-12kB", -12, 3)]
    [InlineData("999999999999999999", 999999999999999999, 18)]
    [InlineData("-999999999999999999,", -999999999999999999, 19)]
    [InlineData("1000000000000000000", 1000000000000000000, 19)]
    [InlineData("9223372036854775807", long.MaxValue, 19)]
    [InlineData("-9223372036854775807", -long.MaxValue, 20)]
    [InlineData("00000000000000000000000000012", 12, 29)]
    public void Int64_WithinRange_IsTaken(string text, long expected, int position)
    {
        Utf8Cursor cursor = new(Latin1.Bytes(text));

        Assert.True(cursor.TryTakeInt64(out long value));
        Assert.Equal(expected, value);
        Assert.Equal(position, cursor.Position);
    }

    [Fact]
    public void Int64_SmallestValue_IsTaken()
    {
        Utf8Cursor cursor = new("-9223372036854775808"u8);

        Assert.True(cursor.TryTakeInt64(out long value));
        Assert.Equal(long.MinValue, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("- 1")]
    [InlineData("kB")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999")]
    [InlineData("-99999999999999999999")]
    [InlineData("18446744073709551616")]
    public void Int64_OutOfRange_LeavesTheCursor(string text)
    {
        Utf8Cursor cursor = new(Latin1.Bytes("x" + text)) { Position = 1 };

        Assert.False(cursor.TryTakeInt64(out long value));
        Assert.Equal(0, value);
        Assert.Equal(1, cursor.Position);
    }

    [Theory]
    [InlineData("2147483647", true, int.MaxValue)]
    [InlineData("-2147483648", true, int.MinValue)]
    [InlineData("2147483648", false, 0)]
    [InlineData("-2147483649", false, 0)]
    [InlineData("", false, 0)]
    public void Int32_AtItsBounds_IsTakenOrLeft(string text, bool isTaken, int expected)
    {
        Utf8Cursor cursor = new(Latin1.Bytes(text));

        Assert.Equal(isTaken, cursor.TryTakeInt32(out int value));
        Assert.Equal(expected, value);
        Assert.Equal(isTaken ? text.Length : 0, cursor.Position);
    }

    [Theory]
    [InlineData("0", true, 0u)]
    [InlineData("1000", true, 1000u)]
    [InlineData("4294967295", true, uint.MaxValue)]
    [InlineData("-2", true, 4294967294u)]
    [InlineData("-1", true, uint.MaxValue)]
    [InlineData("-2147483648", true, 2147483648u)]
    [InlineData("4294967296", false, 0u)]
    [InlineData("-2147483649", false, 0u)]
    [InlineData("x", false, 0u)]
    public void Uid_SignedOrUnsigned_IsTheSameUser(string text, bool isTaken, uint expected)
    {
        Utf8Cursor cursor = new(Latin1.Bytes(text));

        Assert.Equal(isTaken, cursor.TryTakeUid(out uint value));
        Assert.Equal(expected, value);
        Assert.Equal(isTaken ? text.Length : 0, cursor.Position);
    }

    [Theory]
    [InlineData("0", true, 0u, 1)]
    [InlineData("d0,", true, 0xd0u, 2)]
    [InlineData("DeadBeef", true, 0xdeadbeefu, 8)]
    [InlineData("ffffffff(", true, uint.MaxValue, 8)]
    [InlineData("00000000ffffffff", true, uint.MaxValue, 16)]
    [InlineData("100000000", false, 0u, 0)]
    [InlineData("ffffffffffffffffffffffff", false, 0u, 0)]
    [InlineData("g", false, 0u, 0)]
    [InlineData("", false, 0u, 0)]
    public void Hex_AtItsBounds_IsTakenOrLeft(string text, bool isTaken, uint expected, int position)
    {
        Utf8Cursor cursor = new(Latin1.Bytes(text));

        Assert.Equal(isTaken, cursor.TryTakeHex(out uint value));
        if (isTaken)
        {
            Assert.Equal(expected, value);
        }

        Assert.Equal(position, cursor.Position);
    }
}
