using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>The storage of one report: the text of its lines, kept once, and what was read from them.</summary>
/// <remarks>All text is a range of <see cref="Text"/>. The arrays keep their size when the storage is used again.</remarks>
internal sealed class OomReport
{
    private readonly GrowingArray<byte> _text = new();

    public GrowingArray<ReportLine> Lines { get; } = new();

    public GrowingArray<TextRange> CallTrace { get; } = new();

    public GrowingArray<RegisterEntry> Registers { get; } = new();

    public GrowingArray<StatGroup> StatGroups { get; } = new();

    public GrowingArray<StatEntry> Stats { get; } = new();

    public GrowingArray<OomTask> Tasks { get; } = new();

    public GrowingArray<TextRange> OtherColumns { get; } = new();

    public GrowingArray<long> OtherValues { get; } = new();

    public GrowingArray<OomVictim> Victims { get; } = new();

    public ReadOnlySpan<byte> Text => _text.AsSpan();

    public ReportFacts Facts = new();

    public long CapacityBytes => _text.CapacityBytes + Lines.CapacityBytes + CallTrace.CapacityBytes + Registers.CapacityBytes
        + StatGroups.CapacityBytes + Stats.CapacityBytes + Tasks.CapacityBytes + OtherColumns.CapacityBytes
        + OtherValues.CapacityBytes + Victims.CapacityBytes;

    public ReadOnlySpan<byte> Get(TextRange range) => range.In(Text);

    /// <summary>Keeps text; what is read from it are ranges that begin at the position handed back.</summary>
    public int Append(ReadOnlySpan<byte> text)
    {
        int start = _text.Count;
        _text.AddRange(text);
        return start;
    }

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
        OtherColumns.Clear();
        OtherValues.Clear();
        Victims.Clear();
        Facts = new ReportFacts();
    }
}
