using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class RemarkLineTests
{
    [Theory]
    [InlineData("sysrq: SysRq : Manual OOM execution", OomRemarkKind.SysRq)]
    [InlineData("Unable to purge GPU memory due lock contention.", OomRemarkKind.GpuMemory)]
    [InlineData("OOM killer enabled.", OomRemarkKind.KillerSwitch)]
    [InlineData("__ratelimit: 14 callbacks suppressed", OomRemarkKind.RateLimit)]
    [InlineData("memory_stat_format: Warning, stat buffer overflow, please report", OomRemarkKind.Statistics)]
    [InlineData("Fixed up OOM kill of mm-less task", OomRemarkKind.Kill)]
    [InlineData("Unable to start OOM reaper -12. Continuing regardless", OomRemarkKind.Reaper)]
    [InlineData("a b             R  running task    12345   411    400 0x0000000080000004", OomRemarkKind.Reaper)]
    [InlineData("oom_policy=lru", OomRemarkKind.Policy)]
    [InlineData("Kernel Offset: disabled", OomRemarkKind.Panic)]
    public void Remark_IsAboutItsSubject(string message, OomRemarkKind expected)
    {
        Assert.True(RemarkLine.TryClassify(Latin1.Bytes(message), out OomRemarkKind kind));
        Assert.Equal(expected, kind);
    }

    [Theory]
    [InlineData("sysrq: ")]
    [InlineData("SysRq : Changing Loglevel")]
    [InlineData("__ratelimit: ")]
    [InlineData("oom_policy=")]
    [InlineData("oom killer of the day")]
    [InlineData("task:x")]
    [InlineData("printk: bootconsole [earlyser0] disabled")]
    [InlineData("Rebooting in 5 seconds")]
    [InlineData("a               D    0   411    400 0x0000")]
    [InlineData("a               D    0   4x1    400 0x00000004")]
    [InlineData("a               1    0   411    400 0x00000004")]
    [InlineData("x 0x00000004")]
    public void Remark_OfOtherWords_IsNone(string message) => Assert.False(RemarkLine.TryClassify(Latin1.Bytes(message), out _));

    [Theory]
    [InlineData("Would have killed process 5 (a). But continuing instead.", true)]
    [InlineData("Fixed up OOM kill of mm-less task", false)]
    public void Spared_IsOneSentenceOnly(string message, bool expected) => Assert.Equal(expected, RemarkLine.IsSpared(Latin1.Bytes(message)));
}
