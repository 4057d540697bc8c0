namespace KmsgOom;

/// <summary>What a parser read so far, and what was damaged.</summary>
public readonly record struct OomParserCounters
{
    /// <summary>Gets the bytes consumed.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets the lines consumed.</summary>
    public long Lines { get; init; }

    /// <summary>Gets the events delivered.</summary>
    public long Events { get; init; }

    /// <summary>Gets the lines that were recognised but could not be read, such as a task row that does not fit its header.</summary>
    public long MalformedLines { get; init; }

    /// <summary>Gets the lines longer than <see cref="OomParserLimits.MaxLineBytes"/>.</summary>
    public long OverlongLines { get; init; }

    /// <summary>Gets the reaper lines whose victim was not (or no longer) at hand.</summary>
    public long OrphanReaperLines { get; init; }

    /// <summary>Gets the reports that the kernel says it suppressed.</summary>
    public long SuppressedReports { get; init; }

    /// <summary>Gets the reports that were kept back because another logger had written the same one just before (see <see cref="OomEvent.IsDuplicated"/>).</summary>
    public long DuplicateReports { get; init; }

    /// <summary>Gets how often a report was cut short or delivered early because a bound of <see cref="OomParserLimits"/> was hit.</summary>
    public long LimitHits { get; init; }

    /// <summary>Gets the lines that carried a kernel log's wrapper; zero where nothing looked like a kernel log.</summary>
    public long KernelLines { get; init; }

    /// <summary>Gets the wrappers seen.</summary>
    public KernelLogWrappers Wrappers { get; init; }

    /// <summary>Gets how the input is encoded.</summary>
    public KernelLogEncoding Encoding { get; init; }
}
