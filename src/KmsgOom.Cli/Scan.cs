namespace KmsgOom.Cli;

/// <summary>One run of <c>kmsgoom scan</c>.</summary>
internal sealed class Scan(ScanRequest request, Stream stdin, ScanOutput output, TextWriter stderr)
{
    private readonly ScanTotals _totals = new();

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (string path in request.Paths)
            {
                await ReadInputAsync(path, cancellationToken);
                output.Flush();
            }
        }
        catch (OutputLostException lost)
        {
            return EndWithoutOutput(lost);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _totals.IsInterrupted = true;
        }

        try
        {
            output.Flush();
        }
        catch (OutputLostException lost)
        {
            return EndWithoutOutput(lost);
        }

        if (!request.IsQuiet && ClosingLine.Write(_totals) is { } line)
        {
            stderr.Write($"kmsgoom: {line}\n");
        }

        return _totals.IsInterrupted ? ExitCodes.Interrupted : GetExitCode();
    }

    private async Task ReadInputAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (path == ScanRequest.StandardInput)
            {
                // Never disposed of: a read of a silent pipe may still be under way, and the first bytes may be long in coming.
                LogArchive pipe = await LogArchive.OpenAsync(stdin, leaveOpen: true, cancellationToken).AsTask().WaitAsync(cancellationToken);
                await ReadLogAsync(path, pipe, new OomParserOptions { PageSize = request.PageSize }, cancellationToken);
                return;
            }

            using FileStream file = LogFile.Open(path);
            using LogArchive log = await LogArchive.OpenAsync(file, leaveOpen: true, cancellationToken);
            OomParserOptions options = new() { SourcePath = path, LogDate = LogFile.GetLogDate(file), PageSize = request.PageSize };
            await ReadLogAsync(path, log, options, cancellationToken);
        }
        catch (Exception exception) when (InputError.IsExpected(exception))
        {
            TellUnreadable(path, exception);
        }
    }

    private void TellUnreadable(string path, Exception exception)
    {
        _totals.UnreadableInputs++;
        stderr.Write($"kmsgoom: {InputError.Describe(path, exception)}\n");
    }

    private async Task ReadLogAsync(string path, LogArchive log, OomParserOptions options, CancellationToken cancellationToken)
    {
        OomReader reader = new(log.CreatePipe(), options);
        try
        {
            await WriteEventsAsync(reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (InputError.IsExpected(exception))
        {
            // What was read before a disk error counts; an archive was never a log.
            if (reader.Counters.KernelLines > 0)
            {
                _totals.Add(reader.Counters);
            }

            await reader.DisposeAsync();
            throw;
        }
        catch (OperationCanceledException)
        {
            // Not disposed: a read of a silent pipe may still be under way.
            _totals.Add(reader.Counters);
            throw;
        }

        _totals.Add(reader.Counters);
        await reader.DisposeAsync();
        if (log.Damage is { } damage)
        {
            TellUnreadable(path, damage);
        }
    }

    private async Task WriteEventsAsync(IAsyncEnumerator<OomEvent> events, CancellationToken cancellationToken)
    {
        while (await MoveNextAsync(events, cancellationToken))
        {
            _totals.Add(events.Current);
            if (request.ShowsAllKinds || events.Current.Kind == OomEventKind.Oom)
            {
                output.Write(events.Current);
            }
        }

        await events.DisposeAsync();
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<OomEvent> events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ValueTask<bool> moved = events.MoveNextAsync();
        if (moved.IsCompleted)
        {
            return await moved;
        }

        // The reader waits for input: whoever watches a pipe sees what is known so far. The read itself may not be
        // cancellable (standard input is not), so the wait for it is.
        output.Flush();
        return await moved.AsTask().WaitAsync(cancellationToken);
    }

    private int EndWithoutOutput(OutputLostException lost)
    {
        if (lost.IsClosedPipe)
        {
            return GetExitCode();
        }

        stderr.Write($"kmsgoom: standard output: {InputError.DescribeCause(lost)}\n");
        return ExitCodes.Failed;
    }

    private int GetExitCode() =>
        _totals.UnreadableInputs > 0 ? ExitCodes.Failed
        : request.FailsOnOom && _totals.Events > 0 ? ExitCodes.EventsFound
        : ExitCodes.Success;
}
