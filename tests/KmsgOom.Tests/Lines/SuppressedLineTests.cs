using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class SuppressedLineTests
{
    [Theory]
    [InlineData("oom_kill_process: 14 callbacks suppressed", 14)]
    [InlineData("oom_kill_process: 1 callbacks suppressed", 1)]
    public void Suppressed_Printed_IsCounted(string message, long expected)
    {
        Assert.True(SuppressedLine.IsMatch(Latin1.Bytes(message)));
        Assert.True(SuppressedLine.TryParse(Latin1.Bytes(message), out long count));
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData("oom_kill_process: 14")]
    [InlineData("warn_alloc: 14 callbacks suppressed")]
    [InlineData("audit: 14 callbacks suppressed")]
    public void Suppressed_OfAnotherKind_IsNone(string message) => Assert.False(SuppressedLine.IsMatch(Latin1.Bytes(message)));

    [Theory]
    [InlineData("oom_kill_process: -1 callbacks suppressed")]
    [InlineData("oom_kill_process: x callbacks suppressed")]
    public void Suppressed_WithoutCount_IsNotRead(string message) => Assert.False(SuppressedLine.TryParse(Latin1.Bytes(message), out _));
}
