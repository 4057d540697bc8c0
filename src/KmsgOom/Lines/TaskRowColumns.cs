using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Tells the columns of a task table whose header is lost from one of its rows, as the kernel pads them.</summary>
/// <remarks>
/// Kernel: <c>mm/oom_kill.c</c>, <c>dump_task()</c>. The widths tell more than the numbers could: page tables are padded to seven places where they are counted, and
/// to eight where they are bytes, and neither count nor bytes ever fill their places.
/// </remarks>
internal static class TaskRowColumns
{
    // "[%7d] %5d %5d %8lu %8lu %8lu %8lu %9lu %8ld %8lu         %5hd %s"      6.8 and later
    // "[%7d] %5d %5d %8lu %8lu %8ld %8lu         %5hd %s"                     4.19 .. 6.7; "[%5d]" 4.15 .. 4.18
    // "[%5d] %5d %5d %8lu %8lu %7ld %7ld %8lu         %5hd %s"                4.0 .. 4.14
    // "[%5d] %5d %5d %8lu %8lu %7ld %8lu         %5hd %s"                     3.6 .. 3.19
    // "[%5d] %5d %5d %8lu %8lu %3u     %3d         %5d %s"                    2.6.36 .. 3.5
    // "[%5d] %5d %5d %8lu %8lu %3u     %3d %s"                                2.6.25 .. 2.6.35
    private const int BlanksBeforeAdj = 9;
    private const int BlanksBeforeOldAdj = 5;

    // Of "cpu" and "oom_adj".
    private const int OldWidth = 3;

    private static readonly Form[] Forms =
    [
        new(
            [5, 5, 8, 8, 8, 8, 9, 8, 8, 5],
            TaskColumn.RssAnon, TaskColumn.RssFile, TaskColumn.RssShmem, TaskColumn.PageTablesBytes, TaskColumn.SwapEntries, TaskColumn.OomScoreAdj),
        new([5, 5, 8, 8, 8, 8, 5], TaskColumn.PageTablesBytes, TaskColumn.SwapEntries, TaskColumn.OomScoreAdj),
        new([5, 5, 8, 8, 7, 7, 8, 5], TaskColumn.Unknown, TaskColumn.Unknown, TaskColumn.SwapEntries, TaskColumn.OomScoreAdj),
        new([5, 5, 8, 8, 7, 8, 5], TaskColumn.Unknown, TaskColumn.SwapEntries, TaskColumn.OomScoreAdj),
        new([5, 5, 8, 8, 3, 3, 5], TaskColumn.Unknown, TaskColumn.Unknown, TaskColumn.OomScoreAdj),
        new([5, 5, 8, 8, 3, 3], TaskColumn.Unknown, TaskColumn.Unknown),
    ];

    /// <summary>Tells whether a line is such a row, and nothing else.</summary>
    public static bool IsRow(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(message);
        return text is [(byte)'[', ..] && !Find(text).IsEmpty;
    }

    /// <summary>Gets the columns behind the pid; none where the line is no such row.</summary>
    /// <param name="text">The line, from its bracket on.</param>
    public static ReadOnlySpan<TaskColumn> Find(ReadOnlySpan<byte> text)
    {
        if (TaskRowLine.IsMatch(text))
        {
            // The longest first: what is a number in one row may begin a name in another.
            foreach (Form form in Forms)
            {
                if (form.Fits(text))
                {
                    return form.Columns;
                }
            }
        }

        return [];
    }

    /// <summary>The columns of some kernels, and how wide they are at least.</summary>
    private sealed class Form(int[] widths, params TaskColumn[] rest)
    {
        public TaskColumn[] Columns { get; } = [TaskColumn.Uid, TaskColumn.Tgid, TaskColumn.TotalVm, TaskColumn.Rss, .. rest];

        public bool Fits(ReadOnlySpan<byte> text)
        {
            Utf8Cursor cursor = new(text) { Position = text.IndexOf((byte)']') + 1 };
            for (int at = 0; at < widths.Length; at++)
            {
                int start = cursor.Position + BlanksBefore(at);
                int end = start + widths[at];
                cursor.SkipBlanks();
                int number = cursor.Position;

                // A number that is too long for its places begins where they do.
                if (number < start || !cursor.TryTakeInt64(out _) || cursor.Position < end || (cursor.Position > end && number > start))
                {
                    return false;
                }
            }

            return cursor.TryTake((byte)' ');
        }

        private int BlanksBefore(int at) =>
            Columns[at] == TaskColumn.OomScoreAdj ? BlanksBeforeAdj
            : widths[at] == OldWidth && widths[at - 1] == OldWidth ? BlanksBeforeOldAdj : 1;
    }
}
