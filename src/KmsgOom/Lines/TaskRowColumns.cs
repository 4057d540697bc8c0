using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Tells the columns of a task table whose header is lost from one of its rows, as the kernel pads them.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>dump_task()</c>.</remarks>
internal static class TaskRowColumns
{
    /// <summary>The most numeric columns behind the pid.</summary>
    public const int MaxCount = 10;

    // "[%7d] %5d %5d %8lu %8lu %8lu %8lu %9lu %8ld %8lu         %5hd %s"      6.8 and later
    // "[%7d] %5d %5d %8lu %8lu %8ld %8lu         %5hd %s"                     4.19 .. 6.7; "[%5d]" 4.15 .. 4.18
    // "[%5d] %5d %5d %8lu %8lu %7ld %7ld %8lu         %5hd %s"                4.0 .. 4.14
    // "[%5d] %5d %5d %8lu %8lu %7ld %8lu         %5hd %s"                     3.6 .. 3.19
    // "[%5d] %5d %5d %8lu %8lu %3u     %3d         %5d %s"                    2.6.36 .. 3.5
    // "[%5d] %5d %5d %8lu %8lu %3u     %3d %s"                                2.6.25 .. 2.6.35
    private const int PaddingBeforeAdj = 9;
    private const int PaddingBeforeOldAdj = 5;
    private const int WideBracket = 7;
    private const int PageSize = 4096;

    /// <summary>Tells whether a line is such a row, and nothing else.</summary>
    public static bool IsRow(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(message);
        return text is [(byte)'[', ..] && Find(text, stackalloc TaskColumn[MaxCount]) > 0;
    }

    /// <summary>Gets the columns; none where the line is no such row.</summary>
    /// <param name="text">The line, from its bracket on.</param>
    /// <param name="columns">Gets them: room for <see cref="MaxCount"/>.</param>
    public static int Find(ReadOnlySpan<byte> text, Span<TaskColumn> columns)
    {
        int close = text.IndexOf((byte)']');
        if (!TaskRowLine.IsMatch(text) || close < 0)
        {
            return 0;
        }

        Span<long> values = stackalloc long[MaxCount];
        Utf8Cursor cursor = new(text) { Position = close + 1 };
        int count = 0;
        int last = 0;
        int lastOld = 0;
        while (count < MaxCount)
        {
            int blanks = cursor.Position;
            cursor.SkipBlanks();
            blanks = cursor.Position - blanks;
            if (blanks == 0 || !cursor.TryTakeInt64(out values[count]) || cursor.Rest is not [(byte)' ', ..])
            {
                break;
            }

            count++;
            last = blanks >= PaddingBeforeAdj ? count : last;
            lastOld = blanks >= PaddingBeforeOldAdj ? count : lastOld;
        }

        ReadOnlySpan<TaskColumn> found = (last, lastOld) switch
        {
            (10, _) => [.. Common, TaskColumn.RssAnon, TaskColumn.RssFile, TaskColumn.RssShmem, TaskColumn.PageTablesBytes, TaskColumn.SwapEntries, TaskColumn.OomScoreAdj],
            (8, _) => [.. Common, TaskColumn.Unknown, TaskColumn.Unknown, TaskColumn.SwapEntries, TaskColumn.OomScoreAdj],
            (7, _) when close - 1 >= WideBracket || (values[4] >= PageSize && values[4] % PageSize == 0) =>
                [.. Common, TaskColumn.PageTablesBytes, TaskColumn.SwapEntries, TaskColumn.OomScoreAdj],

            // "nr_ptes swapents" or "cpu oom_adj": only what no oom_adj can be tells.
            (7, _) => [.. Common, TaskColumn.Unknown, values[5] > 15 ? TaskColumn.SwapEntries : TaskColumn.Unknown, TaskColumn.OomScoreAdj],
            (0, 6) => [.. Common, TaskColumn.Unknown, TaskColumn.Unknown],
            _ => [],
        };

        // A task has no more in memory than it has in all.
        if (values[3] > values[2] || values[1] <= 0)
        {
            return 0;
        }

        found.CopyTo(columns);
        return found.Length;
    }

    private static ReadOnlySpan<TaskColumn> Common => [TaskColumn.Uid, TaskColumn.Tgid, TaskColumn.TotalVm, TaskColumn.Rss];
}
