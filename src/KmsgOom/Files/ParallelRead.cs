using System.Runtime.ExceptionServices;
using KmsgOom.Reports;
using Microsoft.Win32.SafeHandles;

namespace KmsgOom.Files;

/// <summary>Parses the parts of a file at the same time and puts their events in order.</summary>
/// <remarks>
/// The parser of the part that is in its turn is in the very state that one parser of the whole file would be in. It hands over to the parser of the
/// next part where both were found to be in the same state (<see cref="Meeting"/>); where they are not, it goes on itself, and what was parsed ahead is lost.
/// </remarks>
internal sealed class ParallelRead : IAsyncDisposable
{
    // Where parts do not meet again and again, something long past matters: one parser is faster then.
    private const int MaxFailures = 3;

    // With fewer events in so much text, it is worth while to parse in several places again.
    private const int MinDenseEvents = 16;
    private const long DenseLength = 8 << 20;

    private readonly SafeFileHandle _file;
    private readonly long _length;
    private readonly OomParserOptions _options;
    private readonly FileCuts _cuts;
    private readonly ParserPool _parsers;
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationToken _cancellationToken;
    private readonly Queue<(ChunkRun Run, Task Task)> _ahead = [];

    /// <summary>Parts whose events nobody wants, which may still be at work.</summary>
    private readonly List<(ChunkRun Run, Task Task)> _lost = [];

    /// <summary>The most room that each array of a report has taken anywhere.</summary>
    private readonly long[] _most = new long[OomReport.ArrayCount];
    private readonly CounterSum _counters = new();
    private ChunkRun? _run;

    /// <summary>Whether one parser reads on by itself, since events that wait for their turn cost more than they bring.</summary>
    private bool _isDense;

    /// <summary>How many events there were since where it was looked last at how dense they are.</summary>
    private int _denseEvents;
    private long _denseStart;
    private long _nextStart;
    private long _chunkLength;
    private int _failures;

    /// <summary>Where the parts ahead begin, if the part in its turn has not come there yet; else zero.</summary>
    private long _turn;

    /// <summary>Whether one parser must do all that is left, alone, since a bound is near.</summary>
    private bool _isAlone;

    /// <summary>How many events of the part in its turn were delivered by the part before.</summary>
    private long _skip;

    /// <summary>The part in its turn began at the beginning and had no help: its storage is that of one parser too.</summary>
    private bool _isOrigin = true;

    public ParallelRead(SafeFileHandle file, long length, OomParserOptions options, FileCuts cuts, CancellationToken cancellationToken)
    {
        (_file, _length, _options, _cuts) = (file, length, options, cuts);
        (_chunkLength, _cancellationToken) = (cuts.ChunkLength, cancellationToken);
        _parsers = new ParserPool(options);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Gets the next events; they are not used again.</summary>
    public IReadOnlyList<OomEvent> Current { get; private set; } = [];

    /// <summary>Gets whether the file must be read by one parser from its beginning; what was delivered stays true.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Gets how often what was parsed ahead was of use.</summary>
    public int HandOvers { get; private set; }

    /// <summary>Gets what was read so far.</summary>
    public OomParserCounters Counters => _counters.Value;

    /// <summary>Waits for the next events; false at the end of the file, or where this cannot go on.</summary>
    /// <exception cref="IOException">The file cannot be read any further.</exception>
    /// <exception cref="OperationCanceledException">The token cancelled the reading.</exception>
    public async ValueTask<bool> MoveNextAsync()
    {
        if (_run is null)
        {
            await TakeFirstAsync().ConfigureAwait(false);
        }
        else if (_isDense && SynchronizationContext.Current is not null)
        {
            // Disks are waited for here: not on a thread that others wait for.
            await Task.Run(GoOnDense, CancellationToken.None).ConfigureAwait(false);
        }
        else if (_isDense)
        {
            GoOnDense();
        }
        else if (_run.Failure is { } failure)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(failure);
        }
        else if (_run.IsFinished)
        {
            return false;
        }
        else if (_turn > 0)
        {
            await GoOnAsync(_turn).ConfigureAwait(false);
            _turn = 0;
        }
        else if (_isAlone)
        {
            await GoOnAsync(_run.Position + _cuts.ChunkLength).ConfigureAwait(false);
        }
        else if (_run.IsPaused)
        {
            BeginDense();
        }
        else
        {
            await MoveToNextPartAsync().ConfigureAwait(false);
        }

        Current = [];
        if (IsGivenUp)
        {
            return false;
        }

        _counters.Count(_run!);
        Deliver([.. _run!.Events]);
        _run.Events.Clear();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        DropAhead();
        foreach ((ChunkRun run, Task task) in _lost)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            run.Dispose();
        }

