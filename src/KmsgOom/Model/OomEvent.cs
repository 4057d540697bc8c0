using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>One OOM event, owned: it borrows nothing and may be kept.</summary>
/// <remarks>
/// Every value is read from the log or derived from what was read; what the log did not say is null or empty.
/// Two events are equal when all their values are; <see cref="Lines"/> (the text itself) does not count.
/// <see cref="Lines"/>, <see cref="CallTrace"/>, <see cref="Registers"/> and <see cref="Memory"/> are made of the kept text when somebody asks for the first time;
/// any thread may.
/// </remarks>
public sealed record OomEvent
{
    private static readonly Lazy<ImmutableArray<string>> NoTexts = new(ImmutableArray<string>.Empty);
    private static readonly Lazy<ImmutableArray<OomRegister>> NoRegisters = new(ImmutableArray<OomRegister>.Empty);
    private static readonly Lazy<OomMemory?> NoMemory = new((OomMemory?)null);

    /// <summary>Gets an id that is the same for the same bytes at the same place, and survives amendments.</summary>
    public required string Id { get; init; }

    /// <summary>Gets 1, or more for an amended event of live reading.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Gets the kind of report.</summary>
    public required OomEventKind Kind { get; init; }

    /// <summary>Gets how it ended.</summary>
    public required OomOutcome Outcome { get; init; }

    /// <summary>Gets whose memory was exhausted.</summary>
    public OomScope Scope { get; init; }

    /// <summary>Gets the printed constraint; <see cref="OomConstraint.Unknown"/> where the log has none.</summary>
    public OomConstraint Constraint { get; init; }

    /// <summary>Gets the printed constraint as a word; null where the log has none.</summary>
    public string? ConstraintText { get; init; }

    /// <summary>Gets the sections that the log contains.</summary>
    public required OomSections Sections { get; init; }

    /// <summary>Gets the sections that are provably missing or cut.</summary>
    public OomSections Missing { get; init; }

    /// <summary>Gets whether nothing is provably missing.</summary>
    public bool IsComplete => Missing == OomSections.None;

    /// <summary>Gets where the event stands in its log.</summary>
    public required OomSource Source { get; init; }

    /// <summary>Gets the host of the syslog or journal header; null where there is none.</summary>
    public string? Host { get; init; }

    /// <summary>Gets the wall-clock time of the first line that has a clock; null where none has that one.</summary>
    public OomTimestamp? Time { get; init; }

    /// <summary>Gets the time since boot of the first line that has a clock; null where none has that one.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>Gets when the machine booted, by the clocks of the first line that has one; null where it has only one of them.</summary>
    public DateTime? BootTime => Time is { } time && Uptime is { } uptime && time.DateTime.Ticks > uptime.Ticks ? time.DateTime - uptime : null;

    /// <summary>Gets whether two reports of one machine ran into each other (kernels before 4.2).</summary>
    public bool IsInterleaved { get; init; }

    /// <summary>
    /// Gets whether the log has the event more than once, word for word and at the same microsecond (the same second where one logger leaves out the kernel's
    /// stamp), as when two loggers write one file; it is delivered once.
    /// </summary>
    public bool IsDuplicated { get; init; }

    /// <summary>Gets how many reports the kernel suppressed before this one ("callbacks suppressed").</summary>
    public long SuppressedBefore { get; init; }

    /// <summary>Gets how many messages were lost inside this report: gaps of /dev/kmsg, "messages dropped", and what journald or rsyslog say that they lost.</summary>
    public long LostMessages { get; init; }

    /// <summary>Gets the kernel and the machine; null where the log has no CPU line.</summary>
    public OomKernel? Kernel { get; init; }

    /// <summary>Gets the allocation that ran out of memory; null where the log has neither trigger line nor CPU line.</summary>
    public OomTrigger? Trigger { get; init; }

    /// <summary>
    /// Gets whether a person asked for the kill (SysRq-f), so that memory need not have been short: order -1 (<see cref="OomTrigger.IsManual"/>), and before
    /// 4.4, which prints order 0, a frame of the call trace.
    /// </summary>
    /// <remarks>Kernel: <c>drivers/tty/sysrq.c</c>, <c>moom_callback()</c>.</remarks>
    public bool IsManual => Trigger switch
    {
        { IsManual: true } => true,

        // Kernels that name the flags, 4.6 and later, print order -1: the trace of nearly all events need not be searched.
        { Order: 0, GfpFlags.IsDefaultOrEmpty: true } => HasFrame("moom_callback"),
        _ => false,
    };

    /// <summary>Gets the frames of the call trace, as printed without leading blanks.</summary>
    public ImmutableArray<string> CallTrace
    {
        get => LateCallTrace.Value;
        init => LateCallTrace = new(value);
    }

    /// <summary>Gets the registers printed after the call trace.</summary>
    public ImmutableArray<OomRegister> Registers
    {
        get => LateRegisters.Value;
        init => LateRegisters = new(value);
    }

    /// <summary>Gets the memory cgroup; null where the log names none.</summary>
    public OomMemcg? Memcg { get; init; }

    /// <summary>Gets the memory of the machine; null where the log has no Mem-Info block.</summary>
    public OomMemory? Memory
    {
        get => LateMemory.Value;
        init => LateMemory = new(value);
    }

