using KmsgOom.Lines;

namespace KmsgOom.Tests.Lines;

public sealed class NoKillableLineTests
{
    [Fact]
    public void NoKillable_Printed_HasItsStart()
    {
        Assert.True("Out of memory and no killable processes..."u8.StartsWith(NoKillableLine.Start));
        Assert.False("Out of memory: Killed process 5 (a)"u8.StartsWith(NoKillableLine.Start));
    }
}
