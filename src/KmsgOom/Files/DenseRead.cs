using KmsgOom.Reports;

namespace KmsgOom.Files;

/// <summary>Shares the work where reports are dense: one thread parses, the one that asks makes events of what is ready.</summary>
/// <remarks>
/// Parsing such text in several places makes many events that wait for their turn, and waiting is dear: the garbage collector copies what waits. Here no
/// more than a few reports do, in storage that is used again.
/// </remarks>
internal sealed class DenseRead(ChunkRun run, OomParserOptions options)
{
    private const int MaxReports = 8;

    // With fewer reports than a batch in so much text, it is worth while to parse in several places again.
    private const long MaxLength = 8 << 20;

    private List<OomReport> _parsing = [];
    private List<OomReport> _ready = [];
    private Task _task = Task.CompletedTask;

    /// <summary>Gets whether there were few reports.</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>Gets the reports that are ready; made into events by <see cref="MakeEvents"/>.</summary>
    public IReadOnlyList<OomReport> Ready => _ready;

    /// <summary>Begins to parse.</summary>
    public void Start() => _task = Task.Run(() => run.ReadReports(_parsing, MaxReports, run.Position + MaxLength));

    /// <summary>Waits until the next reports are ready. Nothing is parsed from then until <see cref="Start"/>.</summary>
    public async Task WaitAsync()
    {
        await _task.ConfigureAwait(false);
        foreach (OomReport report in _ready)
        {
            run.Parser.Reports.GiveBack(report);
        }

        _ready.Clear();
        (_ready, _parsing) = (_parsing, _ready);
        IsQuiet = _ready.Count < MaxReports;
    }

    /// <summary>Makes events, while the next reports are parsed.</summary>
    public OomEvent[] MakeEvents()
    {
        OomEvent[] events = new OomEvent[_ready.Count];
        for (int at = 0; at < events.Length; at++)
        {
            events[at] = OwnedEvent.Make(_ready[at], options);
        }

        return events;
    }

    /// <summary>Waits until nothing is parsed any more.</summary>
    public async Task StopAsync() => await _task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
