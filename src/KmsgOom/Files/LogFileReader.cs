using System.Runtime.CompilerServices;
using KmsgOom.Framing;
using Microsoft.Win32.SafeHandles;

namespace KmsgOom.Files;

/// <summary>Reads the events of a file on disk, large ones on several cores.</summary>
internal sealed class LogFileReader
{
    private readonly SafeFileHandle _file;
    private readonly long _length;
    private readonly OomParserOptions _options;
    private readonly FileCuts _cuts;
    private Func<OomParserCounters> _counters = static () => default;

    /// <summary>Makes a reader.</summary>
    /// <param name="file">The file; it has a length, and is closed by whoever opened it.</param>
    /// <param name="length">The length; what the file grows by is read as well.</param>
    /// <param name="options">What is known of it.</param>
    /// <param name="cuts">Where it is cut.</param>
    public LogFileReader(SafeFileHandle file, long length, OomParserOptions options, FileCuts? cuts = null) =>
        (_file, _length, _options, _cuts) = (file, length, options, cuts ?? FileCuts.Default);

    /// <summary>Gets what was read so far.</summary>
    public OomParserCounters Counters => _counters();

    /// <summary>Gets how often one part of the file was continued by another that had been parsed at the same time.</summary>
    public int HandOvers { get; private set; }

    /// <summary>Tells whether a file can be read in blocks: it has a place to go back to and says how long it is, which pipes and <c>/proc</c> do not.</summary>
    public static bool CanRead(FileStream file, out long length)
    {
        length = file.CanSeek ? file.Length : 0;
        return length > 0;
    }

    /// <summary>Reads all events.</summary>
    /// <exception cref="InvalidDataException">The log is compressed.</exception>
    public async IAsyncEnumerable<OomEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        KernelLogEncoding encoding = ReadEncoding();
        CompressedLog.ThrowIf(encoding);
        long delivered = 0;
        if (_options.MaxDegreeOfParallelism > 1 && _length >= _cuts.MaxChunkLength && encoding == KernelLogEncoding.Utf8)
        {
            ParallelRead parallel = new(_file, _length, _options, _cuts, cancellationToken);
            await using ConfiguredAsyncDisposable closing = parallel.ConfigureAwait(false);
            _counters = () => parallel.Counters;
            while (await parallel.MoveNextAsync().ConfigureAwait(false))
            {
                HandOvers = parallel.HandOvers;
                foreach (OomEvent oomEvent in parallel.Current)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    delivered++;
                    yield return oomEvent;
                }
            }

            if (!parallel.IsGivenUp)
            {
                yield break;
            }
        }

        using OomParser parser = new(_options);
        using SliceParser slices = new(_file, _cuts, start: 0, parser, new BufferPool(), cancellationToken);
        _counters = () => parser.Counters;
        while (ReadNext(slices, parser, delivered) is { } oomEvent)
        {
            yield return oomEvent;
            cancellationToken.ThrowIfCancellationRequested();
            if (SynchronizationContext.Current is not null)
            {
                // Disks are waited for here: not on a thread that others wait for.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
    }

    /// <summary>Reads the next event that was not delivered before.</summary>
    private static OomEvent? ReadNext(SliceParser slices, OomParser parser, long delivered)
    {
        while (slices.TryRead(long.MaxValue, out OomEventView view))
        {
            // Those that were delivered are looked at as well: it makes the storage grow, which the bounds are about.
            OomEvent oomEvent = view.ToEvent();
            if (parser.Counters.Events > delivered)
            {
                return oomEvent;
            }
        }

        return null;
    }

    private KernelLogEncoding ReadEncoding()
    {
        Span<byte> head = stackalloc byte[FileMagic.MaxLength];
        int length = RandomAccess.Read(_file, head, 0);
        FileMagic.TryRecognise(head[..length], isWhole: true, out KernelLogEncoding encoding, out _);
        return encoding;
    }
}
