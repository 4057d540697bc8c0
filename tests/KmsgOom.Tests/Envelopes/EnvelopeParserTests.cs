using KmsgOom.Envelopes;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Envelopes;

public sealed class EnvelopeParserTests
{
    [Theory]
    [InlineData("Mem-Info:")]
    [InlineData("memhog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("Out of memory: Killed process 5 (a) total-vm:1kB")]
    [InlineData("anon 1062739968")]
    [InlineData("131072 pages RAM")]
    [InlineData("Node 0 DMA free:15360kB")]
    [InlineData(" <TASK>")]
    [InlineData("                15 blanks")]
    [InlineData("")]
    public void Line_WithoutWrapper_IsTheMessage(string line)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);

        unwrapped.AssertIs(line, "", -1, null, "Unknown");
        Assert.Equal(KernelLogWrappers.None, unwrapped.Wrappers);
        Assert.Equal(-1, unwrapped.Sequence);
        Assert.False(unwrapped.IsContinuation);
    }

    [Theory]
    [InlineData("[   51.587326] ", 51_587_326, null, "")]
    [InlineData("[   51.587326] [   T123] ", 51_587_326, null, "")]
    [InlineData("kern  :warn  : [   51.587326] ", 51_587_326, null, "")]
    [InlineData("<4>[   51.587326] ", 51_587_326, null, "")]
    [InlineData("[Thu May 14 23:17:24 2020] ", -1, "2020-05-14T23:17:24", "")]
    [InlineData("2020-05-14T23:17:24,123456+00:00 ", -1, "2020-05-14T23:17:24.123456Z", "")]
    [InlineData("Jun 13 09:14:58 host kernel: ", -1, "2026-06-13T09:14:58", "host")]
    [InlineData("Jun 13 09:14:58 kernel: ", -1, "2026-06-13T09:14:58", "")]
    [InlineData("2023-06-13T09:14:58+0000 host kernel: ", -1, "2023-06-13T09:14:58Z", "host")]
    [InlineData("Tue 2023-06-13 09:14:58 UTC host kernel: ", -1, "2023-06-13T09:14:58Z", "host")]
    [InlineData("1686647698.123456 host kernel: ", -1, "2023-06-13T09:14:58.123456Z", "host")]
    [InlineData("[   51.587326] host kernel: ", 51_587_326, null, "host")]
    public void Continuation_IndentedToTheMessage_InheritsTimeAndHost(string prefix, long uptime, string? wall, string host)
    {
        string indent = new(' ', prefix.Length);

        Unwrapped first = Unwrapped.Last(prefix + "new");
        Unwrapped second = Unwrapped.Last(prefix + "new", indent + "line invoked oom-killer: ");
        Unwrapped third = Unwrapped.Last(prefix + "a", indent + "b", indent + " c");

        Assert.False(first.IsContinuation);
        second.AssertIs("line invoked oom-killer: ", host, uptime, wall, first.Origin);
        Assert.True(second.IsContinuation);
        third.AssertIs(" c", host, uptime, wall, first.Origin);
    }

    [Fact]
    public void Continuation_OfAProgramsLine_IsTheProgramsToo() =>
        Assert.Equal("Program", Unwrapped.Last("Jun 13 09:14:58 host app[5]: a", new string(' ', 29) + "Killed process 5 (a)").Origin);

    [Fact]
    public void Continuation_LessIndented_IsBareText()
    {
        Unwrapped unwrapped = Unwrapped.Last("[   51.587326] a", "              b");

        unwrapped.AssertIs("              b", "", -1, null, "Unknown");
        Assert.False(unwrapped.IsContinuation);
    }

    [Fact]
    public void Continuation_AfterReset_IsBareText()
    {
        using EnvelopeParser parser = new(KernelLogFormat.Auto, new DateOnly(2026, 11, 30));
        Unwrapped.Of(parser, "[   51.587326] a");

        parser.Reset();

        Unwrapped.Of(parser, "               b").AssertIs("               b", "", -1, null, "Unknown");
    }

    [Theory]
    [InlineData(16_384, true)]
    [InlineData(16_385, false)]
    public void Continuation_FarBehindItsPrefix_IsBareText(long distance, bool isContinuation)
    {
        using EnvelopeParser parser = new(KernelLogFormat.Auto, new DateOnly(2026, 11, 30));
        Unwrapped.Of(parser, "[   51.587326] a", 1000);

        Assert.Equal(isContinuation, Unwrapped.Of(parser, "               b", 1000 + distance).IsContinuation);
    }

