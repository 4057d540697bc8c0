using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class MessagesDroppedLineTests
{
    [Theory]
    [InlineData("** 12 printk messages dropped **", 12)]
    [InlineData("** 1 printk messages dropped ** ", 1)]
    [InlineData("** 4294967295 printk messages dropped ** [   12.345678] text", 4294967295)]
    public void Dropped_Printed_IsCounted(string message, long expected)
    {
        Assert.True(MessagesDroppedLine.IsMatch(Latin1.Bytes(message)));
        Assert.True(MessagesDroppedLine.TryParse(Latin1.Bytes(message), out long count));
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData("** printk messages dropped **")]
    [InlineData("** -1 printk messages dropped **")]
    [InlineData("** 12 messages suppressed")]
    [InlineData("*** 12 printk messages dropped ***")]
    public void Dropped_WithoutItsWords_IsNone(string message) => Assert.False(MessagesDroppedLine.IsMatch(Latin1.Bytes(message)));
}
