using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class ReaperLineTests
{
    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Reaped_WithAnyName_IsReadWhole(string name)
    {
        byte[] text = Latin1.Bytes($"oom_reaper: reaped process 5 ({name}), now anon-rss:1kB, file-rss:2kB, shmem-rss:3kB");

        Assert.True(ReaperLine.TryParse(text, out ReaperLine line));
        Assert.Equal(5, line.Pid);
        Assert.Equal(OomReaperOutcome.Reaped, line.Outcome);
        Assert.Equal(1, line.AnonRssKiB);
        Assert.Equal(2, line.FileRssKiB);
        Assert.Equal(3, line.ShmemRssKiB);
    }

    [Fact]
    public void Reaped_WithNegativeRest_IsReadAsPrinted()
    {
        Assert.True(ReaperLine.TryParse("oom_reaper: reaped process 5 (a), now anon-rss:-4kB, file-rss:0kB, shmem-rss:-8kB"u8, out ReaperLine line));
        Assert.Equal(-4, line.AnonRssKiB);
        Assert.Equal(-8, line.ShmemRssKiB);
    }

    [Theory]
    [InlineData("oom_reaper: unable to reap pid:5 (a)")]
    [InlineData("oom_reaper: giving up pid:5 (a)")]
    public void Unable_Printed_NamesThePid(string message)
    {
        Assert.True(ReaperLine.TryParse(Latin1.Bytes(message), out ReaperLine line));
        Assert.Equal(5, line.Pid);
        Assert.Equal(OomReaperOutcome.Unable, line.Outcome);
        Assert.Null(line.AnonRssKiB);
    }

    [Fact]
    public void Reaped_CutInsideTheName_StillNamesThePid()
    {
        Assert.True(ReaperLine.TryParse("oom_reaper: reaped process 411 (new"u8, out ReaperLine line));
        Assert.Equal(411, line.Pid);
        Assert.Equal(OomReaperOutcome.Reaped, line.Outcome);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData(", now anon-rss:1", null, null)]
    [InlineData(", now anon-rss:12kB, fil", 12L, null)]
    [InlineData(", now anon-rss:12kB, file-rss:34kB, shmem-rss:5", 12L, 34L)]
    public void Reaped_CutBehindTheName_SaysNothingOfWhatIsMissing(string rest, long? anon, long? file)
    {
        Assert.True(ReaperLine.TryParse(Latin1.Bytes("oom_reaper: reaped process 411 (quarry)" + rest), out ReaperLine line));
        Assert.Equal((411, anon, file, null), (line.Pid, line.AnonRssKiB, line.FileRssKiB, line.ShmemRssKiB));
        Assert.False(line.IsWhole);
    }

    [Fact]
    public void Reaped_WithACountBelowZeroThatIsPrintedUnsigned_SaysNothingOfIt()
    {
        Assert.True(ReaperLine.TryParse("oom_reaper: reaped process 5 (a), now anon-rss:18446744073709551612kB, file-rss:3kB, shmem-rss:0kB"u8, out ReaperLine line));
        Assert.Equal((null, 3, 0), (line.AnonRssKiB, line.FileRssKiB, line.ShmemRssKiB));
        Assert.True(line.IsWhole);
    }

    [Theory]
    [InlineData("oom_reaper: reaped process ")]
    [InlineData("oom_reaper: unable to reap pid:")]
    [InlineData("oom_reaper: something else 5 (a)")]
    [InlineData("Unable to start OOM reaper -12. Continuing regardless")]
    public void Reaper_WithoutPid_IsNotRead(string message) => Assert.False(ReaperLine.TryParse(Latin1.Bytes(message), out _));
}
