namespace KmsgOom.Lines;

/// <summary>The columns of the task table that have a place in <see cref="OomTask"/>, those that most tables have first.</summary>
internal enum TaskColumn : byte
{
    Pid,
    Uid,
    Tgid,
    TotalVm,
    Rss,
    PageTablesBytes,
    SwapEntries,
    OomScoreAdj,
    RssAnon,
    RssFile,
    RssShmem,

    /// <summary>A column without a place in <see cref="OomTask"/>, whose name is lost with the header.</summary>
    Unknown,

    /// <summary>The number of places for the values of the columns above: fours, which <see cref="Text.NumberLanes"/> reads at once.</summary>
    Count = 12,

    /// <summary>A column that is kept by its name.</summary>
    Other,
}
