namespace KmsgOom.Tests.Model;

public sealed class OomMemcgStatsTests
{
    [Fact]
    public void Value_ByItsKey_IsTheFirst()
    {
        OomMemcgStats stats = new("/a", [new("anon", 4096), new("pgfault", 0), new("anon", 7)]);

        Assert.Equal(4096, stats["anon"]);
        Assert.Equal(0, stats["pgfault"]);
        Assert.Null(stats["file"]);
        Assert.Null(stats["Anon"]);
    }

    [Fact]
    public void Equality_OfStatistics_IsByValue()
    {
        OomMemcgStats stats = new("/a", [new("anon", 4096), new("file", 1)]);

        Assert.Equal(stats, new OomMemcgStats("/a", [new("anon", 4096), new("file", 1)]));
        Assert.Equal(stats.GetHashCode(), new OomMemcgStats("/a", [new("anon", 4096), new("file", 1)]).GetHashCode());
        Assert.NotEqual(stats, stats with { Path = "/b" });
        Assert.NotEqual(stats, stats with { Values = [new("file", 1), new("anon", 4096)] });
        Assert.NotEqual(stats, stats with { Values = [] });
    }
}
