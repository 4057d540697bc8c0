namespace KmsgOom.Tests.Envelopes;

public sealed class DmesgEnvelopeTests
{
    [Theory]
    [InlineData("[    0.000000] text", "text", 0)]
    [InlineData("[   12.345678] text", "text", 12_345_678)]
    [InlineData("[12345.678901] text", "text", 12_345_678_901)]
    [InlineData("[1310061.327439] text", "text", 1_310_061_327_439)]
    [InlineData("[   12.345678]  <TASK>", " <TASK>", 12_345_678)]
    [InlineData("[   12.345678]  invoked oom-killer: gfp_mask=0x0()", " invoked oom-killer: gfp_mask=0x0()", 12_345_678)]
    [InlineData("[   12.345678] ", "", 12_345_678)]
    [InlineData("[   12.345678]", "", 12_345_678)]
    [InlineData("[    0.123456 <    0.000012>] text", "text", 123_456)]
    [InlineData("[   12.345678@0] text", "text", 12_345_678)]
    [InlineData("[   12.345678@11]  text", "text", 12_345_678)]
    [InlineData("[   12.345678@3]d text", "text", 12_345_678)]
    [InlineData("[   12.345678@3]den", "den", 12_345_678)]
    [InlineData("[   12.345] text", "text", 12_345_000)]
    [InlineData("[1234567.890] text", "text", 1_234_567_890_000)]
    [InlineData("[   51.587326] [  pid  ]   uid  tgid total_vm", "[  pid  ]   uid  tgid total_vm", 51_587_326)]
    [InlineData("[   51.587326] [    156]     0   156", "[    156]     0   156", 51_587_326)]
    [InlineData("[   51.587326] [c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0",
        "[c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0", 51_587_326)]
    public void Uptime_BeforeMessage_IsTakenOff(string line, string message, long uptime) =>
        Unwrapped.Last(line).AssertIs(message, "", uptime, null, "Unknown");

    [Theory]
    [InlineData("[    1.234567][  T123] text", "text", 1_234_567)]
    [InlineData("[   12.345678][    C0] text", "text", 12_345_678)]
    [InlineData("[   12.345678][T1234567] text", "text", 12_345_678)]
    [InlineData("[   12.345678] [   T123] text", "text", 12_345_678)]
    [InlineData("[   12.345678][  T123] [  pid  ]   uid", "[  pid  ]   uid", 12_345_678)]
    [InlineData("[   12.345678][  T123]  <TASK>", " <TASK>", 12_345_678)]
    public void Uptime_WithCaller_LosesTheCallerToo(string line, string message, long uptime) =>
        Unwrapped.Last(line).AssertIs(message, "", uptime, null, "Unknown");

    /// <summary>CONFIG_PRINTK_CALLER without printk.time: the caller is all there is.</summary>
    [Theory]
    [InlineData("[  T123] text")]
    [InlineData("[    C0] text")]
    public void Caller_WithoutUptime_IsTakenOff(string line) => Unwrapped.Last(line).AssertIs("text", "", -1, null, "Unknown");

    [Theory]
    [InlineData("[Thu May 14 23:17:24 2020] text", "2020-05-14T23:17:24")]
    [InlineData("[Sat May  2 03:07:04 2020] text", "2020-05-02T03:07:04")]
    [InlineData("[Sat Feb 29 00:00:00 2020] text", "2020-02-29T00:00:00")]
    [InlineData("[Thu May 14 23:17:24 2020 <    0.000012>] text", "2020-05-14T23:17:24")]
    [InlineData("[Thu May 14 23:17:24 2020] [   T123] text", "2020-05-14T23:17:24")]
    public void Ctime_BeforeMessage_GivesWallClockWithoutZone(string line, string wall) =>
        Unwrapped.Last(line).AssertIs("text", "", -1, wall, "Unknown");

