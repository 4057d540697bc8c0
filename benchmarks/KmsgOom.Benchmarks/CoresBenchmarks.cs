using BenchmarkDotNet.Attributes;

namespace KmsgOom.Benchmarks;

/// <summary>One large file, cached: as shipped against the same on one core. What bare reading gains is among <see cref="ReadBenchmarks"/>.</summary>
[Config(typeof(ThroughputConfig))]
[MemoryDiagnoser]
public class CoresBenchmarks : IDisposable
{
    // 512 MiB of Quiet and 128 MiB of Storm. BenchmarkDotNet divides by it, so that its columns are those of one copy.
    private const int Copies = 4;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"kmsgoom-{Guid.NewGuid():N}.log");

    /// <summary>Gets or sets the log. Each is a group with a baseline of its own.</summary>
    [Params(LogInput.Quiet, LogInput.StormRfc3164)]
    public LogInput Input { get; set; }

    internal LogFacts Facts { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        (ReadOnlyMemory<byte> log, LogFacts copy) = KernelLogs.Make(Input);
        Facts = new LogFacts(copy.Length * Copies, copy.Lines * Copies, copy.Reports * Copies);
        KernelLogs.Write(log.Span, Facts.Length, _path);
        Tally.Verify(nameof(ReadFileOnOneCore), ReadFileOnOneCore().GetAwaiter().GetResult(), Facts.Reports);
        Tally.Verify(nameof(ReadFile), ReadFile().GetAwaiter().GetResult(), Facts.Reports);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        File.Delete(_path);
        GC.SuppressFinalize(this);
    }

    /// <summary>The floor: one core.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Copies)]
    [BenchmarkCategory("Floor")]
    public Task<Tally> ReadFileOnOneCore() => Tally.CountAsync(OomLog.ReadFileAsync(_path, new OomParserOptions { MaxDegreeOfParallelism = 1 }));

    /// <summary>As shipped: all cores.</summary>
    [Benchmark(OperationsPerInvoke = Copies)]
    [BenchmarkCategory("Ours")]
    public Task<Tally> ReadFile() => Tally.CountAsync(OomLog.ReadFileAsync(_path));
}
