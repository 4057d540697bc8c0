using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using ZstdSharp;

namespace KmsgOom.Benchmarks;

/// <summary>How a log is compressed; see <see cref="ArchiveBenchmarks"/>.</summary>
public enum ArchiveForm
{
    /// <summary>By gzip.</summary>
    Gzip,

    /// <summary>By zstd.</summary>
    Zstandard,
}

/// <summary>Compressed logs: reading events against bare decompression. GB/s are those of the log.</summary>
[Config(typeof(ThroughputConfig))]
[MemoryDiagnoser]
public class ArchiveBenchmarks : IDisposable
{
    private const int BlockLength = 256 * 1024;

    private readonly byte[] _block = new byte[BlockLength];
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"kmsgoom-{Guid.NewGuid():N}.archive");

    /// <summary>Gets or sets the compression. Each is a group with a baseline of its own.</summary>
    [ParamsAllValues]
    public ArchiveForm Form { get; set; }

    internal LogFacts Facts { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        (ReadOnlyMemory<byte> log, Facts) = KernelLogs.Make(LogInput.Mixed);
        using (FileStream file = File.Create(_path))
        {
            using Stream archive = Form == ArchiveForm.Gzip ? new GZipStream(file, CompressionLevel.Fastest) : new CompressionStream(file, 1);
            archive.Write(log.Span);
        }

        if (Decompress() != Facts.Length)
        {
            throw new InvalidOperationException($"{nameof(Decompress)} did not make {Facts.Length} bytes.");
        }

        Tally.Verify(nameof(ReadArchive), ReadArchive().GetAwaiter().GetResult(), Facts.Reports);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        File.Delete(_path);
        GC.SuppressFinalize(this);
    }

    /// <summary>The floor: decompress to nowhere, with the library that the package uses.</summary>
    [Benchmark]
    [BenchmarkCategory("Floor")]
    public long Decompress()
    {
        using FileStream file = File.OpenRead(_path);
        using Stream log = Form == ArchiveForm.Gzip ? new GZipStream(file, CompressionMode.Decompress) : new DecompressionStream(file);
        long length = 0;
        for (int read = log.Read(_block); read > 0; read = log.Read(_block))
        {
            length += read;
        }

        return length;
    }

    /// <summary>The one-liner.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Ours")]
    public async Task<Tally> ReadArchive()
    {
        long events = 0;
        long kills = 0;
        await foreach (OomEvent oom in LogArchive.ReadFileAsync(_path).ConfigureAwait(false))
        {
            events++;
            kills += oom.Victims.Length;
        }

        return new Tally(events, kills);
    }
}