    [Theory]
    [InlineData("kern  :warn  : [   12.345678] text", 12_345_678, null, "Kernel")]
    [InlineData("kern  :emerg : [   12.345678] text", 12_345_678, null, "Kernel")]
    [InlineData("kern  :notice: [   12.345678] text", 12_345_678, null, "Kernel")]
    [InlineData("kern  :err   : text", -1, null, "Kernel")]
    [InlineData("kern  :info  : [Thu May 14 23:17:24 2020] text", -1, "2020-05-14T23:17:24", "Kernel")]
    [InlineData("kern  :info  : 2020-05-14T23:17:24,123456+00:00 text", -1, "2020-05-14T23:17:24.123456Z", "Kernel")]
    [InlineData("user  :warn  : [   12.345678] text", 12_345_678, null, "Program")]
    [InlineData("daemon:info  : [   12.345678] text", 12_345_678, null, "Program")]
    [InlineData("syslog:debug : [   12.345678] text", 12_345_678, null, "Program")]
    [InlineData("local0:alert : [   12.345678] text", 12_345_678, null, "Program")]
    [InlineData("authpriv:crit  : [   12.345678] text", 12_345_678, null, "Program")]
    public void FacilityAndLevel_OfDmesgX_TellTheOrigin(string line, long uptime, string? wall, string origin) =>
        Unwrapped.Last(line).AssertIs("text", "", uptime, wall, origin);

    [Theory]
    [InlineData("<4>[   12.345678] text", 12_345_678, "Kernel")]
    [InlineData("<0>[   12.345678] text", 12_345_678, "Kernel")]
    [InlineData("<7>[   12.345678][  T123] text", 12_345_678, "Kernel")]
    [InlineData("<6>text", -1, "Kernel")]
    [InlineData("<12>[   12.345678] text", 12_345_678, "Program")]
    [InlineData("<30>text", -1, "Program")]
    [InlineData("<191>text", -1, "Program")]
    public void Priority_OfDmesgR_TellsTheOrigin(string line, long uptime, string origin) =>
        Unwrapped.Last(line).AssertIs("text", "", uptime, null, origin);

    [Theory]
    [InlineData("2020-05-14T23:17:24,123456+00:00 text", "2020-05-14T23:17:24.123456Z")]
    [InlineData("2020-05-14T23:17:24,000000+02:00 text", "2020-05-14T23:17:24+02:00")]
    [InlineData("2020-05-14T23:17:24,123456+00:00 [   T123] text", "2020-05-14T23:17:24.123456Z")]
    [InlineData("2020-05-14T23:17:24,123456-05:30 text", "2020-05-14T23:17:24.123456-05:30")]
    public void Iso_OfDmesg_GivesWallClockWithOffset(string line, string wall) =>
        Unwrapped.Last(line).AssertIs("text", "", -1, wall, "Unknown");

    [Theory]
    [InlineData("[Thu May 14 23:17:24 2020] [   12.345678] text", 12_345_678, "2020-05-14T23:17:24")]
    [InlineData("2020-05-14T23:17:24,123456+00:00 [   12.345678] text", 12_345_678, "2020-05-14T23:17:24.123456Z")]
    public void Prefixes_InARow_AreAllTakenOff(string line, long uptime, string wall)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);

        Assert.Equal("text", unwrapped.Message);
        Assert.Equal(uptime, unwrapped.Uptime);
        Assert.Equal(wall, unwrapped.Wall);
    }

    [Theory]
    [InlineData("[  123]     0   123    27053      412   1     -17         -1000 sshd")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss cpu oom_adj name")]
    [InlineData("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name")]
    [InlineData("[c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0 (unreliable)")]
    [InlineData(" [<c01408cb>] out_of_memory+0x69/0x18e")]
    [InlineData("[<c0012fcc>] (dump_backtrace) from [<c00131a4>] (show_stack+0x20/0x24)")]
    [InlineData("[   12.34] text")]
    [InlineData("[   12.345]text")]
    [InlineData("[   12.345678@] text")]
    [InlineData("[   12.345678@a] text")]
    [InlineData("[   -1.345678] text")]
    [InlineData("[Thu Mai 32 23:17:24 2020] text")]
    [InlineData("[Thu May 14 24:17:24 2020] text")]
    [InlineData("<192>text")]
    [InlineData("<TASK>")]
    [InlineData("</TASK>")]
    [InlineData("kern:warn: text")]
    [InlineData("[")]
    [InlineData("<")]
    public void Prefix_ThatIsNone_StaysInTheMessage(string line) => Unwrapped.Last(line).AssertIs(line, "", -1, null, "Unknown");
}
