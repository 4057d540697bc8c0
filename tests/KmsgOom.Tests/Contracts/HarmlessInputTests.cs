using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>What logs do to parsers: none of it crashes, hangs or costs memory, and no kill is lost.</summary>
[Collection(nameof(AllocationTests))]
public sealed class HarmlessInputTests
{
    private static readonly byte[] Seed = Golden.Read("4.15-k8s-pod-oom.dmesg-T.log");

    [Fact]
    public void Parse_Nothing_GivesNothing() => Assert.Empty(OomLog.Parse(""));

    [Fact]
    public void Parse_LineOfOneGibibyte_TakesBoundedMemory()
    {
        using OomParser parser = new();
        byte[] zeros = new byte[1 << 20];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        byte[] left = [];
        for (int block = 0; block < 1024; block++)
        {
            byte[] bytes = left.Length == 0 ? zeros : [.. left, .. zeros];
            ReadOnlySequence<byte> sequence = new(bytes);
            Assert.False(parser.TryRead(ref sequence, isFinalBlock: false, out _));
            left = sequence.ToArray();
        }

        ReadOnlySequence<byte> end = new([.. left, (byte)'\n', .. Seed]);
        Assert.True(parser.TryRead(ref end, isFinalBlock: true, out OomEventView oomEvent));
        Assert.Equal(2, oomEvent.LineNumber);
        Assert.Equal((1L << 30) + 1, oomEvent.ByteOffset);
        Assert.Equal(1, parser.Counters.OverlongLines);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16 << 20);
    }

    /// <summary>An inventory tool's list of console lines, one of which has a newline and a line of the kernel behind it.</summary>
    [Fact]
    public void Parse_StringOfALineAndAnother_GivesTheKill()
    {
        const string Kill = "[   12.345670] Out of memory: Killed process 12 (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0";
        string rest = string.Concat(Enumerable.Repeat("\\nlast line was: [   12.600000] eth0: link up", 3));
        string log = $$"""{"stdout_lines": ["{{Kill}}", "[   12.400000] eth0: link up", "[   12.500000] eth0: link down", "console was idle{{rest}}", "{{new string('y', 600)}}"]}""";
        Assert.Equal(12, Assert.Single(Assert.Single(OomLog.Parse(log)).Victims).Pid);
    }

    [Fact]
    public void Parse_BootAtTheEndOfTime_GivesNoTime()
    {
        const string Killed = "Out of memory: Killed process {0} (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB";
        string log = $"9999-12-31T23:59:59Z h kernel: [    5.000000] {string.Format(null, Killed, 12)}\n[    9.000000] {string.Format(null, Killed, 13)}\n";
        ImmutableArray<OomEvent> events = OomLog.Parse(log);
        Assert.Equal([12, 13], events.SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid));
        Assert.Null(events[1].Time);
    }

    /// <summary>A line whose stamp is ahead, and colours that end on another line: where blocks end does not matter.</summary>
    [Theory]
    [InlineData("3,1,100000000,-;x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n4,2,101040000,-;Call Trace:\n4,3,100000002,-; dump_stack+0x1/0x2\n"
        + "3,4,100000003,-;Out of memory: Killed process 7 (x) total-vm:4kB, anon-rss:4kB, file-rss:0kB\n")]
    [InlineData("\e[32mkern  :info  : \e[0m[    1.000000] usb 1-1: new\nplain\e[0m\n[    2.000000] Out of memory: Killed process 7 (x) total-vm:4kB, anon-rss:4kB, file-rss:0kB\e[0m\n")]
    public void Parse_LogInTwoBlocks_GivesTheSameAsInOne(string log)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(log);
        string expected = string.Join('\n', OomLog.Parse(bytes).Select(OomJson.ToJson));
        for (int cut = 1; cut < bytes.Length; cut++)
        {
            using OomParser parser = new();
            List<string> found = [];
            ReadOnlySequence<byte> first = new(bytes, 0, cut);
            while (parser.TryRead(ref first, isFinalBlock: false, out OomEventView view))
            {
                found.Add(OomJson.ToJson(view.ToEvent()));
            }

            int taken = cut - (int)first.Length;
            ReadOnlySequence<byte> rest = new(bytes, taken, bytes.Length - taken);
            while (parser.TryRead(ref rest, isFinalBlock: true, out OomEventView view))
            {
                found.Add(OomJson.ToJson(view.ToEvent()));
            }

            Assert.Equal(expected, string.Join('\n', found));
        }
    }

    [Fact]
    public void Parse_TruncatedReport_KeepsWhatIsThere()
    {
        int end = Encoding.ASCII.GetString(Seed).IndexOf("[32308]", StringComparison.Ordinal);
        OomEvent oomEvent = Assert.Single(OomLog.Parse(Seed.AsSpan(0, end)));
        Assert.Equal(OomOutcome.Unfinished, oomEvent.Outcome);
        Assert.Equal(OomSections.Victim, oomEvent.Missing);
        Assert.Equal(3, oomEvent.Tasks.Length);
    }

    [Theory]
    [InlineData("stress cpuset=")]
    [InlineData("CPU: 0 PID")]
    [InlineData("Task in ")]
    [InlineData("memory: usage")]
    [InlineData("[ pid ]")]
    [InlineData("Memory cgroup out of memory")]
    [InlineData("Killed process")]
    public void Parse_ReportThatBeginsInTheMiddle_SaysSo(string first)
    {
        string text = Encoding.ASCII.GetString(Seed);
        string tail = text[text.LastIndexOf("[Sat", text.IndexOf(first, StringComparison.Ordinal), StringComparison.Ordinal)..];

        OomEvent oomEvent = Assert.Single(OomLog.Parse(tail));
        Assert.True(oomEvent.Missing.HasFlag(OomSections.Trigger));
        Assert.Equal(32308, Assert.Single(oomEvent.Victims).Pid);
        Assert.Equal(OomReaperOutcome.Reaped, oomEvent.Victims[0].Reaper?.Outcome);
    }

    [Fact]
    public void Parse_NulPaddedTail_ChangesNothing()
    {
        ImmutableArray<OomEvent> expected = OomLog.Parse(Seed);
        AssertEvents.Same(expected, OomLog.Parse([.. Seed, .. new byte[4096]]));
        byte[] cut = [.. Seed.AsSpan(0, Seed.Length - 1), .. new byte[4096], (byte)'\n'];
        AssertEvents.Same(expected, OomLog.Parse(cut));
        Assert.Equal(expected[0].Victims.AsEnumerable(), OomLog.Parse([.. new byte[512], .. Seed])[0].Victims);
    }

    [Fact]
    public void Parse_KillLineCutInItsNumbers_IsStillAKill()
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse("[    1.000000] Out of memory: Killed process 77 (java) total-vm:12\0\0\0"));
        Assert.Equal(77, Assert.Single(oomEvent.Victims).Pid);
        Assert.Equal("java", oomEvent.Victims[0].Name.ToString());
        Assert.Null(oomEvent.Victims[0].TotalVmKiB);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r\r\n")]
    public void Parse_OtherLineEnds_ChangeNothingButOffsets(string lineEnd)
    {
        string text = Encoding.ASCII.GetString(Seed).Replace("\n", lineEnd, StringComparison.Ordinal);
        AssertSameButPlace(OomLog.Parse(Seed), OomLog.Parse(text));
    }

    [Fact]
    public void Parse_ByteOrderMarks_ChangeNothingButOffsets()
    {
        string text = Encoding.ASCII.GetString(Seed);
        ImmutableArray<OomEvent> expected = OomLog.Parse(Seed);
        foreach (Encoding encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            AssertSameButPlace(expected, OomLog.Parse(bytes));
            AssertSameButPlace(expected, Chunks.ParseInPieces(bytes, 1, Golden.Options));
            AssertSameButPlace(expected, Chunks.ParseInPieces(bytes, 3, Golden.Options));
        }
    }

    [Fact]
    public void Parse_Archive_IsRefusedAndNotSilentlyEmpty()
    {
        byte[] gzip = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3];
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OomLog.Parse(gzip));
        Assert.Contains("KmsgOom.Archives", exception.Message, StringComparison.Ordinal);

        // The core itself does not throw: it says what it saw.
        using OomParser parser = new();
        ReadOnlySequence<byte> sequence = new(gzip);
        Assert.False(parser.TryRead(ref sequence, isFinalBlock: true, out _));
        Assert.Equal(KernelLogEncoding.Gzip, parser.Counters.Encoding);
    }

    private static void AssertSameButPlace(ImmutableArray<OomEvent> expected, ImmutableArray<OomEvent> events) =>
        AssertEvents.Same(expected.Select(WithoutPlace), events.Select(WithoutPlace));

    private static OomEvent WithoutPlace(OomEvent oomEvent) => oomEvent with { Id = "", Source = oomEvent.Source with { ByteOffset = 0 } };
}
