using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace KmsgOom.Benchmarks;

/// <summary>Logs in memory, parsed on one core: the parser alone against splitting lines and nothing else.</summary>
[Config(typeof(ThroughputConfig))]
[MemoryDiagnoser]
public class ParseBenchmarks : IDisposable
{
    private readonly OomParser _parser = new(new OomParserOptions { LogDate = new DateOnly(2026, 12, 31) });
    private ReadOnlyMemory<byte> _log;
    private long _sum;

    /// <summary>Gets or sets the log. Each is a group with a baseline of its own.</summary>
    [ParamsAllValues]
    public LogInput Input { get; set; }

    internal LogFacts Facts { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        (_log, Facts) = KernelLogs.Make(Input);
        if (NewlineSplit() != Facts.Lines)
        {
            throw new InvalidOperationException($"{nameof(NewlineSplit)} did not find {Facts.Lines} lines.");
        }

        Tally.Verify(nameof(Views), Views(), Facts.Reports);
        Tally.Verify(nameof(OwnedEvents), OwnedEvents(), Facts.Reports);
        if (_parser.Counters.Lines != Facts.Lines || _parser.Counters.MalformedLines != 0)
        {
            throw new InvalidOperationException($"The parser read {_parser.Counters}, not {Facts}.");
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _parser.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The floor: find every newline, do nothing.</summary>
    [Benchmark]
    [BenchmarkCategory("Floor")]
    public long NewlineSplit()
    {
        ReadOnlySpan<byte> rest = _log.Span;
        long lines = 0;
        for (int end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            rest = rest[(end + 1)..];
            lines++;
        }

        return lines;
    }

    /// <summary>The borrowed tier, reading every field of every event.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Ours")]
    public Tally Views()
    {
        _parser.Reset();
        ReadOnlySequence<byte> rest = new(_log);
        long events = 0;
        long kills = 0;
        while (_parser.TryRead(ref rest, isFinalBlock: true, out OomEventView view))
        {
            events++;
            kills += view.Victims.Length;
            _sum += ViewReader.ReadAll(view);
        }

        return new Tally(events, kills);
    }

    /// <summary>The same with an owned copy of each event.</summary>
    [Benchmark]
    [BenchmarkCategory("Ours")]
    public Tally OwnedEvents()
    {
        _parser.Reset();
        ReadOnlySequence<byte> rest = new(_log);
        long events = 0;
        long kills = 0;
        while (_parser.TryRead(ref rest, isFinalBlock: true, out OomEventView view))
        {
            events++;
            kills += view.ToEvent().Victims.Length;
        }

        return new Tally(events, kills);
    }
}
