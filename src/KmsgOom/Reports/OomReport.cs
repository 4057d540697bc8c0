using System.Runtime.CompilerServices;
using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>The storage of one report: the text of its lines, kept once, and what was read from them.</summary>
/// <remarks>All text is a range of <see cref="Text"/>. The arrays keep their size when the storage is used again.</remarks>
internal sealed partial class OomReport
{
    private readonly MemoryMeter _meter = new();
    private readonly GrowingArray<byte> _text;

    public OomReport()
    {
        _text = new(_meter);
        Lines = new(_meter);
        CallTrace = new(_meter);
        Registers = new(_meter);
        StatGroups = new(_meter);
        Stats = new(_meter);
        Tasks = new(_meter);
        TaskColumns = new(_meter);
        OtherColumns = new(_meter);
        OtherValues = new(_meter);
        Victims = new(_meter);
        Remarks = new(_meter);
        Memory = new(_meter);
    }

    public GrowingArray<ReportLine> Lines { get; }

    public GrowingArray<TextRange> CallTrace { get; }

    public GrowingArray<RegisterEntry> Registers { get; }

    public GrowingArray<StatGroup> StatGroups { get; }

    public GrowingArray<StatEntry> Stats { get; }

    public GrowingArray<OomTask> Tasks { get; }

    /// <summary>Gets the columns of the task table, as the reader of tables numbers them.</summary>
    public GrowingArray<byte> TaskColumns { get; }

    public GrowingArray<TextRange> OtherColumns { get; }

    public GrowingArray<long> OtherValues { get; }

    public GrowingArray<OomVictim> Victims { get; }

    public GrowingArray<RemarkEntry> Remarks { get; }

    public ReportMemory Memory { get; }

    /// <summary>Gets how often the storage has been used again: who remembers a report remembers this too.</summary>
    public int Generation { get; private set; }

    /// <summary>Gets the memory that the storage takes.</summary>
    public long Bytes => _meter.Bytes;

    /// <summary>Gets or sets how much of <see cref="Bytes"/> the builder has counted.</summary>
    public long CountedBytes { get; set; }

    /// <summary>Gets whether the storage takes more than the builder has counted.</summary>
    public bool HasGrown => Bytes != CountedBytes;

    public ReadOnlySpan<byte> Text => _text.AsSpan();

    /// <summary>Gets the room behind the text.</summary>
    public Span<byte> TextRoom => _text.Room;

    public ReportFacts Facts = new();

    public ReadOnlySpan<byte> Get(TextRange range) => range.In(Text);

    /// <summary>Keeps text; what is read from it are ranges that begin at the position handed back.</summary>
    public int Append(ReadOnlySpan<byte> text)
    {
        int start = _text.Count;
        _text.AddRange(text);
        return start;
    }

    /// <summary>Keeps text behind which there are other bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Append(ReadOnlySpan<byte> text, int length)
    {
        int start = _text.Count;
        _text.AddFirst(text, length);
        return start;
    }

    /// <summary>Makes the first of what was written to <see cref="TextRoom"/> text.</summary>
    public void KeepRoom(int count) => _text.KeepRoom(count);

    /// <summary>Keeps text without making it a line of the report.</summary>
    public TextRange Keep(ReadOnlySpan<byte> text) => new(Append(text), text.Length);

    /// <summary>Forgets text that was kept from a position on.</summary>
    public void DropText(int start) => _text.Truncate(start);

    /// <summary>Finds the victim with a pid; -1 where there is none.</summary>
    public int FindVictim(int pid)
    {
        Span<OomVictim> victims = Victims.AsSpan();
        for (int at = 0; at < victims.Length; at++)
        {
            if (victims[at].Pid == pid)
            {
                return at;
            }
        }

        return -1;
    }

    public void Clear()
    {
        _text.Clear();
        Lines.Clear();
        CallTrace.Clear();
        Registers.Clear();
        StatGroups.Clear();
        Stats.Clear();
        Tasks.Clear();
        TaskColumns.Clear();
        OtherColumns.Clear();
        OtherValues.Clear();
        Victims.Clear();
        Remarks.Clear();
        Memory.Clear();
        Facts = new ReportFacts();
        Generation++;
    }
}
