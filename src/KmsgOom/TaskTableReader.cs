using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Reads the task table: remembers the columns of the header and stores the rows.</summary>
internal sealed class TaskTableReader(OomParserLimits limits)
{
    private const int MaxColumns = 32;

    // Longer ones are none of the kernel's.
    private const int MaxHeaderLength = 256;

    private readonly TaskColumn[] _columns = new TaskColumn[MaxColumns];
    private readonly long[] _known = new long[(int)TaskColumn.Count];
    private readonly long[] _other = new long[MaxColumns];
    private readonly TaskRowLayout _layout = new();
    private readonly TextRange[] _otherNames = new TextRange[MaxColumns];
    private readonly byte[] _header = new byte[MaxHeaderLength];

    /// <summary>The report of the rows that were read last; its columns are at hand.</summary>
    private OomReport? _columnsOf;
    private int _columnCount;
    private int _otherCount;
    private OomTask.Columns _present;

    /// <summary>The length of the header that the columns are of; zero where it is not known.</summary>
    private int _headerLength;

    public void Reset() => _columnsOf = null;

    public LineResult ReadHeader(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        // A second header cannot change the columns of the rows that are there.
        if (report.Tasks.Count > 0)
        {
            return LineResult.Read;
        }

        if (!text.SequenceEqual(_header.AsSpan(0, _headerLength)))
        {
            ReadColumns(text);
        }

        _columnsOf = report;
        report.TaskColumns.Clear();
        report.OtherColumns.Clear();
        foreach (TaskColumn column in _columns.AsSpan(0, _columnCount))
        {
            report.TaskColumns.Add((byte)column);
        }

        foreach (TextRange name in _otherNames.AsSpan(0, _otherCount))
        {
            report.OtherColumns.Add(name.Shift(start));
        }

        report.Facts.HasTasksHeader = true;
        report.Facts.Columns = _present;
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
        if (!TaskRowLine.TryParse(text, columns, out int pid, _known, _other, out TextRange name))
        {
            return LineResult.Malformed;
        }

        if (report.Tasks.Count >= limits.MaxTasks)
        {
            // The row is counted as the report's, and its text kept; what follows the table is read.
            report.Facts.IsTableFull = true;
            return LineResult.Read;
        }

        // Blanks that make a name too long are a table's that was laid out anew.
        ReadOnlySpan<byte> printed = name.In(text);
        printed = printed.Length > TaskName.MaxLength ? printed.TrimStart((byte)' ') : printed;
        AddTask(report, pid, TaskNameText.Read(printed, ReportLineReader.Escaping(in envelope)));
        if (report.OtherColumns.Count > 0)
        {
            report.OtherValues.AddRange(_other.AsSpan(0, report.OtherColumns.Count));
        }

        return LineResult.Read;
    }

    /// <summary>Reads a row of usual numbers whose name can stand for nothing but itself; false where it takes <see cref="ReadRow"/> to tell.</summary>
    /// <param name="report">The report.</param>
    /// <param name="text">The row, and as many bytes as <see cref="TaskRowLine.TryParseShort"/> wants.</param>
    /// <param name="length">The length of the row.</param>
    /// <param name="pid">The pid; the other values are remembered for <see cref="AddTask"/>.</param>
    /// <param name="name">Where the name begins.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryReadShortRow(OomReport report, ReadOnlySpan<byte> text, int length, out int pid, out int name)
    {
        (pid, name) = (0, 0);
        if (!report.Facts.HasTasksHeader || report.OtherColumns.Count > 0 || report.Tasks.Count >= limits.MaxTasks)
        {
            return false;
        }

        if (!ReferenceEquals(_columnsOf, report))
        {
            ReloadColumns(report);
        }

        if (!_layout.TryParse(text, length, out pid, _known, out name))
        {
            ReadOnlySpan<TaskColumn> columns = _columns.AsSpan(0, _columnCount);
            if (!TaskRowLine.TryParseShort(text, length, columns, out pid, _known, out name))
            {
                return false;
            }

            _layout.Remember(text, columns, name);
        }

        return length - name <= TaskName.MaxLength;
    }

    /// <summary>Stores the row that was read last.</summary>
    public void AddTask(OomReport report, int pid, in TaskName name) => report.Tasks.Add(new OomTask(
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
        name));

    private long Known(TaskColumn column) => _known[(int)column];

    /// <summary>Reads the columns of a header, and remembers it: mostly the next report has the same, and its rows look the same too.</summary>
    private void ReadColumns(ReadOnlySpan<byte> header)
    {
        Forget();
        Utf8Cursor cursor = new(header);
        cursor.TrySkipPast("]"u8);
        while (_columnCount < MaxColumns && TaskHeaderLine.TryTakeColumn(ref cursor, header, out TaskColumn column, out TextRange name))
        {
            _columns[_columnCount++] = column;
            _present |= Present(column);
            if (column == TaskColumn.Other)
            {
                _otherNames[_otherCount++] = name;
            }
        }

        _headerLength = header.Length <= _header.Length ? header.Length : 0;
        header[.._headerLength].CopyTo(_header);
    }

    private void Forget()
    {
        (_headerLength, _columnCount, _otherCount, _present) = (0, 0, 0, OomTask.Columns.None);
        _layout.Forget();
        Array.Clear(_known);
    }

    private void ReloadColumns(OomReport report)
    {
        Forget();
        _columnsOf = report;
        _columnCount = report.TaskColumns.Count;
        for (int at = 0; at < _columnCount; at++)
        {
            _columns[at] = (TaskColumn)report.TaskColumns[at];
        }
    }
}
