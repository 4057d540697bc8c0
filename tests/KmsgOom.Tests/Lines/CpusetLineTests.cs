using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class CpusetLineTests
{
    private const string Container = "609e7ec068ac9642229a994438d5a1f68ab5fe9ef81748e367d35b997bd65ae8";

    [Theory]
    [InlineData("mem cpuset=" + Container + " mems_allowed=0", Container, "0")]
    [InlineData("java cpuset=/ mems_allowed=0-1,3", "/", "0-1,3")]
    [InlineData("CPU 0/KVM cpuset=vcpu0 mems_allowed=0-1", "vcpu0", "0-1")]
    [InlineData("java cpuset=odd dir (1),x=y mems_allowed=0", "odd dir (1),x=y", "0")]
    [InlineData("java cpuset=/ mems_allowed=", "/", "")]
    public void Cpuset_Printed_IsRead(string message, string cpuset, string memsAllowed)
    {
        byte[] line = Latin1.Bytes(message);

        Assert.True(CpusetLine.IsMatch(line));
        Assert.True(CpusetLine.TryParse(line, out TextRange cpusetRange, out TextRange memsRange));
        Assert.Equal(cpuset, Latin1.Text(cpusetRange, line));
        Assert.Equal(memsAllowed, Latin1.Text(memsRange, line));
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    [InlineData("x cpuset=y")]
    public void Cpuset_BehindHostileName_IsTheKernelsOwn(string name)
    {
        byte[] line = Latin1.Bytes(name + " cpuset=/ mems_allowed=0-3");

        Assert.True(CpusetLine.IsMatch(line));
        Assert.True(CpusetLine.TryParse(line, out TextRange cpuset, out TextRange memsAllowed));
        Assert.Equal("/", Latin1.Text(cpuset, line));
        Assert.Equal("0-3", Latin1.Text(memsAllowed, line));
    }

    [Theory]
    [InlineData("mem mems_allowed=0")]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0")]
    public void Cpuset_WithoutItsWords_IsNone(string message) => Assert.False(CpusetLine.IsMatch(Latin1.Bytes(message)));
}
