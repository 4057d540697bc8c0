namespace KmsgOom.Reports;

/// <summary>The storage of reports: hands it out, takes it back, and knows how much memory all of it takes.</summary>
internal sealed class ReportPool(long maxBytes)
{
    private readonly Stack<OomReport> _free = [];
    private long _liveBytes;
    private long _freeBytes;
    private int _rented;

    /// <summary>Gets the most reports that were in use at a time.</summary>
    public int MostRented { get; private set; }

    /// <summary>Gets whether storage was ever let go of, so that its size is not known any more.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>
    /// Gets whether the reports in use take too much. A quarter of the bound is left to storage that waits to be used again, so that a
    /// storm at the bound does not allocate either.
    /// </summary>
    public bool IsOverBound => _liveBytes > maxBytes / 4 * 3;

    public OomReport Rent()
    {
        MostRented = Math.Max(MostRented, ++_rented);
        if (!_free.TryPop(out OomReport? report))
        {
            return new OomReport();
        }

        _freeBytes -= report.CountedBytes;
        _liveBytes += report.CountedBytes;
        return report;
    }

    public void Return(OomReport report)
    {
        _rented--;
        _liveBytes -= report.CountedBytes;

        // Who looks at a report makes it grow once more.
        report.CountedBytes = report.Bytes;
        if (_liveBytes + _freeBytes + report.CountedBytes > maxBytes)
        {
            HasDropped = true;
            return;
        }

        report.Clear();
        _freeBytes += report.CountedBytes;
        _free.Push(report);
    }

    /// <summary>Counts what a report has grown by, and lets go of free storage for it.</summary>
    public void Count(OomReport report)
    {
        _liveBytes += report.Bytes - report.CountedBytes;
        report.CountedBytes = report.Bytes;
        while (_liveBytes + _freeBytes > maxBytes && _free.TryPop(out OomReport? free))
        {
            _freeBytes -= free.CountedBytes;
            HasDropped = true;
        }
    }

    /// <summary>Notes the most room that each array of the storage at hand has ever taken.</summary>
    public void WidenTo(Span<long> most)
    {
        foreach (OomReport report in _free)
        {
            report.WidenTo(most);
        }
    }
}
