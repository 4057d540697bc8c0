namespace KmsgOom.Tests.ReportWriter;

/// <summary>Tells what a reader can know from the lines of a report that are left, by the rules of docs/architecture.md ("How a report lives").</summary>
internal sealed class Reading
{
    private readonly Wrapper _wrapper;
    private readonly List<Expectation> _reports = [];
    private readonly List<WrittenRecord> _before = [];

    // So many messages may be words that somebody said before he posted rows.
    private const int FirstMessages = 64;

    private int _messages;

    /// <summary>The report that still awaits its end; a report that has it is only added to by what names its victims.</summary>
    private Expectation? _open;

    private Reading(Wrapper wrapper) => _wrapper = wrapper;

    /// <summary>Reads what is left; a stack dump or a Mem-Info block alone proves nothing.</summary>
    public static OomEvent[] Of(IEnumerable<WrittenRecord> left, Wrapper wrapper)
    {
        Reading reading = new(wrapper);
        foreach (WrittenRecord record in left)
        {
            reading.Read(record);
        }

        return [.. reading._reports.Where(IsProven).Select(report => report.ToEvent())];
    }

    private static bool IsProven(Expectation report) =>
        report.Kind != OomEventKind.Oom || report.HasAnnounced || report.Ends.Count > 0 || report.Scopes.Contains(OomScope.Memcg)
        || report.Sections.HasFlag(OomSections.Trigger) || report.Sections.HasFlag(OomSections.Tasks) || report.Sections.HasFlag(OomSections.Constraint);

    private void Read(WrittenRecord record)
    {
        _messages++;
        switch (record.Standing)
        {
            case LineStanding.Before:
                _before.Add(record);
                break;
            case LineStanding.Alone:
                (_open ??= Begin()).Add(record);
                break;
            case LineStanding.InReport:
                _open?.Add(record);
                break;
            case LineStanding.InSection when IsExplained(record):
                _open!.Add(record);
                break;
            case LineStanding.Row when _open is { HasHeader: false, Tasks.Count: 0 } || (_open is null && _messages <= FirstMessages):
                (_open ??= Begin()).Add(record);
                break;
            case LineStanding.Row when _open?.Section == OomSections.Tasks:
                _open.Add(record);
                break;
            case LineStanding.Announcement:
                // Nothing comes between it and its kill line but what other CPUs print.
                (_open ??= Begin()).Add(record);
                break;
            case LineStanding.Kill:
                End(_open is { } open && !HasChosenAnother(open, record.Pid) ? open : OfVictim(record.Pid) ?? _reports.FindLast(report => report.Memcg.OomGroup) ?? Begin(), record);
                break;
            case LineStanding.Group:
                End(_open ?? _reports.FindLast(report => report.Victims.Count > 0) ?? Begin(), record);
                break;
            case LineStanding.Ending:
                End(_reports.FindLast(report => report.Panic is null) ?? Begin(), record);
                break;
            case LineStanding.Reaper:
                OfVictim(record.Pid)?.Add(record);
                break;
            default:
                break;
        }
    }

    private static bool HasChosenAnother(Expectation report, int pid) =>
        report.ChosenPid is { } chosen && chosen != pid && report.Tasks.Exists(task => task.Pid == chosen) && !report.Tasks.Exists(task => task.Pid == pid);

    private Expectation? OfVictim(int pid) => _reports.FindLast(report => report.Victims.Exists(victim => victim.Pid == pid));

    /// <summary>Frames follow the trigger or frames; everything else follows a line of its own section.</summary>
    private bool IsExplained(WrittenRecord record) => _open is not null
        && (_open.Section == record.Section || (record.Section == OomSections.CallTrace && _open.Section == OomSections.Trigger));

    private void End(Expectation report, WrittenRecord record)
    {
        report.Add(record);
        _open = null;
    }

    private Expectation Begin()
    {
        Expectation report = new(_wrapper);
        _before.ForEach(report.Add);
        _before.Clear();
        _reports.Add(report);
        return report;
    }
}
