using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Counts events and tells what they have in common: who is killed, when, how often, and whether it grows.</summary>
/// <remarks>
/// Events may come in any order (rotated logs, several files): what depends on order is sorted by time first. Events without a wall-clock
/// time stay in the order of their file. A machine is a host or, where the log names none, a file. Memory is bounded however many events come.
/// Not safe for use by several threads at once.
/// </remarks>
public sealed class OomHistory
{
    private readonly OomHistoryOptions _options;
    private readonly HistorySums _sums = new();
    private readonly RepeatedEvents _repeated;
    private readonly List<HistoryEntry> _entries = [];
    private readonly Tally _programs;
    private readonly Tally _workloads;
    private readonly Tally _hosts;
    private readonly Tally _days;
    private readonly Tally _hours;
    private readonly Tally _scopes;
    private readonly Tally _constraints;
    private readonly Tally _kinds;
    private int _programsKept;

    /// <summary>Makes an empty history.</summary>
    /// <param name="options">How to count; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is less than 1, or the gap is negative.</exception>
    public OomHistory(OomHistoryOptions? options = null)
    {
        _options = options ?? new OomHistoryOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxKeys, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxTimelineEvents, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BurstGap, TimeSpan.Zero, nameof(options));
        _repeated = new RepeatedEvents(_options.MaxTimelineEvents);
        _programs = new Tally(_options.MaxKeys);
        _workloads = new Tally(_options.MaxKeys);
        _hosts = new Tally(_options.MaxKeys);
        _days = new Tally(_options.MaxKeys);
        _hours = new Tally(_options.MaxKeys);
        _scopes = new Tally(_options.MaxKeys);
        _constraints = new Tally(_options.MaxKeys);
        _kinds = new Tally(_options.MaxKeys);
    }

    /// <summary>Adds an event. It is not kept.</summary>
    /// <param name="oomEvent">The event.</param>
    public void Add(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        if (_repeated.Contains(oomEvent))
        {
            _sums.Repeated++;
            return;
        }

        OomTimestamp? time = HistoryVictims.TimeOf(oomEvent);
        KilledProgram[] programs = HistoryVictims.ByProgram(oomEvent);
        Int128 rssBytes = programs.Aggregate(Int128.Zero, (sum, program) => sum + program.SumBytes);
        int kills = oomEvent.Victims.IsDefault ? 0 : oomEvent.Victims.Length;
        _kinds.Add(HistoryWords.Of(oomEvent.Kind), kills, rssBytes, time);
        if (oomEvent.Kind != OomEventKind.Oom && !_options.CountsAllKinds)
        {
            _sums.OtherKinds++;
            return;
        }

        string? workload = HistoryWords.OrNull(_options.Workload is { } name ? name(oomEvent) : HistoryWords.WorkloadOf(oomEvent));
        string? host = HistoryWords.OrNull(oomEvent.Host);
        _sums.Add(oomEvent, time, rssBytes);
        _workloads.Add(workload, kills, rssBytes, time);
        _hosts.Add(host, kills, rssBytes, time);
        _scopes.Add(HistoryWords.Of(oomEvent.Scope), kills, rssBytes, time);
        _constraints.Add(HistoryWords.OrNull(oomEvent.ConstraintText), kills, rssBytes, time);
        foreach (KilledProgram program in programs)
        {
            _programs.Add(program.Name, program.Kills, program.SumBytes, time);
        }

        if (time is { } date)
        {
            _days.Add(HistoryWords.DayOf(date), kills, rssBytes, time);
            _hours.Add(HistoryWords.HourOf(date), kills, rssBytes, time);
        }

        Keep(oomEvent, time, host, workload, kills, programs);
    }

    /// <summary>Gets what all events so far have in common. More may be added afterwards.</summary>
    public OomHistoryReport GetReport()
    {
        MachineTimeline[] machines = MachineTimeline.Split(_entries);
        return new OomHistoryReport
        {
            Totals = _sums.ToTotals(MachineTimeline.CountBoots(machines), machines.Any(machine => machine.HasMixedZones), MachineTimeline.HaveSeveralZones(_entries)),
            Programs = _programs.ToTable(),
            Workloads = _workloads.ToTable(),
            Hosts = _hosts.ToTable(),
            Days = _days.ToTable(byKey: true),
            Hours = _hours.ToTable(byKey: true),
            Scopes = _scopes.ToTable(),
            Constraints = _constraints.ToTable(),
            Kinds = _kinds.ToTable(),
            Timeline = TimelineBuilder.Build(_entries),
            Bursts = BurstFinder.Find(machines, _options.BurstGap),
            RestartLoops = LoopFinder.Find(machines),
            Growth = GrowthFinder.Find(machines),
            Intervals = IntervalList.Summarize(machines.SelectMany(machine => machine.Intervals())),
        };
    }

    private void Keep(OomEvent oomEvent, OomTimestamp? time, string? host, string? workload, int kills, KilledProgram[] programs)
    {
        if (time is null && oomEvent.Uptime is null)
        {
            _sums.WithoutTime++;
        }
        else if (_entries.Count >= _options.MaxTimelineEvents || programs.Length > _options.MaxTimelineEvents - _programsKept)
        {
            _sums.BeyondTimeline++;
        }
        else
        {
            _programsKept += programs.Length;
            _entries.Add(new HistoryEntry(_entries.Count, host, oomEvent.Source.Path, time, oomEvent.Uptime, workload, kills) { Programs = programs });
        }
    }
}
