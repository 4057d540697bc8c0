namespace KmsgOom.Tests.Model;

public sealed class OomVictimTests
{
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData(5L, null, null, 5L)]
    [InlineData(5L, 7L, null, 12L)]
    [InlineData(5L, 7L, 1L, 13L)]
    [InlineData(null, 7L, 1L, null)]
    public void Rss_OfAKillLine_IsItsSum(long? anon, long? file, long? shmem, long? expected) =>
        Assert.Equal(expected, new OomVictim { AnonRssKiB = anon, FileRssKiB = file, ShmemRssKiB = shmem }.RssKiB);

    [Fact]
    public void Values_ByDefault_AreAbsent()
    {
        OomVictim victim = default;

        Assert.Null(victim.Score);
        Assert.Null(victim.Announced);
        Assert.Null(victim.Uid);
        Assert.Null(victim.Reaper);
        Assert.Null(victim.Time);
        Assert.Null(victim.Uptime);
        Assert.Null(victim.OomScoreAdj);
    }
}
