using System.Text;
using KmsgOom.Tests.Support;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Envelopes;

/// <summary>Syslog headers with a month in another language, or with a host that somebody masked.</summary>
public sealed class LocalHeaderTests
{
    [Theory]
    [InlineData("апр 28 01:23:30", "2026-04-28T01:23:30")]
    [InlineData("июл 24 01:20:00", "2026-07-24T01:20:00")]
    [InlineData("мая  4 01:20:00", "2026-05-04T01:20:00")]
    [InlineData("дек 20 23:59:59", "2025-12-20T23:59:59")]
    [InlineData("jun 20 03:23:46", "2026-06-20T03:23:46")]
    [InlineData("mars 24 03:23:46", "2026-03-24T03:23:46")]
    [InlineData("juil. 24 03:23:46", "2026-07-24T03:23:46")]
    [InlineData("févr. 20 03:23:46.123456", "2026-02-20T03:23:46.123456")]
    [InlineData("Mär 24 03:23:46", "2026-03-24T03:23:46")]
    [InlineData("Mai  4 03:23:46", "2026-05-04T03:23:46")]
    [InlineData("mai 14 03:23:46", "2026-05-14T03:23:46")]
    [InlineData("okt 20 03:23:46", "2026-10-20T03:23:46")]
    [InlineData("des 20 03:23:46", "2025-12-20T03:23:46")]
    [InlineData("6月 20 03:23:46", "2026-06-20T03:23:46")]
    [InlineData("11月  2 03:23:46", "2026-11-02T03:23:46")]
    [InlineData("6월 20 03:23:46", "2026-06-20T03:23:46")]
    [InlineData("July 12 13:11:19", "2026-07-12T13:11:19")]
    [InlineData("October 2 13:11:19", "2026-10-02T13:11:19")]
    [InlineData("December 2 13:11:19", "2025-12-02T13:11:19")]
    [InlineData("Juni 20 13:11:19", "2026-06-20T13:11:19")]
    public void Header_OfAnotherLanguage_GivesAllItPrinted(string time, string wall)
    {
        string header = Latin1.Text(Encoding.UTF8.GetBytes(time));

        Unwrapped.Last(header + " node-1 kernel: text").AssertIs("text", "node-1", -1, wall, "Kernel");
        Unwrapped.Last(header + " node-1 kernel: [ 8267.512850] text").AssertIs("text", "node-1", 8_267_512_850, wall, "Kernel");
        Unwrapped.Last(header + " kernel: text").AssertIs("text", "", -1, wall, "Kernel");
        Unwrapped.Last(header + " node-1 systemd[1]: text").AssertIs("text", "node-1", -1, wall, "Program");
        Unwrapped.Last("> " + header + " node-1 kernel: text").AssertIs("text", "node-1", -1, wall, "Kernel");
    }

    [Theory]
    [InlineData("mai 14 03:23:46 it was full again")]
    [InlineData("mai 14 03:23 node-1 kernel: text")]
    [InlineData("may 14 03:23:46 be too late for us")]
    [InlineData("mars 14 25:23:46 node-1 kernel: text")]
    [InlineData("mars: 14 03:23:46 node-1 kernel: text")]
    [InlineData("early mars 14 03:23:46 node-1 kernel: text")]
    [InlineData("mars 14th 03:23:46 node-1 kernel: text")]
    [InlineData("venus 14 03:23:46 node-1 kernel: text")]
    public void Month_InProse_IsNoHeader(string line) => Unwrapped.Last(line).AssertIs(line, "", -1, null, "Unknown");

    [Theory]
    [InlineData("mai 32 03:23:46 node-1 kernel: text")]
    [InlineData("mai 03:23:46 node-1 kernel: text")]
    [InlineData("13\u00E6\u009C\u0088 14 03:23:46 node-1 kernel: text")]
    public void Date_ThatIsNone_GivesNoTime(string line) => Assert.Null(Unwrapped.Last(line).Wall);

    [Theory]
    [InlineData("[hostname]")]
    [InlineData("<host>")]
    [InlineData("{host}")]
    [InlineData("<my.host-1>")]
    public void Host_ThatIsMasked_IsAHost(string host)
    {
        Unwrapped.Last($"Jan 6 07:32:35 {host} kernel: [   12.345678] text").AssertIs("text", host, 12_345_678, "2026-01-06T07:32:35", "Kernel");
        Unwrapped.Last($"Jan  6 07:32:35 {host} kernel: text").AssertIs("text", host, -1, "2026-01-06T07:32:35", "Kernel");
        Unwrapped.Last($"Jan  6 07:32:35 {host} earlyoom[26]: text").AssertIs("text", host, -1, "2026-01-06T07:32:35", "Program");
        Unwrapped.Last($"2026-01-06T07:32:35Z {host} kernel: text").AssertIs("text", host, -1, "2026-01-06T07:32:35Z", "Kernel");
    }

