using KmsgOom.Files;

namespace KmsgOom.Cli;

/// <summary>A log that is being read.</summary>
internal sealed class OpenLog : IEventSource
{
    private readonly FileStream? _file;
    private readonly LogArchive _archive;
    private readonly OomReader? _reader;
    private readonly Func<OomParserCounters> _counters;

    private OpenLog(FileStream? file, LogArchive archive, OomParserOptions options, CancellationToken cancellationToken)
    {
        (_file, _archive) = (file, archive);
        if (file is not null && archive.Format == LogArchiveFormat.None && LogFileReader.CanRead(file, out long length))
        {
            LogFileReader reader = new(file.SafeFileHandle, length, options);
            Events = reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            _counters = () => reader.Counters;
            return;
        }

        _reader = new OomReader(archive.CreatePipe(), options);
        Events = _reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        _counters = () => _reader.Counters;
    }

    public IAsyncEnumerator<OomEvent> Events { get; }

    public OomParserCounters Counters => _counters();

    public Exception? Damage => _archive.Damage;

    // A read of a pipe that is silent cannot be stopped.
    public bool MayHang => _reader is not null;

    /// <exception cref="IOException">The log cannot be read.</exception>
    public static async Task<OpenLog> OpenAsync(string path, int? pageSize, int jobs, Stream stdin, CancellationToken cancellationToken)
    {
        OomParserOptions options = new() { PageSize = pageSize, MaxDegreeOfParallelism = jobs };
        if (path == ScanRequest.StandardInput)
        {
            // Never disposed of: a read of a silent pipe may still be under way, and the first bytes may be long in coming.
            LogArchive pipe = await LogArchive.OpenAsync(stdin, leaveOpen: true, cancellationToken).AsTask().WaitAsync(cancellationToken);
            return new OpenLog(null, pipe, options, cancellationToken);
        }

        FileStream file = InputFile.Open(path);
        try
        {
            LogArchive archive = await LogArchive.OpenAsync(file, leaveOpen: true, cancellationToken);
            return new OpenLog(file, archive, LogFile.Describe(options, path, file), cancellationToken);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        if (_file is not null)
        {
            _archive.Dispose();
            await _file.DisposeAsync();
        }
    }
}
