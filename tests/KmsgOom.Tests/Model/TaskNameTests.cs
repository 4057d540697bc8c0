using System.Text;

namespace KmsgOom.Tests.Model;

public sealed class TaskNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("npm start")]
    [InlineData("fifteen bytes !")]
    [InlineData("trailing ")]
    [InlineData("new\nline")]
    [InlineData("h\u00e9llo")]
    public void Name_UpTo15Bytes_IsKeptWhole(string text)
    {
        TaskName name = new(text);

        Assert.Equal(text, name.ToString());
        Assert.Equal(Encoding.UTF8.GetByteCount(text), name.Length);
        Assert.Equal(name, new TaskName(Encoding.UTF8.GetBytes(text)));
        Assert.True(name.Equals(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Name_Beyond15Bytes_IsCut()
    {
        Assert.Equal("0123456789abcde", new TaskName("0123456789abcdef").ToString());
        Assert.Equal(15, new TaskName("0123456789abcdef").Length);
        Assert.Equal("0123456789abcd\ufffd", new TaskName("0123456789abcd\u00e9").ToString());
    }

    [Fact]
    public void Name_BehindANul_IsDropped()
    {
        TaskName name = new("ab\0cd"u8);

        Assert.Equal(2, name.Length);
        Assert.Equal("ab", name.ToString());
        Assert.True(name.Equals("ab"u8));
        Assert.True(name == new TaskName("ab"));
        Assert.Equal(new TaskName("ab").GetHashCode(), name.GetHashCode());
    }

    [Fact]
    public void Name_OfInvalidUtf8_BecomesReplacementsAndKeepsItsBytes()
    {
        TaskName name = new([0xFF, 0xFE, (byte)'a', 0xC3]);
        Span<byte> bytes = stackalloc byte[15];

        Assert.Equal("\ufffd\ufffda\ufffd", name.ToString());
        Assert.Equal(4, name.CopyTo(bytes));
        Assert.Equal([0xFF, 0xFE, (byte)'a', 0xC3], bytes[..4].ToArray());
    }

    [Fact]
    public void Name_ByDefault_IsEmpty()
    {
        Assert.Equal(0, default(TaskName).Length);
        Assert.Equal("", default(TaskName).ToString());
        Assert.Equal(default, new TaskName(""));
    }

    [Fact]
    public void Equality_OfNames_IsByteByByte()
    {
        TaskName name = new("node");

        Assert.True(name == new TaskName("node"u8));
        Assert.True(name.Equals((object)new TaskName("node")));
        Assert.Equal(name.GetHashCode(), new TaskName("node"u8).GetHashCode());
        Assert.True(name != new TaskName("Node"));
        Assert.True(name != new TaskName("node "));
        Assert.False(name.Equals("node"));
        Assert.False(name.Equals("nod"u8));
        Assert.False(name.Equals(null));
    }

    [Fact]
    public void Copy_IntoTooLittle_Throws() =>
        Assert.Throws<ArgumentException>(static () => new TaskName("node").CopyTo(new byte[3]));

    [Fact]
    public void Format_IntoUtf8_CopiesTheBytes()
    {
        TaskName name = new("h\u00e9");
        Span<byte> destination = stackalloc byte[3];

        Assert.True(name.TryFormat(destination, out int written, default, null));
        Assert.Equal(3, written);
        Assert.True(destination.SequenceEqual("h\u00e9"u8));
        Assert.False(name.TryFormat(destination[..2], out written, default, null));
        Assert.Equal(0, written);
    }
}