    [Theory]
    [InlineData("[   51.587326] a\n", 51_587_326)]
    [InlineData("[   50.000000] a\n[   51.587326] b\r\n", 51_587_326)]
    [InlineData("[   51.587326] a\n               b\n\n", 51_587_326)]
    [InlineData("no prefix\n", 1_000_000)]
    public void Continuation_OfASkippedLine_HasItsTime(string skipped, long uptime)
    {
        using EnvelopeParser parser = new(KernelLogFormat.Auto, new DateOnly(2026, 11, 30));
        Unwrapped.Of(parser, "[    1.000000] a");

        parser.OnSkipped(Latin1.Bytes(skipped), 17);

        Unwrapped.Of(parser, "               c", 17 + skipped.Length).AssertIs("c", "", uptime, null, "Unknown");
    }

    [Theory]
    [InlineData("[   12.345678] text", KernelLogWrappers.Uptime)]
    [InlineData("[Thu May 14 23:17:24 2020] text", KernelLogWrappers.Ctime)]
    [InlineData("2020-05-14T23:17:24,123456+00:00 text", KernelLogWrappers.DmesgIso)]
    [InlineData("<4>[   12.345678] text", KernelLogWrappers.Priority | KernelLogWrappers.Uptime)]
    [InlineData("kern  :warn  : [   12.345678] text", KernelLogWrappers.FacilityLevel | KernelLogWrappers.Uptime)]
    [InlineData("Jun 13 09:14:58 host kernel: text", KernelLogWrappers.SyslogRfc3164)]
    [InlineData("Jun 13 09:14:58 host kernel: [   12.345678] text", KernelLogWrappers.SyslogRfc3164 | KernelLogWrappers.Uptime)]
    [InlineData("2019-04-27T22:56:09+00:00 host kernel: text", KernelLogWrappers.SyslogRfc3339)]
    [InlineData("Sat 2019-04-27 22:56:09 UTC host kernel: text", KernelLogWrappers.JournalFull)]
    [InlineData("1556405769.123456 host kernel: text", KernelLogWrappers.JournalUnix)]
    [InlineData("[   12.345678] host kernel: text", KernelLogWrappers.JournalMonotonic)]
    public void Wrappers_OfAKernelLine_AreCounted(string line, KernelLogWrappers wrappers)
    {
        using EnvelopeParser parser = new(KernelLogFormat.Auto, new DateOnly(2026, 11, 30));

        Unwrapped unwrapped = Unwrapped.Of(parser, line);

        Assert.Equal("text", unwrapped.Message);
        Assert.Equal(wrappers, unwrapped.Wrappers);
        Assert.Equal(wrappers, parser.Wrappers);
        Assert.Equal(1, parser.KernelLines);
    }

    [Fact]
    public void Wrappers_OfAProgramsLine_AreNotCounted()
    {
        using EnvelopeParser parser = new(KernelLogFormat.Auto, new DateOnly(2026, 11, 30));

        Unwrapped.Of(parser, "Jun 13 09:14:58 host app[5]: text");
        Unwrapped.Of(parser, "bare text");

        Assert.Equal(KernelLogWrappers.None, parser.Wrappers);
        Assert.Equal(0, parser.KernelLines);
    }

    [Theory]
    [InlineData("Jun 13 09:14:58 host kernel: text", true)]
    [InlineData("2019-04-27T22:56:09+00:00 host kernel: text", true)]
    [InlineData("[   12.345678] text", false)]
    [InlineData("bare text", false)]
    public void ControlCharacters_OfSyslogFiles_AreOctal(string line, bool isOctal) =>
        Assert.Equal(isOctal, Unwrapped.Last(line).HasOctalEscapes);

    [Theory]
    [InlineData("[   12.345678] text")]
    [InlineData("4,123,12345678,-;text")]
    [InlineData("Jun 13 09:14:58 host kernel: text")]
    public void Line_InBareFormat_KeepsItsPrefix(string line) =>
        Assert.Equal(line, Unwrapped.LastAs(KernelLogFormat.Bare, line).Message);
}
