using KmsgOom.Cli;

namespace KmsgOom.Tests.Cli;

public sealed class ClosingLineTests
{
    private static readonly OomParserCounters KernelLog = new() { Bytes = 4200, Lines = 51, KernelLines = 51, Wrappers = KernelLogWrappers.Ctime };

    [Fact]
    public void Events_AndKillsAreCounted()
    {
        ScanTotals totals = new();
        totals.Add(SomeEvents.GroupKill(5));
        totals.Add(SomeEvents.Bare(OomOutcome.Unfinished) with { Missing = OomSections.Victim });
        totals.Add(KernelLog with { Events = 2 });

        Assert.Equal("1 file, 4 KiB, dmesg -T; 2 OOM events, 5 kills, 1 event incomplete", ClosingLine.Write(totals));
    }

    [Theory]
    [InlineData(false, "; no OOM event in this kernel log, 1 event of another kind (--all-kinds)")]
    [InlineData(true, "; no OOM event in this kernel log, 1 event of another kind")]
    public void OtherKinds_AreToldHowToSeeUnlessTheyAreShown(bool areShown, string expected)
    {
        ScanTotals totals = new() { ShowsAllKinds = areShown };
        totals.Add(SomeEvents.Bare(OomOutcome.Killed) with { Kind = OomEventKind.UserspaceKill });
        totals.Add(KernelLog with { Events = 1 });

        Assert.EndsWith(expected, ClosingLine.Write(totals));
    }

    [Fact]
    public void NothingFound_HasThreeReasons()
    {
        Assert.EndsWith("; no OOM event in this kernel log", Of(KernelLog));
        Assert.EndsWith("; nothing here looked like a kernel log", Of(new OomParserCounters { Bytes = 10, Lines = 1 }));
        Assert.Equal("1 file, 0 bytes; empty input", Of(new OomParserCounters()));
    }

    [Fact]
    public void SeveralFiles_TellWhichWereNoLogs()
    {
        OomParserCounters noLog = new() { Bytes = 10, Lines = 1 };

        Assert.EndsWith("; no OOM event in these kernel logs", Of(KernelLog, KernelLog));
        Assert.EndsWith("; no OOM event in this kernel log, 1 file did not look like a kernel log", Of(KernelLog, noLog));
        Assert.EndsWith("; nothing here looked like a kernel log", Of(noLog, noLog));
    }

    [Fact]
    public void Damage_IsToldOnlyWhereThereIsSome() => Assert.EndsWith(
        "; no OOM event in this kernel log, 14 reports suppressed by the kernel, 1 malformed line, 2 overlong lines cut, "
            + "3 reaper lines without their kill, 2 reports there twice, counted once, 1 parser limit hit",
        Of(KernelLog with { SuppressedReports = 14, MalformedLines = 1, OverlongLines = 2, OrphanReaperLines = 3, DuplicateReports = 2, LimitHits = 1 }));

    [Fact]
    public void NoInput_NoLine() => Assert.Null(ClosingLine.Write(new ScanTotals { UnreadableInputs = 1 }));

    [Fact]
    public void Interruption_IsTold()
    {
        ScanTotals totals = new() { IsInterrupted = true };
        totals.Add(KernelLog with { Encoding = KernelLogEncoding.Utf16LittleEndian });

        Assert.Equal("1 file, 4 KiB, dmesg -T, UTF-16, interrupted; no OOM event was finished by then", ClosingLine.Write(totals));
    }

    [Theory]
    [InlineData(KernelLogWrappers.None, "bare kernel text")]
    [InlineData(KernelLogWrappers.DevKmsg, "/dev/kmsg")]
    [InlineData(KernelLogWrappers.Uptime, "dmesg")]
    [InlineData(KernelLogWrappers.Ctime | KernelLogWrappers.FacilityLevel, "dmesg -T -x")]
    [InlineData(KernelLogWrappers.Uptime | KernelLogWrappers.Priority, "dmesg -r")]
    [InlineData(KernelLogWrappers.DmesgIso, "dmesg --time-format=iso")]
    [InlineData(KernelLogWrappers.SyslogRfc3164 | KernelLogWrappers.Uptime, "syslog")]
    [InlineData(KernelLogWrappers.SyslogRfc3339, "syslog with ISO time")]
    [InlineData(KernelLogWrappers.JournalFull, "journalctl -o short-full")]
    [InlineData(KernelLogWrappers.JournalUnix, "journalctl -o short-unix")]
    [InlineData(KernelLogWrappers.JournalMonotonic, "journalctl -o short-monotonic")]
    [InlineData(KernelLogWrappers.SyslogRfc3164 | KernelLogWrappers.Ctime, "syslog, dmesg -T")]
    public void Wrappers_AreCalledByTheirCommands(KernelLogWrappers wrappers, string expected) => Assert.Equal(
        expected,
        string.Join(", ", WrapperNames.Of(new OomParserCounters { Events = 1, Wrappers = wrappers })));

    private static string? Of(params OomParserCounters[] inputs)
    {
        ScanTotals totals = new();
        foreach (OomParserCounters counters in inputs)
        {
            totals.Add(counters);
        }

        return ClosingLine.Write(totals);
    }
}
