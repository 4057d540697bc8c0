using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>One row of the task table.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>dump_task()</c>.</remarks>
internal static class TaskRowLine
{
    // "[%7d] %5d %5d %8lu %8lu %8lu %8lu %9lu %8ld %8lu         %5hd %s"
    public static bool IsMatch(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake((byte)'['))
        {
            return false;
        }

        cursor.SkipBlanks();
        return cursor.TryTakeInt32(out _) && cursor.TryTake((byte)']');
    }

    /// <summary>Reads a row by the columns of its header; false where it does not fit.</summary>
    /// <param name="text">The line, from its bracket on.</param>
    /// <param name="columns">The numeric columns behind the pid.</param>
    /// <param name="task">The row, without its name.</param>
    /// <param name="name">Where the name stands; it may be empty.</param>
    /// <param name="other">Gets the values of the columns that <see cref="OomTask"/> does not have.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<TaskColumn> columns, out TaskRow task, out TextRange name, Span<long> other)
    {
        task = default;
        name = default;
        Utf8Cursor cursor = new(text);
        cursor.TryTake((byte)'[');
        cursor.SkipBlanks();
        if (!cursor.TryTakeInt32(out task.Pid) || !cursor.TryTake((byte)']'))
        {
            return false;
        }

        int otherCount = 0;
        foreach (TaskColumn column in columns)
        {
            cursor.SkipBlanks();
            if (!cursor.TryTakeInt64(out long value))
            {
                return false;
            }

            switch (column)
            {
                case TaskColumn.Uid:
                    task.Uid = unchecked((uint)value);
                    break;
                case TaskColumn.Tgid:
                    task.Tgid = unchecked((int)value);
                    break;
                case TaskColumn.TotalVm:
                    task.TotalVm = value;
                    break;
                case TaskColumn.Rss:
                    task.Rss = value;
                    break;
                case TaskColumn.RssAnon:
                    task.RssAnon = value;
                    break;
                case TaskColumn.RssFile:
                    task.RssFile = value;
                    break;
                case TaskColumn.RssShmem:
                    task.RssShmem = value;
                    break;
                case TaskColumn.PageTablesBytes:
                    task.PageTables = value;
                    break;
                case TaskColumn.SwapEntries:
                    task.Swap = value;
                    break;
                case TaskColumn.OomScoreAdj:
                    task.OomScoreAdj = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
                    break;
                default:
                    other[otherCount++] = value;
                    break;
            }
        }

        // One blank separates the name; any further blank belongs to it. A cut row has neither.
        if (!cursor.IsAtEnd && !cursor.TryTake((byte)' '))
        {
            return false;
        }

        name = cursor.RestRange;
        return true;
    }

    /// <summary>The numbers of a row.</summary>
    internal struct TaskRow
    {
        public int Pid;
        public int Tgid;
        public uint Uid;
        public short OomScoreAdj;
        public long TotalVm;
        public long Rss;
        public long RssAnon;
        public long RssFile;
        public long RssShmem;
        public long PageTables;
        public long Swap;
    }
}
