namespace KmsgOom.Cli;

/// <summary>One run of <c>kmsgoom scan</c>.</summary>
internal sealed class Scan(ScanRequest request, Stream stdin, ScanOutput output, OomAnalyzer? analyzer, TextWriter stderr) : IEventSink
{
    private readonly LogInputs _inputs = new(request.Paths, request.PageSize, request.Jobs, stdin, stderr);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        _inputs.Totals.ShowsAllKinds = request.ShowsAllKinds;
        try
        {
            await _inputs.ReadAsync(this, cancellationToken);
        }
        catch (OutputLostException lost)
        {
            return _inputs.End(lost, request.FailsOnOom);
        }

        return _inputs.End(request.IsQuiet, request.FailsOnOom);
    }

    public void Write(OomEvent oomEvent)
    {
        // Conclusions look at the event before, so that every event is seen, shown or not.
        OomEvent? previous = analyzer?.Remember(oomEvent);
        bool isShown = request.Filter?.Matches(oomEvent) != false;
        _inputs.Totals.FilteredOut += isShown || oomEvent.Kind != OomEventKind.Oom ? 0 : 1;
        if (isShown && (request.ShowsAllKinds || oomEvent.Kind == OomEventKind.Oom))
        {
            output.Write(oomEvent, previous);
        }
    }

    public void Flush() => output.Flush();
}
