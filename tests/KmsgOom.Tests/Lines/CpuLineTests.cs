using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class CpuLineTests
{
    [Theory]
    [InlineData("Pid: 1234, comm: java Not tainted 2.6.32-642.6.2.el6.x86_64 #1", null, null, 1234, "java", "Not tainted", "2.6.32-642.6.2.el6.x86_64", "#1")]
    [InlineData("Pid: 7, comm: init Tainted: P           O 3.2.0-4-amd64 #1 Debian 3.2.41-2", null, null, 7, "init", "Tainted: P           O", "3.2.0-4-amd64", "#1 Debian 3.2.41-2")]
    [InlineData("CPU: 0 PID: 141 Comm: memhog Not tainted 6.1.0-50-s390x #1  Debian 6.1.176-1",
        0, null, 141, "memhog", "Not tainted", "6.1.0-50-s390x", "#1  Debian 6.1.176-1")]
    [InlineData("CPU: 21 PID: 42423 Comm: memcg_test_1 Kdump: loaded Tainted: G        W  OE  ------------   3.10.0-1160.el7.x86_64 #1",
        21, null, 42423, "memcg_test_1", "Tainted: G        W  OE  ------------", "3.10.0-1160.el7.x86_64", "#1")]
    [InlineData("CPU: 1 PID: 5 Comm: java Tainted: G               ------------ T 3.10.0-957.12.2.el7.x86_64 #1",
        1, null, 5, "java", "Tainted: G               ------------ T", "3.10.0-957.12.2.el7.x86_64", "#1")]
    [InlineData("CPU: 3 PID: 5 Comm: java Kdump: loaded Not tainted 4.18.0-147.5.1.el8_1.x86_64 #1", 3, null, 5, "java", "Not tainted", "4.18.0-147.5.1.el8_1.x86_64", "#1")]
    [InlineData("CPU: 0 PID: 9 Comm: stress Not tainted 4.15.0-46-generic #49-Ubuntu", 0, null, 9, "stress", "Not tainted", "4.15.0-46-generic", "#49-Ubuntu")]
    [InlineData("CPU: 0 PID: 9 Comm: a Not tainted 5.19.0 #1 0123456789abcdef0123456789abcdef01234567", 0, null, 9, "a", "Not tainted", "5.19.0", "#1 0123456789abcdef0123456789abcdef01234567")]
    [InlineData("CPU: 2 UID: 4294967294 PID: 9 Comm: a Not tainted 6.12.0 #1 Debian 6.12.117-1", 2, 4294967294u, 9, "a", "Not tainted", "6.12.0", "#1 Debian 6.12.117-1")]
    [InlineData("CPU: 10 UID: 1000 PID: 20957 Comm: systemd Not tainted 6.17.3-arch2-1-lily #1 PREEMPT(full)  5546952e0558be8ad192ae6bf444bb1ecb351d96",
        10, 1000u, 20957, "systemd", "Not tainted", "6.17.3-arch2-1-lily", "#1 PREEMPT(full)  5546952e0558be8ad192ae6bf444bb1ecb351d96")]
    [InlineData("CPU: 1 PID: 5 Comm: java ve: 101 Not tainted 3.10.0-1062.vz7.1 #1", 1, null, 5, "java", "Not tainted", "3.10.0-1062.vz7.1", "#1")]
    [InlineData("CPU: 1 PID: 5 Comm: java ve: 0b1c-ct Kdump: loaded Not tainted 3.10.0-1062.vz7.1 #1", 1, null, 5, "java", "Not tainted", "3.10.0-1062.vz7.1", "#1")]
    [InlineData("CPU: 0 UID: 0 PID: 1 Comm: a Not tainted 7.3.4 #1 PREEMPT(lazy)  Debian 7.3.4-1~bpo13+1 ", 0, 0u, 1, "a", "Not tainted", "7.3.4", "#1 PREEMPT(lazy)  Debian 7.3.4-1~bpo13+1")]
    [InlineData("CPU: 0 UID: 0 PID: 1 Comm: a Tainted: P           OE       6.17.0 #1 PREEMPT_RT ", 0, 0u, 1, "a", "Tainted: P           OE", "6.17.0", "#1 PREEMPT_RT")]
    public void Cpu_OfEveryEra_IsReadWhole(
        string message, int? cpu, uint? uid, int? pid, string name, string tainted, string release, string version)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(CpuLine.IsMatch(text));
        Assert.True(CpuLine.TryParse(text, out CpuLine line));
        Assert.Equal(cpu, line.Cpu);
        Assert.Equal(uid, line.Uid);
        Assert.Equal(pid, line.Pid);
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal(tainted, Latin1.Text(line.Tainted, text));
        Assert.Equal(release, Latin1.Text(line.Release, text));
        Assert.Equal(version, Latin1.Text(line.Version, text));
    }

    [Theory]
    [InlineData("CPU: 7 PID: 8 Comm: fox Kdump: loaded Tainted: P           OE")]
    [InlineData("CPU: 7 PID: 8 Comm: fox Tainted: P           OE ")]
    public void Cpu_CutBehindTheTaint_HasAName_AndNoRelease(string message)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(CpuLine.TryParse(text, out CpuLine line));
        Assert.Equal("fox", Latin1.Text(line.Name, text));
        Assert.False(line.Release.IsPresent);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Cpu_WithHostileName_KeepsItWhole(string name)
    {
        AssertName(name, $"CPU: 0 UID: 1000 PID: 5 Comm: {name} Not tainted 6.12.0 #1", "Not tainted");
        AssertName(name, $"CPU: 0 PID: 5 Comm: {name} Not tainted 4.15.0 #1", "Not tainted");
        AssertName(name, $"Pid: 5, comm: {name} Not tainted 2.6.32 #1", "Not tainted");
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Cpu_WithHostileNameOnTaintedKernel_KeepsItWhole(string name)
    {
        AssertName(name, $"CPU: 0 PID: 5 Comm: {name} Tainted: G        W  OE 4.15.0 #1", "Tainted: G        W  OE");
        AssertName(name, $"CPU: 0 PID: 5 Comm: {name} Kdump: loaded Tainted: G        W 4.18.0 #1", "Tainted: G        W");
    }

    [Fact]
    public void Cpu_CutBehindTheTaint_HasNoRelease()
    {
        byte[] text = Latin1.Bytes("CPU: 3 PID: 1413 Comm: a Tainted: G S      W   E");

        Assert.True(CpuLine.TryParse(text, out CpuLine line));
        Assert.Equal("Tainted: G S      W   E", Latin1.Text(line.Tainted, text));
        Assert.False(line.Release.IsPresent);
    }

    [Theory]
    [InlineData("CPU: 1 PID: 411 Comm: new", 1, 411)]
    [InlineData("CPU: 1 PID: 411 Comm: ", 1, 411)]
    [InlineData("Pid: 411, comm: new", null, 411)]
    public void Cpu_CutInsideTheName_GivesWhatStandsBefore(string message, int? cpu, int pid)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(CpuLine.IsMatch(text));
        Assert.False(CpuLine.TryParse(text, out CpuLine line));
        Assert.Equal(cpu, line.Cpu);
        Assert.Equal(pid, line.Pid);
    }

    [Theory]
    [InlineData("CPU: Physical Processor ID: 0")]
    [InlineData("CPU0: Core temperature above threshold")]
    [InlineData("CPU    0: hi:  186, btch:  31 usd:   0")]
    [InlineData("Pid: 1234")]
    public void Cpu_WithoutItsWords_IsNone(string message) => Assert.False(CpuLine.IsMatch(Latin1.Bytes(message)));

    private static void AssertName(string name, string message, string tainted)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(CpuLine.IsMatch(text));
        Assert.True(CpuLine.TryParse(text, out CpuLine line));
        Assert.Equal(name, Latin1.Text(line.Name, text));
        Assert.Equal(5, line.Pid);
        Assert.Equal(tainted, Latin1.Text(line.Tainted, text));
        Assert.Equal("#1", Latin1.Text(line.Version, text));
    }
}
