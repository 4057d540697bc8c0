namespace KmsgOom.Tests.Envelopes;

public sealed class DevKmsgEnvelopeTests
{
    [Theory]
    [InlineData("4,123,12345678,-;text", "text", 123, 12_345_678, "Kernel")]
    [InlineData("6,0,0,-;text", "text", 0, 0, "Kernel")]
    [InlineData("4,123,12345678,c;text", "text", 123, 12_345_678, "Kernel")]
    [InlineData("4,123,12345678,+;text", "text", 123, 12_345_678, "Kernel")]
    [InlineData("4,123,12345678,-,caller=T123;text", "text", 123, 12_345_678, "Kernel")]
    [InlineData("4,123,12345678,-,caller=C0,later=yes,more;text", "text", 123, 12_345_678, "Kernel")]
    [InlineData("6,123,12345678,-; <TASK>", " <TASK>", 123, 12_345_678, "Kernel")]
    [InlineData("6,123,12345678,-;a;b,c", "a;b,c", 123, 12_345_678, "Kernel")]
    [InlineData("6,123,12345678,-;", "", 123, 12_345_678, "Kernel")]
    [InlineData("6,123,12345678,-;[    156]     0   156", "[    156]     0   156", 123, 12_345_678, "Kernel")]
    [InlineData("6,123,12345678,-;[   12.345678] text", "[   12.345678] text", 123, 12_345_678, "Kernel")]
    [InlineData("12,123,12345678,-;text", "text", 123, 12_345_678, "Program")]
    [InlineData("30,123,12345678,-;systemd[1]: text", "systemd[1]: text", 123, 12_345_678, "Program")]
    [InlineData("8,123,12345678,-;text", "text", 123, 12_345_678, "Program")]
    public void Record_WithHeader_IsUnwrapped(string line, string message, long sequence, long uptime, string origin)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);

        unwrapped.AssertIs(message, "", uptime, null, origin);
        Assert.Equal(sequence, unwrapped.Sequence);
        Assert.Equal(KernelLogWrappers.DevKmsg, unwrapped.Wrappers);
    }

    [Theory]
    [InlineData(@"4,1,2,-;h\xc3\xa9llo", "h\u00c3\u00a9llo")]
    [InlineData(@"4,1,2,-;new\x0aline invoked oom-killer: ", "new\nline invoked oom-killer: ")]
    [InlineData(@"4,1,2,-;back\x5cslash", @"back\slash")]
    [InlineData(@"4,1,2,-;\x5cx41", @"\x41")]
    [InlineData(@"4,1,2,-;\x1b[0m\x7f\xff\xfe", "\u001b[0m\u007f\u00ff\u00fe")]
    public void Escapes_OfARecord_AreUndone(string line, string message) => Assert.Equal(message, Unwrapped.Last(line).Message);

    [Theory]
    [InlineData(" SUBSYSTEM=usb")]
    [InlineData(" DEVICE=+usb:1-1")]
    public void Property_BehindARecord_IsNoKernelText(string line) =>
        Assert.Equal("Program", Unwrapped.Last("6,1,2,-;usb 1-1: new device", line).Origin);

    [Theory]
    [InlineData("4,123,12345678,-text")]
    [InlineData("4,123,12345678;text")]
    [InlineData("4,123,text;")]
    [InlineData("4;123,1,-;text")]
    [InlineData("4,,1,-;text")]
    [InlineData("4, 123,1,-;text")]
    [InlineData("4096 pages, 12 left; text")]
    public void Record_WithoutItsHeader_StaysAsItIs(string line)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);

        unwrapped.AssertIs(line, "", -1, null, "Unknown");
        Assert.Equal(-1, unwrapped.Sequence);
    }

    [Fact]
    public void Record_OutsideKmsgFormat_IsNotTaken() =>
        Assert.Equal("4,123,12345678,-;text", Unwrapped.LastAs(KernelLogFormat.Syslog, "4,123,12345678,-;text").Message);

    [Fact]
    public void Uptime_InKmsgFormat_IsPartOfTheMessage() =>
        Assert.Equal("[   12.345678] text", Unwrapped.LastAs(KernelLogFormat.DevKmsg, "[   12.345678] text").Message);
}