    /// <summary>Gets the size of a page in bytes.</summary>
    public int PageSize { get; init; } = 4096;

    /// <summary>Gets where <see cref="PageSize"/> comes from.</summary>
    public OomPageSizeSource PageSizeSource { get; init; }

    /// <summary>Gets the task table in printed order.</summary>
    public ImmutableArray<OomTask> Tasks { get; init; } = [];

    /// <summary>Gets the names of the numeric columns that <see cref="OomTask"/> does not have, such as <c>nr_ptes</c>, <c>cpu</c>, a vendor's.</summary>
    public ImmutableArray<string> OtherTaskColumns { get; init; } = [];

    /// <summary>Gets the values of <see cref="OtherTaskColumns"/>, row by row in the order of <see cref="Tasks"/>.</summary>
    public ImmutableArray<long> OtherTaskValues { get; init; } = [];

    /// <summary>Gets what the kill lines name, each pid once, in their order.</summary>
    public ImmutableArray<OomVictim> Victims { get; init; } = [];

    /// <summary>Gets the process that was chosen, where the log has the announcement (up to 5.0) or the constraint line and not the kill behind it; null elsewhere.</summary>
    public OomAnnounced? Announced { get; init; }

    /// <summary>Gets the text of the panic; null where the kernel did not give up.</summary>
    public string? Panic { get; init; }

    /// <summary>Gets the lines of one sentence inside the report that no other value holds, in printed order; empty where there are none.</summary>
    public ImmutableArray<OomRemark> Remarks { get; init; } = [];

    /// <summary>Gets kernel lines inside the report that were not recognised; bounded.</summary>
    public ImmutableArray<string> UnknownLines { get; init; } = [];

    /// <summary>Gets the lines of the report as they stood in the log, without their wrapper; empty for events read back from JSON.</summary>
    public ImmutableArray<OomLine> Lines
    {
        get => KeptLines.ToLines();
        init => KeptLines = KeptLines.Of(value);
    }

    /// <summary>Gets the lines as they were kept, to be made strings when somebody asks: most who keep events never do.</summary>
    internal KeptLines KeptLines { get; init; } = KeptLines.None;

    /// <summary>Gets what <see cref="CallTrace"/> is made with; so it is with the two below.</summary>
    internal Lazy<ImmutableArray<string>> LateCallTrace { get; init; } = NoTexts;

    internal Lazy<ImmutableArray<OomRegister>> LateRegisters { get; init; } = NoRegisters;

    internal Lazy<OomMemory?> LateMemory { get; init; } = NoMemory;

    /// <summary>Converts pages to bytes with the event's <see cref="PageSize"/>; the nearest number there is where a damaged log has too many.</summary>
    public long ToBytes(long pages) => (long)Int128.Clamp((Int128)pages * PageSize, long.MinValue, long.MaxValue);

    /// <summary>Gets the value of a column that <see cref="OomTask"/> does not have.</summary>
    /// <param name="row">The index into <see cref="Tasks"/>.</param>
    /// <param name="column">A name of <see cref="OtherTaskColumns"/>.</param>
    /// <returns>The value as printed; null where the table has no such column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public long? GetOther(int row, string column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Tasks.Length);
        int index = OtherTaskColumns.IndexOf(column);
        return index < 0 ? null : OtherTaskValues[(row * OtherTaskColumns.Length) + index];
    }

    private bool HasFrame(string name) => KeptLines.Count > 0
        ? KeptLines.Find(OomSections.CallTrace, name) >= 0
        : CallTrace.Any(frame => frame.Contains(name, StringComparison.Ordinal));

    /// <inheritdoc/>
    public bool Equals(OomEvent? other) =>
        other is not null
        && Id == other.Id
        && Revision == other.Revision
        && Kind == other.Kind
        && Outcome == other.Outcome
        && Scope == other.Scope
        && Constraint == other.Constraint
        && ConstraintText == other.ConstraintText
        && Sections == other.Sections
        && Missing == other.Missing
        && Source == other.Source
        && Host == other.Host
        && Time == other.Time
        && Uptime == other.Uptime
        && IsInterleaved == other.IsInterleaved
        && IsDuplicated == other.IsDuplicated
        && SuppressedBefore == other.SuppressedBefore
        && LostMessages == other.LostMessages
        && Kernel == other.Kernel
        && Trigger == other.Trigger
        && CallTrace.AsSpan().SequenceEqual(other.CallTrace.AsSpan())
        && Registers.AsSpan().SequenceEqual(other.Registers.AsSpan())
        && Memcg == other.Memcg
        && Memory == other.Memory
        && PageSize == other.PageSize
        && PageSizeSource == other.PageSizeSource
        && Tasks.AsSpan().SequenceEqual(other.Tasks.AsSpan())
        && OtherTaskColumns.AsSpan().SequenceEqual(other.OtherTaskColumns.AsSpan())
        && OtherTaskValues.AsSpan().SequenceEqual(other.OtherTaskValues.AsSpan())
        && Victims.AsSpan().SequenceEqual(other.Victims.AsSpan())
        && Announced == other.Announced
        && Panic == other.Panic
        && Remarks.AsSpan().SequenceEqual(other.Remarks.AsSpan())
        && UnknownLines.AsSpan().SequenceEqual(other.UnknownLines.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Revision, Kind, Source);
}
