namespace KmsgOom.Tests.Envelopes;

public sealed class SyslogEnvelopeTests
{
    [Theory]
    [InlineData("Aug 16 20:29:54 host kernel: text", "host", -1, "2026-08-16T20:29:54")]
    [InlineData("Aug  6 20:29:54 host kernel: text", "host", -1, "2026-08-06T20:29:54")]
    [InlineData("Aug 16 20:29:54 host kernel: [1310061.327439] text", "host", 1_310_061_327_439, "2026-08-16T20:29:54")]
    [InlineData("Aug 16 20:29:54 host kernel: [    1.234567] text", "host", 1_234_567, "2026-08-16T20:29:54")]
    [InlineData("Aug 16 20:29:54 host klogd: text", "host", -1, "2026-08-16T20:29:54")]
    [InlineData("Aug 16 20:29:54 kernel: text", "", -1, "2026-08-16T20:29:54")]
    [InlineData("Aug 16 20:29:54 kernel: [    1.234567] text", "", 1_234_567, "2026-08-16T20:29:54")]
    [InlineData("Jun 13 09:14:58.123456 host kernel: text", "host", -1, "2026-06-13T09:14:58.123456")]
    [InlineData("Jun 13 09:14:58.123456 kernel: text", "", -1, "2026-06-13T09:14:58.123456")]
    [InlineData("Jun 13 09:14:58 node-1.example.org kernel: text", "node-1.example.org", -1, "2026-06-13T09:14:58")]
    [InlineData("<4>Nov 23 18:17:43 host kernel: [   41.951234] text", "host", 41_951_234, "2026-11-23T18:17:43")]
    [InlineData("Aug 16 20:29:54 host kern.warn kernel: text", "host", -1, "2026-08-16T20:29:54")]
    [InlineData("Aug 16 20:29:54 host kern.warn kernel: [    1.234567] text", "host", 1_234_567, "2026-08-16T20:29:54")]
    [InlineData("Aug 16 20:29:54 10.0.0.5 host kernel: text", "host", -1, "2026-08-16T20:29:54")]
    [InlineData("Aug 16 20:29:54 host user.err kernel: [    1.234567] text", "host", 1_234_567, "2026-08-16T20:29:54")]
    [InlineData("Aug 16 20:29:54 kern.info kernel: [    1.234567] text", "", 1_234_567, "2026-08-16T20:29:54")]
    [InlineData("Aug 6 20:29:54 host kernel: text", "host", -1, "2026-08-06T20:29:54")]
    public void Rfc3164_OfTheKernel_GivesAllItPrinted(string line, string host, long uptime, string wall) =>
        Unwrapped.Last(line).AssertIs("text", host, uptime, wall, "Kernel");

    [Theory]
    [InlineData("2023-12-04T10:49:30.127345+00:00 host kernel: [  123.450000] text", "host", 123_450_000, "2023-12-04T10:49:30.127345Z")]
    [InlineData("2023-12-04T10:49:30.127345+02:00 host kernel: text", "host", -1, "2023-12-04T10:49:30.127345+02:00")]
    [InlineData("2023-12-04T10:49:30Z host kernel: text", "host", -1, "2023-12-04T10:49:30Z")]
    [InlineData("2023-12-04 10:49:30 host kernel: text", "host", -1, "2023-12-04T10:49:30")]
    [InlineData("2023-12-04 10:49:30.5+02:00 host kernel: [    1.234567] text", "host", 1_234_567, "2023-12-04T10:49:30.500000+02:00")]
    [InlineData("2023-12-04T10:49:30Z WARNING kernel: [    1.234567] text", "", 1_234_567, "2023-12-04T10:49:30Z")]
    [InlineData("2023-06-13T09:14:58+0000 host kernel: text", "host", -1, "2023-06-13T09:14:58Z")]
    [InlineData("2023-06-13T09:14:58-0730 host kernel: text", "host", -1, "2023-06-13T09:14:58-07:30")]
    [InlineData("2023-06-13T09:14:58.123456+0100 host kernel: text", "host", -1, "2023-06-13T09:14:58.123456+01:00")]
    [InlineData("2023-06-13T09:14:58+0000 kernel: text", "", -1, "2023-06-13T09:14:58Z")]
    [InlineData("<4>2026-11-23T18:17:43.753503+00:00 host kernel: [   41.951234] text", "host", 41_951_234, "2026-11-23T18:17:43.753503Z")]
    public void Rfc3339_OfTheKernel_GivesAllItPrinted(string line, string host, long uptime, string wall) =>
        Unwrapped.Last(line).AssertIs("text", host, uptime, wall, "Kernel");

