using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class MemcgProtectionLineTests
{
    [Theory]
    [InlineData("Memory cgroup min protection 0kB -- low protection 0kB", 0, 0)]
    [InlineData("Memory cgroup min protection 1024kB -- low protection 9007199254740988kB", 1024, 9007199254740988)]
    public void Protection_Printed_IsRead(string message, long min, long low)
    {
        Assert.True(MemcgProtectionLine.TryParse(Latin1.Bytes(message), out OomMemcgProtection protection));
        Assert.Equal(new OomMemcgProtection(min, low), protection);
    }

    [Theory]
    [InlineData("Memory cgroup min protection kB -- low protection 0kB")]
    [InlineData("Memory cgroup min protection 12kB")]
    [InlineData("Memory cgroup min protection 12kB -- low protection ")]
    [InlineData("Memory cgroup stats for /:")]
    public void Protection_Cut_IsNotRead(string message)
    {
        Assert.False(MemcgProtectionLine.TryParse(Latin1.Bytes(message), out OomMemcgProtection protection));
        Assert.Equal(default, protection);
    }
}
