using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>One OOM event, borrowed: valid until the next read on the same parser.</summary>
/// <remarks>
/// Every member, and those of its parts, throws <see cref="InvalidOperationException"/> once the parser has read on. Text is given as the bytes of the log,
/// normally UTF-8; an empty span stands for what the log did not say.
/// </remarks>
public readonly ref struct OomEventView
{
    private readonly BorrowedReport _borrowed;

    internal OomEventView(OomParser parser, OomReport report) => _borrowed = new BorrowedReport(parser, report);

    /// <summary>Gets the kind of report.</summary>
    public OomEventKind Kind => Report.Facts.Kind;

    /// <summary>Gets how it ended.</summary>
    public OomOutcome Outcome => ReportVerdict.Outcome(Report);

    /// <summary>Gets whose memory was exhausted.</summary>
    public OomScope Scope => ReportVerdict.Scope(Report);

    /// <summary>Gets the printed constraint; <see cref="OomConstraint.Unknown"/> where the log has none.</summary>
    public OomConstraint Constraint => Report.Facts.Constraint;

    /// <summary>Gets the sections that the log contains.</summary>
    public OomSections Sections => Report.Facts.Sections;

    /// <summary>Gets the sections that are provably missing or cut.</summary>
    public OomSections Missing => ReportVerdict.Missing(Report);

    /// <summary>Gets whether nothing is provably missing.</summary>
    public bool IsComplete => Missing == OomSections.None;

    /// <summary>Gets the first line of the report, 1-based.</summary>
    public long LineNumber => Report.Facts.FirstLine;

    /// <summary>Gets the first byte of that line, 0-based.</summary>
    public long ByteOffset => Report.Facts.FirstOffset;

    /// <summary>Gets the lines that belong to the event, reaper lines included.</summary>
    public int LineCount => Report.Facts.OwnedLines;

    /// <summary>Gets the other lines between the report's first line and its last (reaper lines not counted).</summary>
    public int ForeignLines => Report.Facts.ForeignLines;

    /// <summary>Gets the host of the syslog or journal header; empty where there is none.</summary>
    public ReadOnlySpan<byte> HostUtf8 => Report.Get(Report.Facts.Host);

    /// <summary>Gets the wall-clock time of the first line that has a clock; null where none has that one.</summary>
    public OomTimestamp? Time => Report.Facts.Time;

    /// <summary>Gets the time since boot of the first line that has a clock; null where none has that one.</summary>
    public TimeSpan? Uptime => ReportFacts.ToUptime(Report.Facts.FirstUptime);

    /// <summary>Gets whether two reports of one machine ran into each other.</summary>
    public bool IsInterleaved => Report.Facts.IsInterleaved;

    /// <summary>
    /// Gets whether the log has the event more than once, word for word and at the same microsecond (second, where one logger leaves out the stamp); it is
    /// delivered once.
    /// </summary>
    public bool IsDuplicated => Report.Facts.IsDuplicated;

    /// <summary>Gets how many reports the kernel suppressed before this one.</summary>
    public long SuppressedBefore => Report.Facts.SuppressedBefore;

    /// <summary>Gets how many messages were lost inside this report, as the kernel, its sequence numbers or the logger tell.</summary>
    public long LostMessages => Report.Facts.LostMessages;

    /// <summary>Gets the allocation that ran out of memory; meaningless where <see cref="Sections"/> has neither Trigger nor CallTrace.</summary>
    public OomTriggerView Trigger => new(Borrowed);

    /// <summary>Gets the kernel and the machine; empty where the log has no CPU line.</summary>
    public OomKernelView Kernel => new(Borrowed);

    /// <summary>Gets the frames of the call trace, as printed without leading blanks.</summary>
    public OomTextList CallTrace => new(Borrowed);

    /// <summary>Gets the number of registers.</summary>
    public int RegisterCount => Report.Registers.Count;

    /// <summary>Gets the memory cgroup; meaningless where <see cref="Sections"/> has neither Memcg nor Constraint.</summary>
    public OomMemcgView Memcg => new(Borrowed);

    /// <summary>Gets the memory of the machine; empty where <see cref="Sections"/> has no MemInfo.</summary>
    public OomMemoryView Memory => new(Borrowed);

    /// <summary>Gets the size of a page in bytes.</summary>
    public int PageSize => ReportVerdict.PageSize(Report, _borrowed.Options.PageSize, out _);

    /// <summary>Gets where <see cref="PageSize"/> comes from.</summary>
    public OomPageSizeSource PageSizeSource
    {
        get
        {
            ReportVerdict.PageSize(Report, _borrowed.Options.PageSize, out OomPageSizeSource source);
            return source;
        }
    }

    /// <summary>Gets the task table in printed order.</summary>
    public ReadOnlySpan<OomTask> Tasks => Report.Tasks.AsSpan();

    /// <summary>Gets what the kill lines name, each pid once, in their order.</summary>
    public ReadOnlySpan<OomVictim> Victims => Report.Victims.AsSpan();

    /// <summary>Gets the process that was chosen, where the log has the announcement (up to 5.0) or the constraint line and not the kill behind it; null elsewhere.</summary>
    public OomAnnounced? Announced => Report.Facts.Announced;

    /// <summary>Gets the text of the panic; empty where the kernel did not give up.</summary>
    public ReadOnlySpan<byte> PanicUtf8 => Report.Get(Report.Facts.Panic);

    /// <summary>Gets the number of remarks: lines of one sentence that no other value holds.</summary>
    public int RemarkCount => Report.Remarks.Count;

    /// <summary>Gets the number of lines whose text was kept: those of the report and unknown ones inside it.</summary>
    public int TextLineCount => Report.Lines.Count;

    private OomReport Report => _borrowed.Report;

    private BorrowedReport Borrowed
    {
        get
        {
            _ = Report;
            return _borrowed;
        }
    }

    /// <summary>Gets a register by its position.</summary>
    /// <param name="index">From 0 to <see cref="RegisterCount"/> - 1.</param>
    /// <param name="nameUtf8">The name as printed.</param>
    /// <param name="valueUtf8">The value as printed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such register.</exception>
    public void GetRegister(int index, out ReadOnlySpan<byte> nameUtf8, out ReadOnlySpan<byte> valueUtf8)
    {
        OomReport report = Report;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)report.Registers.Count, nameof(index));
        ref readonly RegisterEntry register = ref report.Registers[index];
        nameUtf8 = report.Get(register.Name);
        valueUtf8 = report.Get(register.Value);
    }

    /// <summary>Gets a remark by its position, in printed order: the kernel's text without its wrapper.</summary>
    /// <param name="index">From 0 to <see cref="RemarkCount"/> - 1.</param>
    /// <param name="kind">What it is about.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such remark.</exception>
    public ReadOnlySpan<byte> GetRemark(int index, out OomRemarkKind kind)
    {
        OomReport report = Report;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)report.Remarks.Count, nameof(index));
        kind = report.Remarks[index].Kind;
        return report.Get(report.Remarks[index].Text);
    }

    /// <summary>Gets a kept line by its position: the kernel's text without its wrapper.</summary>
    /// <param name="index">From 0 to <see cref="TextLineCount"/> - 1.</param>
    /// <param name="number">The line in the log, 1-based.</param>
    /// <param name="section">The section it belongs to; none for unknown lines and remarks.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public ReadOnlySpan<byte> GetTextLine(int index, out long number, out OomSections section)
    {
        OomReport report = Report;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)report.Lines.Count, nameof(index));
        ref ReportLine line = ref report.Lines[index];
        (number, section) = (line.Number, line.Section);
        return report.Get(line.Text);
    }

    /// <summary>Makes an owned copy, with strings.</summary>
    public OomEvent ToEvent() => OwnedEvent.Make(Report, _borrowed.Options);
}
