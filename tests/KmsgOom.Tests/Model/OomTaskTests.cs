namespace KmsgOom.Tests.Model;

public sealed class OomTaskTests
{
    [Fact]
    public void Columns_ByDefault_AreAbsent()
    {
        OomTask task = default;

        Assert.Null(task.RssAnonPages);
        Assert.Null(task.RssFilePages);
        Assert.Null(task.RssShmemPages);
        Assert.Null(task.PageTablesBytes);
        Assert.Null(task.SwapEntriesPages);
        Assert.Null(task.OomScoreAdj);
    }

    [Fact]
    public void Columns_SetOneByOne_AreKeptApart()
    {
        Assert.Equal((1L, null, null, null, null, null), Columns(new OomTask { RssAnonPages = 1 }));
        Assert.Equal((null, 2L, null, null, null, null), Columns(new OomTask { RssFilePages = 2 }));
        Assert.Equal((null, null, 3L, null, null, null), Columns(new OomTask { RssShmemPages = 3 }));
        Assert.Equal((null, null, null, 4L, null, null), Columns(new OomTask { PageTablesBytes = 4 }));
        Assert.Equal((null, null, null, null, 5L, null), Columns(new OomTask { SwapEntriesPages = 5 }));
        Assert.Equal((null, null, null, null, null, -1000), Columns(new OomTask { OomScoreAdj = -1000 }));
    }

    [Fact]
    public void Columns_OfZero_ArePresent() =>
        Assert.Equal(
            (0L, 0L, 0L, 0L, 0L, 0),
            Columns(new OomTask { RssAnonPages = 0, RssFilePages = 0, RssShmemPages = 0, PageTablesBytes = 0, SwapEntriesPages = 0, OomScoreAdj = 0 }));

    [Fact]
    public void Columns_SetToNull_AreAbsentAgain()
    {
        OomTask task = new() { RssAnonPages = 1, PageTablesBytes = -4096, OomScoreAdj = 1000 };

        Assert.Equal((null, null, null, -4096L, null, 1000), Columns(task with { RssAnonPages = null }));
        Assert.Equal((1L, null, null, null, null, 1000), Columns(task with { PageTablesBytes = null }));
        Assert.Equal((1L, null, null, -4096L, null, null), Columns(task with { OomScoreAdj = null }));
        Assert.Equal(task with { OomScoreAdj = null }, new OomTask { RssAnonPages = 1, PageTablesBytes = -4096 });
    }

    [Fact]
    public void Equality_OfRows_IsByValue()
    {
        OomTask task = new() { Pid = 7, Tgid = 7, Uid = uint.MaxValue - 1, TotalVmPages = 9, RssPages = 3, Name = new TaskName("a") };

        Assert.Equal(task, task with { Name = new TaskName("a") });
        Assert.Equal(task.GetHashCode(), (task with { Pid = 7 }).GetHashCode());
        Assert.NotEqual(task, task with { Name = new TaskName("b") });
        Assert.NotEqual(task, task with { RssPages = 4 });
        Assert.NotEqual(task, task with { SwapEntriesPages = 0 });
        Assert.NotEqual(task, task with { OomScoreAdj = 0 });
    }

    private static (long?, long?, long?, long?, long?, int?) Columns(OomTask task) =>
        (task.RssAnonPages, task.RssFilePages, task.RssShmemPages, task.PageTablesBytes, task.SwapEntriesPages, task.OomScoreAdj);
}