        _run?.Dispose();
        _parsers.Dispose();
        _stopping.Dispose();
    }

    private void Fill()
    {
        // One part more than are parsed at once: a thread that is done with its own must not wait for the one whose turn it is.
        while (_ahead.Count <= _options.MaxDegreeOfParallelism && _nextStart < _length)
        {
            Launch();
        }
    }

    private void Launch()
    {
        long start = _nextStart;
        bool isLast = _length - start < _chunkLength + _cuts.ChunkLength;
        long end = isLast ? long.MaxValue : start + _chunkLength;
        ChunkRun run = new(_parsers, _file, _cuts, start, end, _stopping.Token);
        _ahead.Enqueue((run, Task.Run(() => run.Run(mayMeet: true))));
        _nextStart = end;
        _chunkLength = Math.Min(_chunkLength * 4, _cuts.MaxChunkLength);
    }

    private void DropAhead()
    {
        foreach ((ChunkRun run, _) in _ahead)
        {
            run.Stop();
        }

        _lost.AddRange(_ahead);
        _ahead.Clear();
    }

    private async Task TakeFirstAsync()
    {
        // Nothing is parsed ahead before it is known how dense reports are.
        Launch();
        (ChunkRun run, Task task) = _ahead.Dequeue();
        _run = run;
        await task.ConfigureAwait(false);
        _isAlone = !IsInBounds(run);
        if (!_isAlone && !run.IsPaused)
        {
            Fill();
        }
    }

    private async Task MoveToNextPartAsync()
    {
        ChunkRun run = _run!;
        if (!_ahead.TryDequeue(out (ChunkRun Run, Task Task) next))
        {
            BeginDense();
            return;
        }

        Fill();
        if (run.Meeting is { } meeting)
        {
            await next.Task.ConfigureAwait(false);
            if (TryHandOver(run, meeting, next.Run))
            {
                return;
            }
        }

        next.Run.Stop();
        _lost.Add(next);
        _failures++;
        if (_failures >= MaxFailures)
        {
            BeginDense();
            return;
        }

        await GoOnAsync(next.Run.End).ConfigureAwait(false);
    }

    /// <summary>Lets the part in its turn go on.</summary>
    private async Task GoOnAsync(long end)
    {
        ChunkRun run = _run!;
        bool mayMeet = _ahead.Count > 0;
        await Task.Run(() => run.Extend(end, mayMeet)).ConfigureAwait(false);
        bool isInBounds = IsInBounds(run);
        IsGivenUp = !isInBounds && !_isOrigin;
        if (!isInBounds)
        {
            _isAlone = true;
            DropAhead();
        }
    }

    private void BeginDense()
    {
        DropAhead();
        _run!.Boot.Notes = null;   // nobody will ask for them, and they would grow with the file
        (_isOrigin, _isDense, _denseEvents, _denseStart) = (false, true, 0, _run.Position);
        GoOnDense();
    }

    private void GoOnDense()
    {
        ChunkRun run = _run!;
        run.ReadOne(_denseStart + DenseLength);
        IsGivenUp = !IsInBounds(run);
        _denseEvents += run.Events.Count;
        bool isQuiet = false;
        if (run.Position >= _denseStart + DenseLength)
        {
            isQuiet = _denseEvents < MinDenseEvents && _failures < MaxFailures;
            (_denseEvents, _denseStart) = (0, run.Position);
        }

        if (run.IsFinished || run.Failure is not null || isQuiet)
        {
            _isDense = false;
            ParseAheadFrom(run.Position + _cuts.ChunkLength);
        }
    }

    private void ParseAheadFrom(long start)
    {
        bool isLast = start >= _length;
        (_turn, _nextStart) = isLast ? (long.MaxValue, long.MaxValue) : (start, start);
        Fill();
    }

    /// <summary>Lets the next part have its turn; false where it would deliver something else than the one before it.</summary>
    private bool TryHandOver(ChunkRun run, Meeting meeting, ChunkRun next)
    {
        bool isSameBoot = meeting.Boot.IsSameStateAs(run.Boot);
        bool isSameSuppressed = meeting.Suppressed.IsSameStateAs(run.Suppressed);
        bool isUnasked = (isSameBoot || next.Boot.Reads == meeting.BootReads) && (isSameSuppressed || next.Suppressed.Uses == meeting.SuppressedUses);
        if (!isUnasked || !next.IsStarted || next.Events.Count < meeting.Counters.Events || next.Wrappers.Count < meeting.Slices || !IsInBounds(next))
        {
            return false;
        }

        if (!isSameBoot)
        {
            // Nobody asked so far, but somebody may: bring the clock to what it would be.
            BootClock clock = new();
            clock.CopyFrom(run.Boot);
            foreach (BootNote note in next.Boot.Notes![meeting.BootNotes..])
            {
                clock.Note(note);
            }

            next.Boot.CopyFrom(clock);
        }

        if (!isSameSuppressed)
        {
            next.Suppressed.CopyFrom(run.Suppressed);
        }

        _counters.HandOver(run, meeting);
        (_run, _skip, _isOrigin, _failures) = (next, meeting.Counters.Events, false, 0);
        run.Dispose();
        HandOvers++;
        return true;
    }

    /// <summary>Tells whether the bound of the storage cannot have been met, whoever used the storage before.</summary>
    private bool IsInBounds(ChunkRun run) => run.Parser.Reports.IsSafelyInBounds(_most);

    private void Deliver(OomEvent[] events)
    {
        int skipped = (int)Math.Min(_skip, events.Length);
        _skip -= skipped;
        if (_counters.LineBase > 0)
        {
            for (int at = skipped; at < events.Length; at++)
            {
                events[at] = Shift(events[at], _counters.LineBase);
            }
        }

        Current = new ArraySegment<OomEvent>(events, skipped, events.Length - skipped);
    }

    /// <summary>Counts the lines of an event from the beginning of the file.</summary>
    private static OomEvent Shift(OomEvent oomEvent, long by) => oomEvent with
    {
        KeptLines = oomEvent.KeptLines.Shift(by),
        Source = oomEvent.Source with { Line = oomEvent.Source.Line + by },
    };
}