    [Theory]
    [InlineData("[12345.678901] a: text")]
    [InlineData("[<ffffffff81401c43>] ? b[1]: text")]
    [InlineData("[c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0")]
    [InlineData("<4>kernel: text")]
    [InlineData("[hostname] text: more")]
    [InlineData("{host: kernel: text")]
    [InlineData("[T123] CPU: 3")]
    public void Bracket_ThatIsNoHost_IsNone(string message) => Assert.Equal("", Unwrapped.Last("Aug 16 20:29:54 " + message).Host);

    [Fact]
    public void Kill_OfEarlyoomOnAMaskedHost_IsAnEvent()
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse("Oct  7 19:16:10 <host> earlyoom[26]: sending SIGTERM to process 578 uid 1000 \"editor\": badness 866, VmRSS 5 MiB\n", Golden.Options));

        Assert.Equal(OomEventKind.UserspaceKill, oomEvent.Kind);
        Assert.Equal("<host>", oomEvent.Host);
        Assert.Equal(578, Assert.Single(oomEvent.Victims).Pid);
    }

    [Fact]
    public void Kill_AloneInAnotherLanguage_IsAnEvent()
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse("апр 28 01:23:30 node-1 kernel: Out of memory: Kill process 275 (shell) score 572 or sacrifice child\n", Golden.Options));

        Assert.Equal("node-1", oomEvent.Host);
        Assert.Equal("2026-04-28T01:23:30", oomEvent.Time?.ToString());
        Assert.Equal(275, oomEvent.Announced?.Pid);
    }

    [Theory]
    [InlineData(" kern: warning: [2025-05-18T15:40:20.653515542Z]: ", "", "2025-05-18T15:40:20.653515Z", "Kernel")]
    [InlineData("kern:    info: [2024-08-22T17:35:35Z]: ", "", "2024-08-22T17:35:35Z", "Kernel")]
    [InlineData("10.5.0.2: kern: warning: [2022-01-25T10:35:59.108125566Z]: ", "10.5.0.2", "2022-01-25T10:35:59.108125Z", "Kernel")]
    [InlineData("cp-1: kern:     err: [2022-01-25T10:35:59.1Z]: ", "cp-1", "2022-01-25T10:35:59.100000Z", "Kernel")]
    [InlineData("fd00::2: user: warning: [2022-01-25T10:35:59.1Z]: ", "fd00::2", "2022-01-25T10:35:59.100000Z", "Program")]
    public void Talosctl_GivesAllItPrinted(string header, string host, string wall, string origin)
    {
        Unwrapped unwrapped = Unwrapped.Last(header + "[ 119588]  1001 119588    55434     3501   176128        5           996 db");

        unwrapped.AssertIs("[ 119588]  1001 119588    55434     3501   176128        5           996 db", host, -1, wall, origin);
        Assert.Equal(KernelLogWrappers.FacilityLevel | KernelLogWrappers.TimePrefix, unwrapped.Wrappers & ~KernelLogWrappers.Pasted);
        Assert.Equal("", Unwrapped.Last(header.TrimEnd()).Message);
    }

    [Theory]
    [InlineData("kern: loud: [2024-08-22T17:35:35Z]: text")]
    [InlineData("kern: info: [2024-08-22]: text")]
    [InlineData("kern: info: text")]
    [InlineData("CPU: 3 PID: [2024-08-22T17:35:35Z]: text")]
    [InlineData("a-node-whose-name-is-longer-than-all-that-a-header-of-this-kind-holds-from-facility-to-time: kern")]
    [InlineData("memory.stat-of-a-cgroup-whose-path-is-longer-than-all-that-a-header-of-this-kind-holds-from-facility-to-time: ")]
    [InlineData("kern: ")]
    [InlineData("kern: warning: [")]
    [InlineData("kern: warning: [2024-08-22T17:35:35Z")]
    [InlineData("a: kern: ")]
    public void Line_LikeTalosctls_IsKeptWhole(string line) => Unwrapped.Last(line).AssertIs(line, "", -1, null, "Unknown");
}
