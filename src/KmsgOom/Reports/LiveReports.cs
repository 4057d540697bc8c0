using KmsgOom.Envelopes;

namespace KmsgOom.Reports;

/// <summary>The reports that are not delivered yet, in the order of their first lines, and how to find one.</summary>
internal sealed class LiveReports
{
    private readonly List<OomReport> _reports = [];

    public int Count => _reports.Count;

    public OomReport this[int index] => _reports[index];

    public void Add(OomReport report) => _reports.Add(report);

    /// <summary>Finds where a report stands; -1 where it is none of these.</summary>
    public int IndexOf(OomReport? report) => report is null ? -1 : _reports.IndexOf(report);

    public void RemoveFirst() => _reports.RemoveAt(0);

    public void Clear() => _reports.Clear();

    public List<OomReport>.Enumerator GetEnumerator() => _reports.GetEnumerator();

    /// <summary>Finds the newest report of a host, in any state but done, that fits.</summary>
    public OomReport? FindNewest(ReadOnlySpan<byte> host, Func<OomReport, bool> fits)
    {
        for (int at = _reports.Count - 1; at >= 0; at--)
        {
            OomReport report = _reports[at];
            if (report.Facts.State != ReportState.Done && IsSameHost(report, host) && fits(report))
            {
                return report;
            }
        }

        return null;
    }

    /// <summary>Finds the newest OOM report of a host that has a victim with this pid; who is killed by others may be killed again.</summary>
    public OomReport? FindVictim(ReadOnlySpan<byte> host, int pid, out int index)
    {
        for (int at = _reports.Count - 1; at >= 0; at--)
        {
            OomReport report = _reports[at];
            if (report.Facts is { State: not ReportState.Done, IsCopy: false, Kind: OomEventKind.Oom } && IsSameHost(report, host))
            {
                index = report.FindVictim(pid);
                if (index >= 0)
                {
                    return report;
                }
            }
        }

        index = -1;
        return null;
    }

    /// <summary>Finds the two open OOM reports of a host; false where there are not two.</summary>
    public bool TryFindTwoOpen(ReadOnlySpan<byte> host, out OomReport older, out OomReport newer)
    {
        older = newer = null!;
        foreach (OomReport report in _reports)
        {
            if (report.Facts is { Kind: OomEventKind.Oom, State: ReportState.Open } && IsSameHost(report, host))
            {
                (older, newer) = (newer, report);
            }
        }

        return older is not null;
    }

    /// <summary>Finds the report of which a trigger is another logger's copy: the kernel's words and its time are the same, the wrapper is not.</summary>
    public OomReport? FindOriginal(in Envelope trigger)
    {
        if (trigger.UptimeMicroseconds < 0 && !trigger.Wall.IsPresent)
        {
            return null;
        }

        foreach (OomReport report in _reports)
        {
            ref ReportFacts facts = ref report.Facts;
            if (facts.State == ReportState.Held && facts.IsOfTime(in trigger) && facts.FirstWrappers != trigger.Wrappers
                && IsSameHost(report, trigger.Host) && report.Lines.Count > 0 && report.Get(report.Lines[0].Text).SequenceEqual(trigger.Message))
            {
                return report;
            }
        }

        return null;
    }

    public static bool IsSameHost(OomReport report, ReadOnlySpan<byte> host) =>
        host.IsEmpty || !report.Facts.Host.IsPresent || report.Get(report.Facts.Host).SequenceEqual(host);
}
