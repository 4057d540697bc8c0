namespace KmsgOom.Files;

/// <summary>Adds up what the parsers of the parts have counted, each from where it was met to where it met the next.</summary>
internal sealed class CounterSum
{
    /// <summary>What the parts before have counted, less what the part in its turn had counted when it was met.</summary>
    private OomParserCounters _before;
    private int _slicesBefore;

    /// <summary>Gets the lines before the part in its turn.</summary>
    public long LineBase { get; private set; }

    /// <summary>Gets the sum.</summary>
    public OomParserCounters Value { get; private set; }

    /// <summary>Counts what the part in its turn has read.</summary>
    public void Count(ChunkRun run)
    {
        KernelLogWrappers wrappers = Value.Wrappers;
        for (int at = _slicesBefore; at < run.Wrappers.Count; at++)
        {
            wrappers |= run.Wrappers[at];
        }

        _slicesBefore = 0;
        run.Wrappers.Clear();
        Value = Sum(_before, run.Parser.Counters) with { Wrappers = wrappers, Lines = run.Parser.LineCount + LineBase };
    }

    /// <summary>Goes on with the next part.</summary>
    /// <param name="run">The part before, which has been counted.</param>
    /// <param name="meeting">Where it met the next.</param>
    public void HandOver(ChunkRun run, Meeting meeting)
    {
        _before = Sum(_before, run.Parser.Counters, meeting.Counters);
        _slicesBefore = meeting.Slices;
        LineBase += meeting.Lines;
    }

    /// <summary>Adds; bytes and encoding are those of the second, which has read on.</summary>
    private static OomParserCounters Sum(OomParserCounters one, OomParserCounters other, OomParserCounters less = default) => other with
    {
        Events = one.Events + other.Events - less.Events,
        MalformedLines = one.MalformedLines + other.MalformedLines - less.MalformedLines,
        OverlongLines = one.OverlongLines + other.OverlongLines - less.OverlongLines,
        OrphanReaperLines = one.OrphanReaperLines + other.OrphanReaperLines - less.OrphanReaperLines,
        SuppressedReports = one.SuppressedReports + other.SuppressedReports - less.SuppressedReports,
        DuplicateReports = one.DuplicateReports + other.DuplicateReports - less.DuplicateReports,
        LimitHits = one.LimitHits + other.LimitHits - less.LimitHits,
        KernelLines = one.KernelLines + other.KernelLines - less.KernelLines,
    };
}
