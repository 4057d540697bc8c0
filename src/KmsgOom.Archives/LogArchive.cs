using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using KmsgOom.Archives;
using KmsgOom.Files;
using KmsgOom.Framing;
using ZstdSharp;

namespace KmsgOom;

/// <summary>A log that may be compressed: gzip, bzip2, xz and zstd are recognised by their first bytes, not by a name.</summary>
/// <example>
/// <code>
/// await foreach (OomEvent oom in LogArchive.ReadFileAsync("/var/log/kern.log.2.gz"))
/// {
///     Console.WriteLine(oom.Time);
/// }
/// </code>
/// </example>
public sealed class LogArchive : IDisposable
{
    private const int BlockLength = 256 * 1024;
    private const int MinRead = 16 * 1024;

    // Enough for the decompressor to run ahead while the parser has a dense stretch, and no more.
    private const int RunAhead = 2 * 1024 * 1024;

    private readonly PeekStream _archive;
    private readonly bool _leaveOpen;
    private Task _decompressing = Task.CompletedTask;
    private bool _hasPipe;
    private bool _isDisposed;

    private LogArchive(PeekStream archive, LogArchiveFormat format, bool leaveOpen)
    {
        _archive = archive;
        Format = format;
        _leaveOpen = leaveOpen;
    }

    /// <summary>Gets how the log is compressed.</summary>
    public LogArchiveFormat Format { get; }

    /// <summary>Gets what is wrong with the archive; null while nothing is. Ask again at the end of the log.</summary>
    public DamagedArchiveException? Damage { get; private set; }

    /// <summary>Reads a file, compressed or not. A missing year is inferred from the day the file was last written.</summary>
    /// <param name="path">The file; its name goes into <see cref="OomSource.Path"/>. Lines and offsets are those of the log, not of the archive.</param>
    /// <param name="options">What is known of it; null for nothing.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The events in the order of their first line.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    /// <exception cref="DamagedArchiveException">The archive is damaged; thrown behind the last event that could be read.</exception>
    /// <exception cref="InvalidDataException">What the archive holds is compressed itself, or the file is of a kind that is not read: lz4, zip, a stored journal.</exception>
    public static IAsyncEnumerable<OomEvent> ReadFileAsync(string path, OomParserOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadFileEventsAsync(path, options, cancellationToken);
    }

    /// <summary>Opens a log as it is stored, and waits for its first bytes.</summary>
    /// <param name="archive">The log, compressed or not.</param>
    /// <param name="leaveOpen">Whether <paramref name="archive"/> stays open when the log is disposed of.</param>
    /// <param name="cancellationToken">Stops waiting, where <paramref name="archive"/> can.</param>
    /// <exception cref="ArgumentNullException"><paramref name="archive"/> is null.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public static async ValueTask<LogArchive> OpenAsync(Stream archive, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
#pragma warning disable CA2000 // the log owns it
        PeekStream stored = new(archive);
#pragma warning restore CA2000
        KernelLogEncoding encoding;
        bool isWhole = false;
        while (!FileMagic.TryRecognise(stored.Buffered, isWhole, out encoding, out _))
        {
            isWhole = !await stored.TryFillAsync(cancellationToken).ConfigureAwait(false);
        }

        LogArchiveFormat format = encoding switch
        {
            KernelLogEncoding.Gzip => LogArchiveFormat.Gzip,
            KernelLogEncoding.Bzip2 => LogArchiveFormat.Bzip2,
            KernelLogEncoding.Xz => LogArchiveFormat.Xz,
            KernelLogEncoding.Zstandard => LogArchiveFormat.Zstandard,
            _ => LogArchiveFormat.None,
        };
        return new LogArchive(stored, format, leaveOpen);
    }

    /// <summary>Makes a pipe of the log's bytes, once; where they are compressed, a thread of its own decompresses ahead of the reader.</summary>
    /// <returns>A pipe that ends where the log ends, or where the archive is damaged: see <see cref="Damage"/>. Complete it before this is disposed of.</returns>
    /// <exception cref="InvalidOperationException">The pipe was made before.</exception>
    /// <exception cref="ObjectDisposedException">The log was disposed of.</exception>
    public PipeReader CreatePipe()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_hasPipe)
        {
            throw new InvalidOperationException("The pipe of this log was made before; its bytes can be read once.");
        }

        _hasPipe = true;
        if (Format == LogArchiveFormat.None)
        {
            return PipeReader.Create(_archive, new StreamPipeReaderOptions(bufferSize: BlockLength, leaveOpen: true));
        }

        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: RunAhead, resumeWriterThreshold: RunAhead / 2, minimumSegmentSize: BlockLength, useSynchronizationContext: false));
        _decompressing = Task.Run(() => DecompressAsync(pipe.Writer));
        return pipe.Reader;
    }

    /// <summary>Closes the archive; waits for the decompressor, which stops when the pipe's reader is completed.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _decompressing.Wait();
        if (!_leaveOpen)
        {
            _archive.Dispose();
        }
    }

    private static async IAsyncEnumerable<OomEvent> ReadFileEventsAsync(
        string path, OomParserOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream file = LogFile.Open(path, isAsynchronous: true);
        await using ConfiguredAsyncDisposable closing = file.ConfigureAwait(false);
        using LogArchive log = await OpenAsync(file, leaveOpen: true, cancellationToken).ConfigureAwait(false);
        options = LogFile.Describe(options, path, file);
        if (log.Format == LogArchiveFormat.None && LogFileReader.CanRead(file, out long length))
        {
            await foreach (OomEvent oomEvent in new LogFileReader(file.SafeFileHandle, length, options).ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return oomEvent;
            }

            yield break;
        }

        OomReader reader = new(log.CreatePipe(), options);
        await using (reader.ConfigureAwait(false))
        {
            await foreach (OomEvent oomEvent in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return oomEvent;
            }
        }

        if (log.Damage is { } damage)
        {
            throw damage;
        }
    }

    private Stream Open() => Format switch
    {
        LogArchiveFormat.Gzip => new GzipMembers(_archive),
        LogArchiveFormat.Bzip2 => new Bzip2Blocks(_archive),
        LogArchiveFormat.Xz => new PieceStream(new XzStreams(_archive), _archive),
        _ => new DecompressionStream(_archive, checkEndOfStream: true, leaveOpen: true),
    };

    private async Task DecompressAsync(PipeWriter writer)
    {
        long length = 0;
        Exception? failure = null;
        try
        {
            Stream log = Open();
            await using (log.ConfigureAwait(false))
            {
                FlushResult flushed = default;
                long handedOver = 0;
                while (!flushed.IsCompleted)
                {
                    // Decompressors hand out less than a block; the rest of it is for what comes next.
                    int read = log.Read(writer.GetSpan(MinRead));
                    if (read == 0)
                    {
                        break;
                    }

                    length += read;
                    writer.Advance(read);
                    if (length - handedOver >= BlockLength)
                    {
                        // Not for each piece: the reader would wake up thousands of times.
                        handedOver = length;
                        flushed = await writer.FlushAsync().ConfigureAwait(false);
                    }
                }
            }
        }
#pragma warning disable CA1031 // whatever a decompressor makes of bad data; a disk that fails is told to the pipe's reader
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // A decompressor may have made another exception of it.
            failure = _archive.Failure;
            Damage = failure is not null ? null : new DamagedArchiveException(Format, length, exception);
        }

        await writer.CompleteAsync(failure).ConfigureAwait(false);
    }
}
