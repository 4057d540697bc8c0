using System.Globalization;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Microsoft.Win32.SafeHandles;

namespace KmsgOom.Benchmarks;

/// <summary>Logs in files, which the operating system has in its cache: the one-liner against bare reading and what people write by hand.</summary>
/// <remarks>The peers count trigger lines and kill lines; they know nothing else of a report.</remarks>
[Config(typeof(ThroughputConfig))]
[MemoryDiagnoser]
public partial class ReadBenchmarks : IDisposable
{
    private const int BlockLength = 256 * 1024;
    private const string TriggerText = " invoked oom-killer: ";
    private const string KillText = "Killed process ";
    private const string KillPattern = @"Killed process (\d+) \((.*)\),? total-vm:(\d+)kB";

    private static readonly Regex CompiledKill = new(KillPattern, RegexOptions.Compiled | RegexOptions.CultureInvariant);
    private static readonly Regex CompiledTrigger = new(TriggerText, RegexOptions.Compiled | RegexOptions.CultureInvariant);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"kmsgoom-{Guid.NewGuid():N}.log");
    private long _sum;

    /// <summary>Gets or sets the log. Each is a group with a baseline of its own.</summary>
    [Params(LogInput.Quiet, LogInput.Mixed, LogInput.StormRfc3164)]
    public LogInput Input { get; set; }

    internal LogFacts Facts { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        (ReadOnlyMemory<byte> log, Facts) = KernelLogs.Make(Input);
        using (FileStream file = File.Create(_path))
        {
            file.Write(log.Span);
        }

        if (RawRead() != Facts.Length || RawReadOnAllCores() != Facts.Length)
        {
            throw new InvalidOperationException($"{nameof(RawRead)} did not read {Facts.Length} bytes.");
        }

        Tally.Verify(nameof(ReadFile), ReadFile().GetAwaiter().GetResult(), Facts.Reports);
        Tally.Verify(nameof(ReadFileOnOneCore), ReadFileOnOneCore().GetAwaiter().GetResult(), Facts.Reports);
        Tally.Verify(nameof(ReadLinesCompiledRegex), ReadLinesCompiledRegex(), Facts.Reports);
        Tally.Verify(nameof(ReadLinesGeneratedRegex), ReadLinesGeneratedRegex(), Facts.Reports);
        Tally.Verify(nameof(StreamReaderContains), StreamReaderContains(), Facts.Reports);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        File.Delete(_path);
        GC.SuppressFinalize(this);
    }

    /// <summary>The floor: read the file in the blocks that <see cref="OomLog"/> reads, do nothing.</summary>
    [Benchmark]
    [BenchmarkCategory("Floor")]
    public long RawRead() => Read(0, Facts.Length);

    /// <summary>The same by all cores, each its part of the file: what this machine gains by a second core.</summary>
    [Benchmark]
    [BenchmarkCategory("Floor")]
    public long RawReadOnAllCores()
    {
        int cores = Environment.ProcessorCount;
        return ParallelEnumerable.Range(0, cores).WithDegreeOfParallelism(cores)
            .Sum(part => Read(Facts.Length * part / cores, Facts.Length * (part + 1) / cores));
    }

    /// <summary>The one-liner: large files on all cores.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Ours")]
    public Task<Tally> ReadFile() => Tally.CountAsync(OomLog.ReadFileAsync(_path));

    /// <summary>The same on one core.</summary>
    [Benchmark]
    [BenchmarkCategory("Ours")]
    public Task<Tally> ReadFileOnOneCore() => Tally.CountAsync(OomLog.ReadFileAsync(_path, new OomParserOptions { MaxDegreeOfParallelism = 1 }));

    private long Read(long start, long end)
    {
        byte[] block = new byte[BlockLength];
        using SafeFileHandle file = File.OpenHandle(_path, options: FileOptions.SequentialScan);
        long at = start;
        while (at < end && RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(BlockLength, end - at)), at) is int read and > 0)
        {
            at += read;
        }

        return at - start;
    }

    [Benchmark]
    [BenchmarkCategory("Peer")]
    public Tally ReadLinesCompiledRegex() => ReadLines(CompiledTrigger, CompiledKill);

    [Benchmark]
    [BenchmarkCategory("Peer")]
    public Tally ReadLinesGeneratedRegex() => ReadLines(GeneratedTrigger(), GeneratedKill());

    /// <summary>The fastest of what is written by hand: no pattern, and no field taken.</summary>
    [Benchmark]
    [BenchmarkCategory("Peer")]
    public Tally StreamReaderContains()
    {
        long events = 0;
        long kills = 0;
        using StreamReader reader = new(_path);
        while (reader.ReadLine() is { } line)
        {
            if (line.Contains(TriggerText, StringComparison.Ordinal))
            {
                events++;
            }
            else if (line.Contains(KillText, StringComparison.Ordinal))
            {
                kills++;
                _sum += line.Length;
            }
        }

        return new Tally(events, kills);
    }

    private Tally ReadLines(Regex trigger, Regex kill)
    {
        long events = 0;
        long kills = 0;
        foreach (string line in File.ReadLines(_path))
        {
            if (trigger.IsMatch(line))
            {
                events++;
            }
            else if (kill.Match(line) is { Success: true } match)
            {
                kills++;
                _sum += match.Groups[2].Length + long.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
            }
        }

        return new Tally(events, kills);
    }

    [GeneratedRegex(KillPattern, RegexOptions.CultureInvariant)]
    private static partial Regex GeneratedKill();

    [GeneratedRegex(TriggerText, RegexOptions.CultureInvariant)]
    private static partial Regex GeneratedTrigger();
}
