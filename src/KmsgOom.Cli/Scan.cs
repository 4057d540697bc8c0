namespace KmsgOom.Cli;

/// <summary>One run of <c>kmsgoom scan</c>.</summary>
internal sealed class Scan(ScanRequest request, Stream stdin, ScanOutput output, TextWriter stderr) : IEventSink
{
    private readonly LogInputs _inputs = new(request.Paths, request.PageSize, stdin, stderr);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
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
        if (request.ShowsAllKinds || oomEvent.Kind == OomEventKind.Oom)
        {
            output.Write(oomEvent);
        }
    }

    public void Flush() => output.Flush();
}
