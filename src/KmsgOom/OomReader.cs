using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace KmsgOom;

/// <summary>Reads OOM events from a pipe; nothing is allocated per event unless <see cref="ReadAllAsync"/> is used.</summary>
/// <remarks>Not thread-safe. The only type that reads from a <see cref="PipeReader"/>.</remarks>
/// <example>
/// <code>
/// await using var reader = new OomReader(pipe);
/// while (await reader.WaitToReadAsync(stopping))
/// {
///     while (reader.TryRead(out OomEventView oom))
///     {
///         metrics.Killed(oom.Victims, oom.Tasks.Length);
///     }
/// }
/// </code>
/// </example>
public sealed class OomReader : IAsyncDisposable
{
    private readonly PipeReader _pipe;
    private readonly OomParser _parser;
    private readonly bool _leaveOpen;
    private ReadOnlySequence<byte> _buffer;
    private bool _hasBuffer;
    private bool _isLast;
    private bool _isOver;
    private bool _isDisposed;

    /// <summary>Makes a reader.</summary>
    /// <param name="utf8Log">The log; completed when the reader is disposed of.</param>
    /// <param name="options">What is known of the log; null for nothing.</param>
    /// <param name="leaveOpen">Whether the pipe is left uncompleted.</param>
    /// <exception cref="ArgumentNullException"><paramref name="utf8Log"/> is null.</exception>
    public OomReader(PipeReader utf8Log, OomParserOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(utf8Log);
        _pipe = utf8Log;
        _parser = new OomParser(options);
        _leaveOpen = leaveOpen;
    }

    /// <summary>Gets what was read so far.</summary>
    public OomParserCounters Counters => _parser.Counters;

    /// <summary>Waits until <see cref="TryRead"/> may have an event.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False at the end of the log.</returns>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeReader.CancelPendingRead"/>, cancelled the wait.</exception>
    /// <exception cref="InvalidDataException">The log is compressed.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed of.</exception>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isOver)
        {
            return ValueTask.FromResult(false);
        }

        if (_hasBuffer)
        {
            // TryRead was not called until it said no: there may be more in this buffer.
            return ValueTask.FromResult(true);
        }

        ValueTask<ReadResult> reading = _pipe.ReadAsync(cancellationToken);
        if (!reading.IsCompletedSuccessfully)
        {
            return WaitAsync(reading, cancellationToken);
        }

        ReadResult result = reading.Result;
        return result.IsCanceled ? WaitAsync(ValueTask.FromResult(result), cancellationToken) : ValueTask.FromResult(Accept(result, cancellationToken));
    }

    /// <summary>Reads the next event of what has been waited for.</summary>
    /// <param name="oomEvent">The event, valid until the next call of any method.</param>
    /// <returns>False where there is none: wait again.</returns>
    /// <exception cref="InvalidDataException">The log is compressed.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed of.</exception>
    public bool TryRead(out OomEventView oomEvent)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_hasBuffer)
        {
            oomEvent = default;
            return false;
        }

        if (_parser.TryRead(ref _buffer, _isLast, out oomEvent))
        {
            return true;
        }

        _hasBuffer = false;
        _isOver = _isLast;
        _pipe.AdvanceTo(_buffer.Start, _buffer.End);
        _buffer = default;
        CompressedLog.ThrowIf(_parser.Counters.Encoding);
        return false;
    }

    /// <summary>Reads all events that are left, owned.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="OperationCanceledException">The token cancelled the reading.</exception>
    /// <exception cref="InvalidDataException">The log is compressed.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed of.</exception>
    public async IAsyncEnumerable<OomEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryReadOwned() is { } oomEvent)
            {
                yield return oomEvent;

                // Before the next event is taken, which nobody would get.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Returns the memory and completes the pipe, unless it is to be left open.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _parser.Dispose();
        if (_hasBuffer)
        {
            _pipe.AdvanceTo(_buffer.Start);
        }

        if (!_leaveOpen)
        {
            await _pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync(ValueTask<ReadResult> reading, CancellationToken cancellationToken) =>
        Accept(await reading.ConfigureAwait(false), cancellationToken);

    private bool Accept(ReadResult result, CancellationToken cancellationToken)
    {
        if (result.IsCanceled)
        {
            _pipe.AdvanceTo(result.Buffer.Start);
            throw new OperationCanceledException(cancellationToken);
        }

        (_buffer, _isLast, _hasBuffer) = (result.Buffer, result.IsCompleted, true);
        return true;
    }

    private OomEvent? TryReadOwned() => TryRead(out OomEventView oomEvent) ? oomEvent.ToEvent() : null;
}
