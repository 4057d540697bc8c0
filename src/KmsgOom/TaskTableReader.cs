using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Reads the task table: remembers the columns of the header and stores the rows.</summary>
internal sealed class TaskTableReader(OomParserLimits limits)
{
    // As many kernels as are mixed in a log, mostly one.
    private const int MaxTables = 4;

    private readonly TaskTable[] _tables = [.. Enumerable.Range(0, MaxTables).Select(static _ => new TaskTable())];
    private readonly TaskTable _reloaded = new();
    private readonly long[] _other = new long[TaskTable.MaxColumns];

    /// <summary>The report of the rows that were read last, and its table.</summary>
    private OomReport? _tableOf;
    private TaskTable _table = new();
    private int _oldest;

    public void Reset() => _tableOf = null;

    public LineResult ReadHeader(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        // A second header cannot change the columns of the rows that are there.
        if (report.Tasks.Count > 0)
        {
            return LineResult.Read;
        }

        _table = Find(text);
        _tableOf = report;
        report.TaskColumns.Clear();
        report.OtherColumns.Clear();
        foreach (TaskColumn column in _table.Columns)
        {
            report.TaskColumns.Add((byte)column);
        }

        foreach (TextRange name in _table.OtherNames)
        {
            report.OtherColumns.Add(name.Shift(start));
        }

        report.Facts.HasTasksHeader = true;
        report.Facts.Columns = _table.Present;
        return LineResult.Read;
    }

    public LineResult ReadRow(OomReport report, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        if (!report.Facts.HasTasksHeader && !TryDoWithoutHeader(report, text))
        {
            return LineResult.Malformed;
        }

        // Reports of several hosts may alternate; each has its own header.
        if (!ReferenceEquals(_tableOf, report))
        {
            Reload(report);
        }

        if (!TaskRowLine.TryParse(text, _table.Columns, _table.Known, _other, out TextRange name))
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
        AddTask(report, TaskNameText.Read(printed, ReportLineReader.Escaping(in envelope)));
        if (report.OtherColumns.Count > 0)
        {
            report.OtherValues.AddRange(_other.AsSpan(0, report.OtherColumns.Count));
        }

        return LineResult.Read;
    }

    /// <summary>
    /// Reads a row of usual numbers, which are remembered for <see cref="AddTask"/>, whose name can stand for nothing but itself; false where it takes <see cref="ReadRow"/> to tell.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="text">The row, and as many bytes as <see cref="TaskRowLine.TryParseShort"/> wants.</param>
    /// <param name="length">The length of the row.</param>
    /// <param name="name">Where the name begins.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryReadShortRow(OomReport report, ReadOnlySpan<byte> text, int length, out int name)
    {
        name = 0;
        if (!report.Facts.HasTasksHeader || report.OtherColumns.Count > 0 || report.Tasks.Count >= limits.MaxTasks)
        {
            return false;
        }

        if (!ReferenceEquals(_tableOf, report))
        {
            Reload(report);
        }

        TaskTable table = _table;
        if (!table.Layout.TryParse(text, length, table.Known, out name))
        {
            if (!TaskRowLine.TryParseShort(text, length, table.Columns, table.Known, out name))
            {
                return false;
            }

            // Where somebody has made one blank of many, no row is like the next.
            if (text[..name].IndexOf("  "u8) >= 0)
            {
                table.Layout.Remember(text, table.Columns, name);
            }
        }

        return length - name <= TaskName.MaxLength;
    }

    /// <summary>Tells whether rows may be read by <see cref="TryReadAlignedRow"/>: one was read before of this table, or of another with the same header.</summary>
    /// <param name="report">The report.</param>
    /// <param name="rows">Gets the room for them.</param>
    public bool MayTakeMany(OomReport report, out Span<OomTask> rows)
    {
        rows = report.Tasks.Room;
        rows = rows[..Math.Min(rows.Length, limits.MaxTasks - report.Tasks.Count)];
        return report.Facts.HasTasksHeader && report.OtherColumns.Count == 0 && ReferenceEquals(_tableOf, report) && _table.Layout.IsOfUsualPids;
    }

    /// <summary>Reads a row whose numbers end where those of the row before did, up to 128 bytes long; false where it takes another to tell.</summary>
    /// <param name="report">The report.</param>
    /// <param name="text">The row, and as many bytes as <see cref="TaskRowLine.TryParseShort"/> wants.</param>
    /// <param name="length">The length of the row.</param>
    /// <param name="name">Where the name begins.</param>
    /// <param name="row">Gets the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadAlignedRow(OomReport report, ReadOnlySpan<byte> text, out int length, out int name, ref OomTask row)
    {
        length = ByteMask.IndexOf(text, (byte)'\n', TokenWalk.Length);
        TaskTable table = _table;
        if (!table.Layout.TryParse(text, length, table.Known, out name) || length - name is < 1 or > TaskName.MaxLength)
        {
            return false;
        }

        row = Task(report, new TaskName(ByteMask.Head(text[name..], length - name)));
        return true;
    }

    /// <summary>Stores the row that was read last.</summary>
    public void AddTask(OomReport report, in TaskName name) => report.Tasks.Add(Task(report, in name));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private OomTask Task(OomReport report, in TaskName name) => new(
        unchecked((int)Known(TaskColumn.Pid)),
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
        name);

    private long Known(TaskColumn column) => _table.Known[(int)column];

    /// <summary>Takes the columns from a row, since the header is lost; false where that does not tell them.</summary>
    private bool TryDoWithoutHeader(OomReport report, ReadOnlySpan<byte> row)
    {
        ReadOnlySpan<TaskColumn> columns = TaskRowColumns.Find(row);
        foreach (TaskColumn column in columns)
        {
            report.TaskColumns.Add((byte)column);
        }

        if (columns.IsEmpty)
        {
            return false;
        }

        Reload(report);
        report.Facts.HasTasksHeader = true;
        report.Facts.Columns = _table.Present;
        return true;
    }

    /// <summary>Finds the table with a header, or reads that in the place of the one that was read first.</summary>
    private TaskTable Find(ReadOnlySpan<byte> header)
    {
        foreach (TaskTable table in _tables)
        {
            if (header.SequenceEqual(table.Header))
            {
                return table;
            }
        }

        TaskTable oldest = _tables[_oldest];
        _oldest = (_oldest + 1) % MaxTables;
        oldest.Read(header);
        return oldest;
    }

    private void Reload(OomReport report)
    {
        _reloaded.Set(report.TaskColumns.AsSpan());
        (_table, _tableOf) = (_reloaded, report);
    }
}
