using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using KmsgOom.Files;

namespace KmsgOom;

/// <summary>One line each: a log in, owned events out.</summary>
/// <example>
/// <code>
/// await foreach (OomEvent oom in OomLog.ReadFileAsync("/var/log/kern.log"))
/// {
///     Console.WriteLine($"{oom.Time}: {string.Join(", ", oom.Victims.Select(v => v.Name))} killed");
/// }
/// </code>
/// </example>
public static class OomLog
{
    private const int BlockLength = 256 * 1024;

    /// <summary>Parses a log that is text already.</summary>
    /// <param name="log">The log.</param>
    /// <param name="options">What is known of it; null for nothing.</param>
    /// <returns>The events in the order of their first line.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    public static ImmutableArray<OomEvent> Parse(string log, OomParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        return Parse(Encoding.UTF8.GetBytes(log), options);
    }

    /// <summary>Parses a log.</summary>
    /// <param name="utf8Log">The bytes of the log.</param>
    /// <param name="options">What is known of it; null for nothing.</param>
    /// <returns>The events in the order of their first line.</returns>
    /// <exception cref="InvalidDataException">The log is compressed.</exception>
    public static ImmutableArray<OomEvent> Parse(ReadOnlySpan<byte> utf8Log, OomParserOptions? options = null)
    {
        // A sequence needs memory, which a span does not promise.
        byte[] copy = ArrayPool<byte>.Shared.Rent(Math.Max(1, utf8Log.Length));
        try
        {
            utf8Log.CopyTo(copy);
            ReadOnlySequence<byte> sequence = new(copy, 0, utf8Log.Length);
            using OomParser parser = new(options);
            ImmutableArray<OomEvent>.Builder events = ImmutableArray.CreateBuilder<OomEvent>();
            while (parser.TryRead(ref sequence, isFinalBlock: true, out OomEventView oomEvent))
            {
                events.Add(oomEvent.ToEvent());
            }

            CompressedLog.ThrowIf(parser.Counters.Encoding);
            return events.ToImmutable();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>Reads a file. A missing year is inferred from the day the file was last written.</summary>
    /// <param name="path">The file; its name goes into <see cref="OomSource.Path"/>.</param>
    /// <param name="options">What is known of it; null for nothing.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The events in the order of their first line.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    /// <exception cref="InvalidDataException">The log is compressed.</exception>
    public static IAsyncEnumerable<OomEvent> ReadFileAsync(string path, OomParserOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadFileEventsAsync(path, options, cancellationToken);
    }

    /// <summary>Reads a stream to its end; the stream is left open.</summary>
    /// <param name="utf8Log">The bytes of the log.</param>
    /// <param name="options">What is known of it; null for nothing.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The events in the order of their first line.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="utf8Log"/> is null.</exception>
    /// <exception cref="InvalidDataException">The log is compressed.</exception>
    public static IAsyncEnumerable<OomEvent> ReadAsync(Stream utf8Log, OomParserOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(utf8Log);
        return ReadEventsAsync(utf8Log, options, cancellationToken);
    }

    private static async IAsyncEnumerable<OomEvent> ReadFileEventsAsync(
        string path, OomParserOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream file = LogFile.Open(path, isAsynchronous: true);
        await using (file.ConfigureAwait(false))
        {
            options = LogFile.Describe(options, path, file);
            IAsyncEnumerable<OomEvent> events = LogFileReader.CanRead(file, out long length)
                ? new LogFileReader(file.SafeFileHandle, length, options).ReadAllAsync(cancellationToken)
                : ReadAsync(file, options, cancellationToken);
            await foreach (OomEvent oomEvent in events.ConfigureAwait(false))
            {
                yield return oomEvent;
            }
        }
    }

    private static async IAsyncEnumerable<OomEvent> ReadEventsAsync(
        Stream utf8Log, OomParserOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PipeReader pipe = PipeReader.Create(utf8Log, new StreamPipeReaderOptions(bufferSize: BlockLength, leaveOpen: true));
        OomReader reader = new(pipe, options);
        await using (reader.ConfigureAwait(false))
        {
            await foreach (OomEvent oomEvent in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return oomEvent;
            }
        }
    }
}