    [Theory]
    [InlineData("Tue 2023-06-13 09:14:58 UTC host kernel: text", "host", "2023-06-13T09:14:58Z")]
    [InlineData("Fri 2023-01-13 09:14:58 CET host kernel: text", "host", "2023-01-13T09:14:58")]
    [InlineData("Tue 2023-06-13 09:14:58 CEST host kernel: text", "host", "2023-06-13T09:14:58")]
    [InlineData("Tue 2023-06-13 09:14:58 UTC kernel: text", "", "2023-06-13T09:14:58Z")]
    [InlineData("Tue 2023-06-13 09:14:58 CEST kernel: text", "", "2023-06-13T09:14:58")]
    [InlineData("1686647698.123456 host kernel: text", "host", "2023-06-13T09:14:58.123456Z")]
    [InlineData("1686647698.123456 kernel: text", "", "2023-06-13T09:14:58.123456Z")]
    public void Journal_FullOrUnix_GivesTheZoneWhereItIsUtc(string line, string host, string wall) =>
        Unwrapped.Last(line).AssertIs("text", host, -1, wall, "Kernel");

    [Theory]
    [InlineData("[   12.345678] host kernel: text", "host")]
    [InlineData("[   12.345678] kernel: text", "")]
    public void Journal_Monotonic_GivesUptime(string line, string host)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);

        unwrapped.AssertIs("text", host, 12_345_678, null, "Kernel");
        Assert.Equal(KernelLogWrappers.JournalMonotonic, unwrapped.Wrappers);
    }

    [Theory]
    [InlineData("Aug 16 20:29:54 host systemd[1]: text", "host")]
    [InlineData("Aug 16 20:29:54 host dockerd[812]: text", "host")]
    [InlineData("Aug 16 20:29:54 systemd[1]: text", "")]
    [InlineData("Aug 16 20:29:54 host kernelstub: text", "host")]
    [InlineData("Jun 13 09:14:58.123456 host (sd-pam)[77]: text", "host")]
    [InlineData("2023-12-04T10:49:30.127345+00:00 host dockerd[812]: text", "host")]
    [InlineData("Tue 2023-06-13 09:14:58 UTC host systemd[1]: text", "host")]
    [InlineData("1686647698.123456 host systemd[1]: text", "host")]
    [InlineData("[   12.345678] host systemd[1]: text", "host")]
    [InlineData("<30>Nov 23 18:17:43 host dockerd[812]: text", "host")]
    public void Tag_OfAProgram_TellsTheOrigin(string line, string host)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);

        Assert.Equal("text", unwrapped.Message);
        Assert.Equal(host, unwrapped.Host);
        Assert.Equal("Program", unwrapped.Origin);
    }

    [Theory]
    [InlineData("Out of memory: Killed process 5 (a) total-vm:1kB")]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null)")]
    [InlineData(" invoked oom-killer: gfp_mask=0x0(), order=0")]
    [InlineData("[  pid  ]   uid  tgid total_vm")]
    [InlineData("[    156]     0   156   153531")]
    [InlineData("[c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0")]
    [InlineData("a: b: c")]
    public void Message_WithColonsOrBrackets_IsKeptWhole(string message)
    {
        Assert.Equal(message, Unwrapped.Last("Aug 16 20:29:54 host kernel: " + message).Message);
        Assert.Equal(message, Unwrapped.Last("Aug 16 20:29:54 kernel: " + message).Message);
        Assert.Equal(message, Unwrapped.Last("2023-12-04T10:49:30Z host kernel: [    1.000000] " + message).Message);
        Assert.Equal(message, Unwrapped.Last("[    1.000000] host kernel: " + message).Message);
    }

    [Theory]
    [InlineData("Aug 16 20:29:54 host kernel: ")]
    [InlineData("Aug 16 20:29:54 host kernel:")]
    [InlineData("2023-12-04T10:49:30Z host kernel: ")]
    public void Message_ThatIsEmpty_IsStillTheKernels(string line)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);

        Assert.Equal("", unwrapped.Message);
        Assert.Equal("host", unwrapped.Host);
        Assert.Equal("Kernel", unwrapped.Origin);
    }

    [Fact]
    public void Uptime_BeforeAProgramsWords_IsNoHost() =>
        Unwrapped.Last("[   12.345678] systemd[1]: Started foo").AssertIs("systemd[1]: Started foo", "", 12_345_678, null, "Unknown");
}
