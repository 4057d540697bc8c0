using System.Globalization;
using System.Text;
using KmsgOom.Envelopes;
using KmsgOom.Tests.Support;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Envelopes;

public sealed class RareWrapTests
{
    private const string Kill = "Out of memory: Killed process 5 (a) total-vm:1kB";

    [Theory]
    [InlineData("2026-11-23T18:17:43.753503123Z stdout F [   12.345678] ", KernelLogWrappers.Cri | KernelLogWrappers.Uptime, "2026-11-23T18:17:43.753503Z")]
    [InlineData("2026-11-23T18:17:43.753503123Z stderr F ", KernelLogWrappers.Cri, "2026-11-23T18:17:43.753503Z")]
    [InlineData("2026-11-23T18:17:43.123456Z 00O [   12.345678] ", KernelLogWrappers.TimePrefix | KernelLogWrappers.Uptime, "2026-11-23T18:17:43.123456Z")]
    [InlineData("2026-11-23T18:17:43.123456Z 01E+", KernelLogWrappers.TimePrefix, "2026-11-23T18:17:43.123456Z")]
    [InlineData("[2026-11-23T18:17:43.123Z] ", KernelLogWrappers.TimePrefix, "2026-11-23T18:17:43.123000Z")]
    [InlineData("\u001B_bk;t=1700000000000\u0007", KernelLogWrappers.TimePrefix, "2023-11-14T22:13:20Z")]
    [InlineData("18:17:43 ", KernelLogWrappers.TimePrefix, null)]
    [InlineData("[18:17:43] ", KernelLogWrappers.TimePrefix, null)]
    [InlineData("2026-11-23_18:17:43.12345 kern.info: ", KernelLogWrappers.TimePrefix | KernelLogWrappers.FacilityLevel, "2026-11-23T18:17:43.123450")]
    [InlineData("2026-11-23T18:17:43.123Z In(05) vcpu-5 - Guest: <6>[   12.345678] ", KernelLogWrappers.VMware | KernelLogWrappers.Priority | KernelLogWrappers.Uptime, "2026-11-23T18:17:43.123000Z")]
    [InlineData("11-23 18:17:43.753     0     0 W kernel  : ", KernelLogWrappers.Logcat, "2026-11-23T18:17:43.753000")]
    [InlineData("11-23 18:17:43.753     0     0 I         : ", KernelLogWrappers.Logcat, "2026-11-23T18:17:43.753000")]
    [InlineData("E/kernel( 123): ", KernelLogWrappers.Logcat, null)]
    [InlineData("6|", KernelLogWrappers.Priority, null)]
    [InlineData("&lt;6&gt;[   12.345678] ", KernelLogWrappers.Html | KernelLogWrappers.Priority | KernelLogWrappers.Uptime, null)]
    [InlineData("<br>", KernelLogWrappers.Html, null)]
    [InlineData("> ", KernelLogWrappers.Quoted, null)]
    [InlineData(">> ", KernelLogWrappers.Quoted, null)]
    [InlineData("| [   12.345678] ", KernelLogWrappers.Quoted | KernelLogWrappers.Uptime, null)]
    [InlineData("    [   12.345678] ", KernelLogWrappers.Pasted | KernelLogWrappers.Uptime, null)]
    [InlineData("\u00C2\u00A0[   12.345678] ", KernelLogWrappers.Pasted | KernelLogWrappers.Uptime, null)]
    [InlineData("guest-7/console: [   12.345678] ", KernelLogWrappers.Other | KernelLogWrappers.Uptime, null)]
    public void Kill_BehindARareWrapper_IsTheMessage(string prefix, KernelLogWrappers wrappers, string? wall)
    {
        Unwrapped unwrapped = Unwrapped.Last(prefix + Kill);

        Assert.Equal(Kill, unwrapped.Message);
        Assert.Equal(wrappers, unwrapped.Wrappers & ~KernelLogWrappers.SyslogRfc3339);
        Assert.Equal(wall, unwrapped.Wall);
        Assert.NotEqual("Program", unwrapped.Origin);
    }

    [Theory]
    [InlineData("\"", "\",")]
    [InlineData("'", "\\n',")]
    [InlineData("\t\t\"", "\\n\" \\")]
    [InlineData("`", "`")]
    [InlineData("<p>", "</p>")]
    [InlineData("<pre><code>", "</code></pre>")]
    [InlineData("<span class=\"l\">", "</span><br />")]
    public void Marks_OnBothSides_AreTakenOff(string before, string after) => Assert.Equal(Kill, Unwrapped.Last(before + Kill + after).Message);

    [Theory]
    [InlineData("11-23 18:17:43.753   123   456 E lowmemd: ")]
    [InlineData("E/lowmemd( 123): ")]
    [InlineData("30|")]
    [InlineData("> Nov 23 18:17:43 host problem-detector[5]: ")]
    public void Line_OfAProgram_StaysOne(string prefix) => Assert.Equal("Program", Unwrapped.Last(prefix + Kill).Origin);

