using System.Threading.Channels;

namespace KmsgOom.Cli;

/// <summary>A log that is read before its turn comes; a few of its events wait, and then the reading does.</summary>
internal sealed class LogAhead : IEventSource
{
    private const int MaxWaiting = 64;

    private readonly Channel<OomEvent> _events = Channel.CreateBounded<OomEvent>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stopping;
    private readonly Task _reading;
    private Exception? _failure;

    public LogAhead(string path, int? pageSize, Stream stdin, CancellationToken cancellationToken)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Events = ReadAllAsync().GetAsyncEnumerator(cancellationToken);
        _reading = Task.Run(() => ReadAsync(path, pageSize, stdin, _stopping.Token), CancellationToken.None);
    }

    public IAsyncEnumerator<OomEvent> Events { get; }

    /// <summary>Gets what was read; nothing while the log is being read.</summary>
    public OomParserCounters Counters { get; private set; }

    public Exception? Damage { get; private set; }

    public bool MayHang => true;

    /// <summary>Stops soon; a read of a silent pipe cannot be stopped, and is not waited for.</summary>
    public void Stop() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _reading;
        _stopping.Dispose();
    }

    private async Task ReadAsync(string path, int? pageSize, Stream stdin, CancellationToken cancellationToken)
    {
        try
        {
            await using OpenLog log = await OpenLog.OpenAsync(path, pageSize, jobs: 1, stdin, cancellationToken);
            try
            {
                while (await log.Events.MoveNextAsync())
                {
                    await _events.Writer.WriteAsync(log.Events.Current, cancellationToken);
                }
            }
            finally
            {
                (Counters, Damage) = (log.Counters, log.Damage);
            }
        }
#pragma warning disable CA1031 // thrown again where the events are read
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = exception;
        }

        _events.Writer.Complete();
    }

    private async IAsyncEnumerable<OomEvent> ReadAllAsync()
    {
        await foreach (OomEvent oomEvent in _events.Reader.ReadAllAsync())
        {
            yield return oomEvent;
        }

        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }
}
