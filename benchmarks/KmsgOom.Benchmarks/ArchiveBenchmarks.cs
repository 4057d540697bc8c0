using System.Diagnostics;
using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using SharpCompress.Compressors.Xz;
using ZstdSharp;

namespace KmsgOom.Benchmarks;

/// <summary>How a log is compressed; see <see cref="ArchiveBenchmarks"/>.</summary>
public enum ArchiveForm
{
    /// <summary>By gzip.</summary>
    Gzip,

    /// <summary>By zstd.</summary>
    Zstandard,

    /// <summary>By xz.</summary>
    Xz,
}

/// <summary>Compressed logs: reading events against bare decompression. GB/s are those of the log.</summary>
[Config(typeof(ThroughputConfig))]
[MemoryDiagnoser]
public class ArchiveBenchmarks : IDisposable
{
    private const int BlockLength = 256 * 1024;

    // The library reads xz thirty times slower than zstd.
    private const int XzLength = 8 << 20;

    private readonly byte[] _block = new byte[BlockLength];
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"kmsgoom-{Guid.NewGuid():N}.archive");

    /// <summary>Gets or sets the compression. Each is a group with a baseline of its own.</summary>
    [ParamsAllValues]
    public ArchiveForm Form { get; set; }

    internal LogFacts Facts { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        (ReadOnlyMemory<byte> log, Facts) = Form == ArchiveForm.Xz ? KernelLogs.MakeMixed(XzLength) : KernelLogs.Make(LogInput.Mixed);
        Compress(log.Span);

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
        using Stream log = Form switch
        {
            ArchiveForm.Gzip => new GZipStream(file, CompressionMode.Decompress),
            ArchiveForm.Zstandard => new DecompressionStream(file),
            _ => new XZStream(file),
        };
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
    public Task<Tally> ReadArchive() => Tally.CountAsync(LogArchive.ReadFileAsync(_path));

    private void Compress(ReadOnlySpan<byte> log)
    {
        if (Form == ArchiveForm.Xz)
        {
            CompressByXz(log);
            return;
        }

        using FileStream file = File.Create(_path);
        using Stream archive = Form == ArchiveForm.Gzip ? new GZipStream(file, CompressionLevel.Fastest) : new CompressionStream(file, 1);
        archive.Write(log);
    }

    // The library reads xz but does not write it: the tool does.
    private void CompressByXz(ReadOnlySpan<byte> log)
    {
        File.WriteAllBytes(_path, log);
        using (Process xz = Process.Start("xz", ["-1", _path]))
        {
            xz.WaitForExit();
        }

        File.Move(_path + ".xz", _path);
    }
}
