namespace KmsgOom.Reports;

/// <content>What the builder remembers between two lines.</content>
internal sealed partial class OomReportBuilder
{
    /// <summary>Gets when hosts booted.</summary>
    public BootClock Boot => _boot;

    /// <summary>Gets what the kernel said it suppressed.</summary>
    public SuppressedReports Suppressed => _suppressed;

    /// <summary>Tells whether two builders will do the same with the lines to come, but for boot times and suppressed reports.</summary>
    public bool IsSameStateAs(OomReportBuilder other)
    {
        if (_openCount != other._openCount || _waitingCount != other._waitingCount || _earliestUptime != other._earliestUptime || _latestUptime != other._latestUptime
            || Live.Count != other.Live.Count || Live.IndexOf(_current) != other.Live.IndexOf(other._current))
        {
            return false;
        }

        // The cheap question first: of reports that began before one of them did there is one too many.
        for (int at = 0; at < Live.Count; at++)
        {
            if (Live[at].Facts.FirstOffset != other.Live[at].Facts.FirstOffset)
            {
                return false;
            }
        }

        for (int at = 0; at < Live.Count; at++)
        {
            if (!Live[at].IsSameAs(other.Live[at]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Tells how large the storage could have become if its reports had shared it with others before: an array that was large once
    /// stays so, and doubles at most.
    /// </summary>
    /// <param name="most">The most room that each array of a report took, here and before.</param>
    /// <returns>False where that could have been more than the bound: then it matters which storage was used before.</returns>
    public bool IsSafelyInBounds(Span<long> most)
    {
        _pool.WidenTo(most);
        foreach (OomReport report in Live)
        {
            report.WidenTo(most);
        }

        long largest = 0;
        foreach (long bytes in most)
        {
            largest += bytes * 2;
        }

        return !_pool.HasDropped && largest * (_pool.MostRented + 1) <= limits.MaxBufferedBytes / 4 * 3;
    }
}
