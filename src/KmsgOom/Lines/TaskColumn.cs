namespace KmsgOom.Lines;

/// <summary>The columns of the task table that have a place in <see cref="OomTask"/>.</summary>
internal enum TaskColumn : byte
{
    /// <summary>A column that is kept by its name.</summary>
    Other,
    Uid,
    Tgid,
    TotalVm,
    Rss,
    RssAnon,
    RssFile,
    RssShmem,
    PageTablesBytes,
    SwapEntries,
    OomScoreAdj,

    /// <summary>The number of values above.</summary>
    Count,
}