    [Theory]
    [InlineData("> a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("<p>a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("\"a\" invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("&lt;b invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData(" [    1.234567] invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("[  123]     0   123     4567      123    61440        0             0 > a")]
    [InlineData("Memory cgroup stats for /a [   12.345678] b:")]
    [InlineData("Task in /a> [   12.345678] b killed as a result of limit of /a")]
    public void Line_ThatIsBare_IsNotChanged(string line) => Assert.Equal(line, Unwrapped.Last(line).Message);

    [Theory]
    [InlineData("[   12.345678] ", "a&lt;b&gt; invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("[   12.345678] ", "> a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("Nov 23 18:17:43 host kernel: ", "Killed process 5 (a&amp;b) total-vm:1kB")]
    public void HostileName_BehindAnOrdinaryWrapper_IsNotChanged(string prefix, string message)
    {
        // Not even where the lines before went through a web page or a mail.
        Assert.Equal(message, Unwrapped.Last($"&lt;6&gt;[   12.345678] {Kill}", $"> {Kill}", prefix + message).Message);
    }

    [Theory]
    [InlineData("2026-11-23T18:17:43.753503123Z ")]
    [InlineData("2026-11-23T18:17:43.753503123Z stdout F ")]
    [InlineData("18:17:43 ")]
    [InlineData("W/kernel( 0): ")]
    public void HostileName_BehindATime_IsNotChanged(string prefix)
    {
        const string Trigger = "> a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";

        Assert.Equal(Trigger, Unwrapped.Last(prefix + Trigger).Message);
        Assert.Equal(Kill, Unwrapped.Last(prefix + "> [   12.345678] " + Kill).Message);
    }

    [Fact]
    public void Rows_BehindAMark_FollowTheLastLineOfInterest()
    {
        const string Row = "[  123]     0   123     4567      123    61440        0             0 a";

        Assert.Equal("> " + Row, Unwrapped.Last("> " + Row).Message);
        Assert.Equal(Row, Unwrapped.Last("> " + Kill, "> " + Row).Message);
        Assert.Equal("> " + Row, Unwrapped.Last("> " + Kill, Kill, "> " + Row).Message);
    }

    [Fact]
    public void Entities_AreUndoneInTheText() =>
        Assert.Equal("Killed process 5 (<a&'\">\u00C3 b)", Unwrapped.Last("&lt;6&gt;[   12.345678] Killed process 5 (&lt;a&amp;&#39;&quot;&gt;\u00C3&nbsp;b)").Message);

    [Fact]
    public void Pieces_OfALineThatCriCut_AreJoined()
    {
        const string Time = "2026-11-23T18:17:43.753503123Z stdout ";

        Assert.Equal(Kill, Unwrapped.Last($"{Time}P [   12.345678] {Kill[..20]}", $"{Time}P {Kill[20..30]}", $"{Time}F {Kill[30..]}").Message);
        Assert.Equal("", Unwrapped.Last($"{Time}P [   12.345678] {Kill[..20]}").Message);
    }

    [Fact]
    public void Format_ThatWasAskedFor_HasNoRareWrappers()
    {
        Assert.Equal("> " + Kill, Unwrapped.LastAs(KernelLogFormat.Bare, "> " + Kill).Message);
        Assert.Equal("> " + Kill, Unwrapped.LastAs(KernelLogFormat.Dmesg, "> " + Kill).Message);
    }

    [Theory]
    [InlineData("c0 1234 text", 8)]
    [InlineData("c12   34 text", 9)]
    [InlineData("[0:        kswapd0:   45] text", 26)]
    [InlineData("(0)[45:kswapd0]text", 15)]
    [InlineData("[  123]     0   123", 0)]
    [InlineData("copy_process+0x1/0x2", 0)]
    [InlineData("c0", 0)]
    [InlineData("(sd-pam) invoked oom-killer", 0)]
    [InlineData("[<ffffffff81401c43>] dump_stack+0x63/0x90", 0)]
    public void Length_OfAVendorsPrefix_IsTold(string message, int length) => Assert.Equal(length, VendorPrefix.Length(Latin1.Bytes(message)));

    /// <summary>A syslog header behind whatever tells host and time, so that lines of two hosts that <c>pdsh</c> or a collector mixed are told apart.</summary>
    [Theory]
    [InlineData("{0}: ", "Nov 23 18:17:43 {0} kernel: ", true)]
    [InlineData("npd-x7k2 \u203A npd ", "Nov  3 18:17:43 {0} kernel: ", true)]
    [InlineData("EVENTS\t3775\t1795457863123\ti-0abc/kernel\t1795457863000\t", "2026-11-23T18:17:43.123456+00:00 {0} kernel: ", true)]
    [InlineData("line=\"", "2026-11-23T18:17:43Z {0} kernel: ", true)]
    [InlineData("web-1  | ", "Nov 23 18:17:43 kernel: ", false)]
    public void Header_BehindAnotherWrapper_IsRead(string before, string header, bool hasHost)
    {
        string[] lines = [.. Encoding.Latin1.GetString(Golden.Read(RewrappedLog.Stamped)).TrimEnd('\n').Split('\n')];
        string[] hosts = hasHost ? ["node-1", "node-2"] : ["node-1"];
        IEnumerable<string> mixed = lines.SelectMany(line => hosts.Select(host => string.Format(CultureInfo.InvariantCulture, before + header, host) + line + (before.EndsWith('"') ? "\"" : "")));

        OomEvent[] events = [.. OomLog.Parse(Encoding.UTF8.GetBytes(string.Join('\n', mixed)), Golden.Options)];
        string expected = Assert.Single(RewrappedLog.Comparable(Golden.Read(RewrappedLog.Stamped)));
        Assert.Equal(hosts.Select(host => hasHost ? host : null), events.Select(oomEvent => oomEvent.Host));
        Assert.All(events, oomEvent => Assert.Equal(expected, RewrappedLog.Comparable(oomEvent)));
        Assert.All(events, oomEvent => Assert.Equal(new TimeSpan(18, 17, 43), TimeSpan.FromSeconds(Math.Floor(oomEvent.Time!.Value.DateTime.TimeOfDay.TotalSeconds))));
    }
}
