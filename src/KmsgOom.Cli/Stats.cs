using System.Text;
using KmsgOom.Cli.Text;

namespace KmsgOom.Cli;

/// <summary>One run of <c>kmsgoom stats</c>.</summary>
internal sealed class Stats(StatsRequest request, Stream stdin, Stream stdout, TextWriter stderr, bool usesColors) : IEventSink
{
    private readonly LogInputs _inputs = new(request.Paths, request.PageSize, request.Jobs, stdin, stderr);
    private readonly OomHistory _history = new(new OomHistoryOptions { CountsAllKinds = request.CountsAllKinds });

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _inputs.ReadAsync(this, cancellationToken);
        OomHistoryReport report = _history.GetReport();
        try
        {
            WriteOut(request.Format == StatsFormat.Json
                ? StatsJson.Write(report, request.By, request.Top)
                : Encoding.UTF8.GetBytes(new StatsText(usesColors).Render(report, request.By, request.Top)));
        }
        catch (OutputLostException lost)
        {
            return _inputs.End(lost, failsOnOom: false);
        }

        return _inputs.End(request.IsQuiet, failsOnOom: false);
    }

    public void Write(OomEvent oomEvent) => _history.Add(oomEvent);

    // Counts are told at the end.
    public void Flush()
    {
    }

    private void WriteOut(byte[] output)
    {
        try
        {
            stdout.Write(output);
            stdout.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputLostException(exception);
        }
    }
}
