namespace KmsgOom.Cli;

/// <summary>The sums over all inputs of a run.</summary>
internal sealed class ScanTotals
{
    private readonly List<string> _wrappers = [];

    /// <summary>The inputs that were read, if only in part.</summary>
    public int Inputs { get; private set; }

    public int UnreadableInputs { get; set; }

    /// <summary>The inputs with content in which nothing looked like a kernel log.</summary>
    public int UnlikelyInputs { get; private set; }

    public bool IsInterrupted { get; set; }

    public bool IsUtf16 { get; private set; }

    public long Bytes { get; private set; }

    public long Events { get; private set; }

    /// <summary>Whether other events than the kernel's OOM are shown.</summary>
    public bool ShowsAllKinds { get; set; }

    /// <summary>The events that are no kernel OOM.</summary>
    public long OtherEvents { get; private set; }

    /// <summary>The kernel OOM events that the filter did not show.</summary>
    public long FilteredOut { get; set; }

    public long Kills { get; private set; }

    public long Incomplete { get; private set; }

    public long SuppressedReports { get; private set; }

    public long MalformedLines { get; private set; }

    public long OverlongLines { get; private set; }

    public long OrphanReaperLines { get; private set; }

    public long DuplicateReports { get; private set; }

    public long LimitHits { get; private set; }

    /// <summary>The wrappers in words, each once, in the order in which they were met.</summary>
    public IReadOnlyList<string> Wrappers => _wrappers;

    public void Add(OomEvent oomEvent)
    {
        if (oomEvent.Kind != OomEventKind.Oom)
        {
            OtherEvents++;
            return;
        }

        Events++;
        Kills += oomEvent.Victims.Length;
        Incomplete += oomEvent.IsComplete ? 0 : 1;
    }

    public void Add(OomParserCounters counters)
    {
        Inputs++;
        Bytes += counters.Bytes;
        SuppressedReports += counters.SuppressedReports;
        MalformedLines += counters.MalformedLines;
        OverlongLines += counters.OverlongLines;
        OrphanReaperLines += counters.OrphanReaperLines;
        DuplicateReports += counters.DuplicateReports;
        LimitHits += counters.LimitHits;
        IsUtf16 |= counters.Encoding is KernelLogEncoding.Utf16LittleEndian or KernelLogEncoding.Utf16BigEndian;
        if (counters.Bytes > 0 && counters.KernelLines == 0 && counters.Events == 0)
        {
            UnlikelyInputs++;
        }

        foreach (string name in WrapperNames.Of(counters))
        {
            if (!_wrappers.Contains(name))
            {
                _wrappers.Add(name);
            }
        }
    }
}
