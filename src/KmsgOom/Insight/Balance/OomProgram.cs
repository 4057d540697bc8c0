namespace KmsgOom;

/// <summary>All tasks of one name together.</summary>
/// <param name="Name">The name.</param>
/// <param name="Count">The rows of the table.</param>
/// <param name="RssPages">The sum of the resident sets in pages: an upper bound, because pages that tasks share count for each of them.</param>
/// <param name="RssBytes">The same in bytes.</param>
/// <param name="LargestRssBytes">The largest of the resident sets in bytes: a lower bound of what they hold together.</param>
/// <param name="RssFileShmemBytes">The part of <paramref name="RssBytes"/> in files and shared memory; null before 6.8.</param>
/// <param name="SwapPages">The sum of the swap entries in pages; null before 3.6.</param>
/// <param name="SwapBytes">The same in bytes.</param>
/// <param name="PageTablesBytes">The sum of the page tables in bytes; null where the table has no such column.</param>
public sealed record OomProgram(
    TaskName Name, int Count, long RssPages, long RssBytes, long LargestRssBytes, long? RssFileShmemBytes, long? SwapPages, long? SwapBytes, long? PageTablesBytes)
{
    /// <summary>Gets resident memory, swap and page tables together, in bytes: what the programs are ordered by.</summary>
    public long TotalBytes => Insight.Sheet.Clamp((Int128)RssBytes + (SwapBytes ?? 0) + (PageTablesBytes ?? 0));
}
