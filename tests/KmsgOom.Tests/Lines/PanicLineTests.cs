using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class PanicLineTests
{
    [Theory]
    [InlineData("Out of memory and no killable processes...")]
    [InlineData("System is deadlocked on memory")]
    [InlineData("out of memory. panic_on_oom is selected")]
    [InlineData("out of memory. Compulsory panic_on_oom is selected.")]
    [InlineData("out of memory from page fault. panic_on_oom is selected.")]
    [InlineData("out of memory(memcg). panic_on_oom is selected.")]
    [InlineData("Out of memory: compulsory panic_on_oom is enabled")]
    [InlineData("Out of memory: system-wide panic_on_oom is enabled")]
    public void Panic_ForWantOfMemory_GivesItsReason(string reason)
    {
        byte[] text = Latin1.Bytes("Kernel panic - not syncing: " + reason);

        Assert.True(PanicLine.IsMatch(text));
        Assert.Equal(reason, Latin1.Text(PanicLine.ParseReason(text), text));
    }

    [Theory]
    [InlineData("Kernel panic - not syncing: Fatal exception in interrupt")]
    [InlineData("Kernel panic - not syncing: VFS: Unable to mount root fs")]
    [InlineData("---[ end Kernel panic - not syncing: System is deadlocked on memory ]---")]
    [InlineData("Kernel Offset: disabled")]
    public void Panic_ForAnotherReason_IsNone(string message) => Assert.False(PanicLine.IsMatch(Latin1.Bytes(message)));
}
