using KmsgOom.Lines;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>What the header of a task table says, and where the numbers of its rows stand: mostly the next report has the same.</summary>
internal sealed class TaskTable
{
    public const int MaxColumns = 32;

    // Longer ones are none of the kernel's.
    private const int MaxHeaderLength = 256;

    private readonly TaskColumn[] _columns = new TaskColumn[MaxColumns];
    private readonly TextRange[] _otherNames = new TextRange[MaxColumns];
    private readonly byte[] _header = new byte[MaxHeaderLength];
    private int _columnCount;
    private int _otherCount;
    private int _headerLength;

    /// <summary>Gets the numeric columns behind the pid.</summary>
    public ReadOnlySpan<TaskColumn> Columns => _columns.AsSpan(0, _columnCount);

    /// <summary>Gets the names of those that <see cref="OomTask"/> does not have.</summary>
    public ReadOnlySpan<TextRange> OtherNames => _otherNames.AsSpan(0, _otherCount);

    /// <summary>Gets which optional columns there are.</summary>
    public OomTask.Columns Present { get; private set; }

    /// <summary>Gets the header; empty where it is not known.</summary>
    public ReadOnlySpan<byte> Header => _header.AsSpan(0, _headerLength);

    /// <summary>Gets the values of the row that was read last, each at the place of its <see cref="TaskColumn"/>; zero where the table has no such column.</summary>
    public long[] Known { get; } = new long[(int)TaskColumn.Count];

    /// <summary>Gets where the numbers of the row before ended.</summary>
    public TaskRowLayout Layout { get; } = new();

    /// <summary>Reads the columns of a header.</summary>
    public void Read(ReadOnlySpan<byte> header)
    {
        Forget();
        Utf8Cursor cursor = new(header);
        cursor.TrySkipPast("]"u8);
        while (_columnCount < MaxColumns && TaskHeaderLine.TryTakeColumn(ref cursor, header, out TaskColumn column, out TextRange name))
        {
            _columns[_columnCount++] = column;
            Present |= PresentBy(column);
            if (column == TaskColumn.Other)
            {
                _otherNames[_otherCount++] = name;
            }
        }

        _headerLength = header.Length <= _header.Length ? header.Length : 0;
        header[.._headerLength].CopyTo(_header);
    }

    /// <summary>Takes the columns of a table whose header is not at hand any more.</summary>
    public void Set(ReadOnlySpan<byte> columns)
    {
        Forget();
        _columnCount = columns.Length;
        for (int at = 0; at < _columnCount; at++)
        {
            _columns[at] = (TaskColumn)columns[at];
            Present |= PresentBy(_columns[at]);
        }
    }

    private static OomTask.Columns PresentBy(TaskColumn column) => column switch
    {
        TaskColumn.RssAnon => OomTask.Columns.RssAnon,
        TaskColumn.RssFile => OomTask.Columns.RssFile,
        TaskColumn.RssShmem => OomTask.Columns.RssShmem,
        TaskColumn.PageTablesBytes => OomTask.Columns.PageTablesBytes,
        TaskColumn.SwapEntries => OomTask.Columns.SwapEntries,
        TaskColumn.OomScoreAdj => OomTask.Columns.OomScoreAdj,
        _ => OomTask.Columns.None,
    };

    private void Forget()
    {
        (_headerLength, _columnCount, _otherCount, Present) = (0, 0, 0, OomTask.Columns.None);
        Layout.Forget();
        Array.Clear(Known);
    }
}
