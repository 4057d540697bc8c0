using System.Collections.Immutable;

namespace KmsgOom.Cli;

/// <summary>The logs of one run: passes their events on one after the other and adds up what was read.</summary>
internal sealed class LogInputs(ImmutableArray<string> paths, int? pageSize, int jobs, Stream stdin, TextWriter stderr)
{
    private readonly Queue<LogAhead> _ahead = [];
    private int _nextAhead;

    public ScanTotals Totals { get; } = new();

    /// <exception cref="OutputLostException">The sink lost its output.</exception>
    public async Task ReadAsync(IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            for (int at = 0; at < paths.Length; at++)
            {
                ReadAhead(at, cancellationToken);
                await ReadInputAsync(paths[at], sink, cancellationToken);
                sink.Flush();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Totals.IsInterrupted = true;
        }
        finally
        {
            foreach (LogAhead log in _ahead)
            {
                log.Stop();
            }
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
            IEventSource log = _ahead.TryDequeue(out LogAhead? ahead) ? ahead : await OpenLog.OpenAsync(path, pageSize, jobs, stdin, cancellationToken);
            await ReadLogAsync(path, log, sink, cancellationToken);
        }
        catch (Exception exception) when (InputError.IsExpected(exception))
        {
            TellUnreadable(path, exception);
        }
    }

    /// <summary>Begins to read the next files. Standard input waits for its turn, and so does what stands behind it.</summary>
    private void ReadAhead(int next, CancellationToken cancellationToken)
    {
        _nextAhead = Math.Max(_nextAhead, next);
        while (jobs > 1 && paths.Length > 1 && _ahead.Count < jobs && _nextAhead < paths.Length && paths[_nextAhead] != ScanRequest.StandardInput)
        {
            _ahead.Enqueue(new LogAhead(paths[_nextAhead++], pageSize, stdin, cancellationToken));
        }
    }

    private void TellUnreadable(string path, Exception exception)
    {
        Totals.UnreadableInputs++;
        stderr.Write($"kmsgoom: {InputError.Describe(path, exception)}\n");
    }

    private async Task ReadLogAsync(string path, IEventSource log, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await PassEventsAsync(log, sink, cancellationToken);
        }
        catch (Exception exception) when (InputError.IsExpected(exception))
        {
            // What was read before a disk error counts; an archive was never a log.
            if (log.Counters.KernelLines > 0)
            {
                Totals.Add(log.Counters);
            }

            await log.DisposeAsync();
            throw;
        }
        catch (OperationCanceledException)
        {
            // Where a read of a silent pipe may still be under way, it is not disposed of.
            Totals.Add(log.Counters);
            if (!log.MayHang)
            {
                await log.DisposeAsync();
            }

            throw;
        }

        Totals.Add(log.Counters);
        await log.DisposeAsync();
        if (log.Damage is { } damage)
        {
            TellUnreadable(path, damage);
        }
    }

    private async Task PassEventsAsync(IEventSource log, IEventSink sink, CancellationToken cancellationToken)
    {
        while (await MoveNextAsync(log, sink, cancellationToken))
        {
            Totals.Add(log.Events.Current);
            sink.Write(log.Events.Current);
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IEventSource log, IEventSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ValueTask<bool> moved = log.Events.MoveNextAsync();
        if (moved.IsCompleted || !log.MayHang)
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
