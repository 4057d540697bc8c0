namespace KmsgOom;

/// <summary>Analyses the events of a log one after the other, and remembers the last of each machine and group: a kill may follow another too soon.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="options">What is known beside the log; null for nothing.</param>
public sealed class OomAnalyzer(OomAnalysisOptions? options = null)
{
    // Of a hostile log no more are remembered.
    private const int MaxPlaces = 1024;

    private readonly Dictionary<(string? Host, string? Path), OomEvent> _last = [];

    /// <summary>Gets what is known beside the log.</summary>
    internal OomAnalysisOptions? Options => options;

    /// <summary>Analyses the next event.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public OomAnalysis Analyze(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return OomAnalysis.Of(oomEvent, options, Remember(oomEvent));
    }

    /// <summary>Remembers an event without analysing it, and gets the one before in the same place.</summary>
    internal OomEvent? Remember(OomEvent oomEvent)
    {
        (string?, string?) place = (oomEvent.Host, oomEvent.Memcg?.Path);
        OomEvent? previous = _last.GetValueOrDefault(place);
        if (oomEvent.Kind == OomEventKind.Oom)
        {
            if (_last.Count >= MaxPlaces)
            {
                _last.Clear();
            }

            // Only who and when is needed of it, and nothing that holds on to its text.
            _last[place] = oomEvent with { Tasks = [], OtherTaskValues = [], Memory = null, CallTrace = [], Registers = [], Lines = [] };
        }

        return previous;
    }
}
