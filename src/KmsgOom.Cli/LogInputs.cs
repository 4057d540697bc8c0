using System.Collections.Immutable;

namespace KmsgOom.Cli;

/// <summary>The logs of one run: reads them one after the other and adds up what was read.</summary>
internal sealed class LogInputs(ImmutableArray<string> paths, int? pageSize, Stream stdin, TextWriter stderr)
{
    public ScanTotals Totals { get; } = new();

    /// <exception cref="OutputLostException">The sink lost its output.</exception>
    public async Task ReadAsync(IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string path in paths)
            {
                await ReadInputAsync(path, sink, cancellationToken);
                sink.Flush();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Totals.IsInterrupted = true;
        }

        sink.Flush();
    }

    /// <summary>Ends a run: writes the closing line, and gets the exit code.</summary>
    public int End(bool isQuiet, bool failsOnOom)
    {
        if (!isQuiet && ClosingLine.Write(Totals) is { } line)
        {
            stderr.Write($"kmsgoom: {line}\n");
        }

        return Totals.IsInterrupted ? ExitCodes.Interrupted : GetExitCode(failsOnOom);
    }

    /// <summary>Ends a run whose output nobody takes.</summary>
    public int End(OutputLostException lost, bool failsOnOom)
    {
        if (lost.IsClosedPipe)
        {
            return GetExitCode(failsOnOom);
        }

        stderr.Write($"kmsgoom: standard output: {InputError.DescribeCause(lost)}\n");
        return ExitCodes.Failed;
    }

    private async Task ReadInputAsync(string path, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            if (path == ScanRequest.StandardInput)
            {
                // Never disposed of: a read of a silent pipe may still be under way, and the first bytes may be long in coming.
                LogArchive pipe = await LogArchive.OpenAsync(stdin, leaveOpen: true, cancellationToken).AsTask().WaitAsync(cancellationToken);
                await ReadLogAsync(path, pipe, new OomParserOptions { PageSize = pageSize }, sink, cancellationToken);
                return;
            }

            using FileStream file = LogFile.Open(path);
            using LogArchive log = await LogArchive.OpenAsync(file, leaveOpen: true, cancellationToken);
            OomParserOptions options = new() { SourcePath = path, LogDate = LogFile.GetLogDate(file), PageSize = pageSize };
            await ReadLogAsync(path, log, options, sink, cancellationToken);
        }
        catch (Exception exception) when (InputError.IsExpected(exception))
        {
            TellUnreadable(path, exception);
        }
    }

    private void TellUnreadable(string path, Exception exception)
    {
        Totals.UnreadableInputs++;
        stderr.Write($"kmsgoom: {InputError.Describe(path, exception)}\n");
    }

    private async Task ReadLogAsync(string path, LogArchive log, OomParserOptions options, IEventSink sink, CancellationToken cancellationToken)
    {
        OomReader reader = new(log.CreatePipe(), options);
        try
        {
            await PassEventsAsync(reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken), sink, cancellationToken);
        }
        catch (Exception exception) when (InputError.IsExpected(exception))
        {
            // What was read before a disk error counts; an archive was never a log.
            if (reader.Counters.KernelLines > 0)
            {
                Totals.Add(reader.Counters);
            }

            await reader.DisposeAsync();
            throw;
        }
        catch (OperationCanceledException)
        {
            // Not disposed: a read of a silent pipe may still be under way.
            Totals.Add(reader.Counters);
            throw;
        }

        Totals.Add(reader.Counters);
        await reader.DisposeAsync();
        if (log.Damage is { } damage)
        {
            TellUnreadable(path, damage);
        }
    }

    private async Task PassEventsAsync(IAsyncEnumerator<OomEvent> events, IEventSink sink, CancellationToken cancellationToken)
    {
        while (await MoveNextAsync(events, sink, cancellationToken))
        {
            Totals.Add(events.Current);
            sink.Write(events.Current);
        }

        await events.DisposeAsync();
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<OomEvent> events, IEventSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ValueTask<bool> moved = events.MoveNextAsync();
        if (moved.IsCompleted)
        {
            return await moved;
        }

        // The reader waits for input: whoever watches a pipe sees what is known so far. The read itself may not be
        // cancellable (standard input is not), so the wait for it is.
        sink.Flush();
        return await moved.AsTask().WaitAsync(cancellationToken);
    }

    private int GetExitCode(bool failsOnOom) =>
        Totals.UnreadableInputs > 0 ? ExitCodes.Failed
        : failsOnOom && Totals.Events > Totals.FilteredOut ? ExitCodes.EventsFound
        : ExitCodes.Success;
}
