using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Reads the task table: remembers the columns of the header and stores the rows.</summary>
internal sealed class TaskTableReader(OomParserLimits limits)
{
    private const int MaxColumns = 32;

    private readonly TaskColumn[] _columns = new TaskColumn[MaxColumns];
    private readonly long[] _known = new long[(int)TaskColumn.Count];
    private readonly long[] _other = new long[MaxColumns];

    /// <summary>Where the numbers of the last row ended, of another table perhaps: each row is verified against it.</summary>
    private readonly int[] _ends = new int[MaxColumns + 1];
    private OomReport? _columnsOf;
    private int _columnCount;

    public void Reset() => _columnsOf = null;

    public LineResult ReadHeader(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        // A second header cannot change the columns of the rows that are there.
        if (report.Tasks.Count > 0)
        {
            return LineResult.Read;
        }

        report.OtherColumns.Clear();
        report.TaskColumns.Clear();
        OomTask.Columns present = OomTask.Columns.None;
        Utf8Cursor cursor = new(text);
        cursor.TrySkipPast("]"u8);
        _columnCount = 0;
        _columnsOf = report;
        Array.Clear(_known);
        while (_columnCount < MaxColumns && TaskHeaderLine.TryTakeColumn(ref cursor, text, out TaskColumn column, out TextRange name))
        {
            _columns[_columnCount++] = column;
            report.TaskColumns.Add((byte)column);
            present |= Present(column);
            if (column == TaskColumn.Other)
            {
                report.OtherColumns.Add(name.Shift(start));
            }
        }

        report.Facts.HasTasksHeader = true;
        report.Facts.Columns = present;
        return LineResult.Read;
    }

    private static OomTask.Columns Present(TaskColumn column) => column switch
    {
        TaskColumn.RssAnon => OomTask.Columns.RssAnon,
        TaskColumn.RssFile => OomTask.Columns.RssFile,
        TaskColumn.RssShmem => OomTask.Columns.RssShmem,
        TaskColumn.PageTablesBytes => OomTask.Columns.PageTablesBytes,
        TaskColumn.SwapEntries => OomTask.Columns.SwapEntries,
        TaskColumn.OomScoreAdj => OomTask.Columns.OomScoreAdj,
        _ => OomTask.Columns.None,
    };

    public LineResult ReadRow(OomReport report, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        if (!report.Facts.HasTasksHeader)
        {
            return LineResult.Malformed;
        }

        // Reports of several hosts may alternate; each has its own header.
        if (!ReferenceEquals(_columnsOf, report))
        {
            ReloadColumns(report);
        }

        ReadOnlySpan<TaskColumn> columns = _columns.AsSpan(0, _columnCount);
        if (!TaskRowLine.TryParseAligned(text, columns, _ends, out int pid, _known, _other, out TextRange name)
            && !TaskRowLine.TryParse(text, columns, out pid, _known, _other, out name, _ends))
        {
            // Half of the ends are of another row now.
            _ends[0] = 0;
            return LineResult.Malformed;
        }

        if (report.Tasks.Count >= limits.MaxTasks)
        {
            report.Facts.IsFull = true;
            return LineResult.Read;
        }

        report.Tasks.Add(new OomTask(
            pid,
            unchecked((int)Known(TaskColumn.Tgid)),
            unchecked((uint)Known(TaskColumn.Uid)),
            Known(TaskColumn.TotalVm),
            Known(TaskColumn.Rss),
            Known(TaskColumn.RssAnon),
            Known(TaskColumn.RssFile),
            Known(TaskColumn.RssShmem),
            Known(TaskColumn.PageTablesBytes),
            Known(TaskColumn.SwapEntries),
            (short)Math.Clamp(Known(TaskColumn.OomScoreAdj), short.MinValue, short.MaxValue),
            report.Facts.Columns,
            TaskNameText.Read(name.In(text), ReportLineReader.Escaping(in envelope))));
        if (report.OtherColumns.Count > 0)
        {
            report.OtherValues.AddRange(_other.AsSpan(0, report.OtherColumns.Count));
        }

        return LineResult.Read;
    }

    private long Known(TaskColumn column) => _known[(int)column];

    private void ReloadColumns(OomReport report)
    {
        _columnsOf = report;
        _columnCount = report.TaskColumns.Count;
        Array.Clear(_known);
        for (int at = 0; at < _columnCount; at++)
        {
            _columns[at] = (TaskColumn)report.TaskColumns[at];
        }
    }
}
