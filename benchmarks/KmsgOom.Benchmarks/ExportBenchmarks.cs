using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace KmsgOom.Benchmarks;

/// <summary>Events as NDJSON: writing against copying what is written. GB/s are those of the JSON.</summary>
[Config(typeof(ThroughputConfig))]
[MemoryDiagnoser]
public class ExportBenchmarks
{
    private const int FlushLength = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly ArrayBufferWriter<byte> _copy = new();
    private OomEvent[] _events = [];

    internal LogFacts Facts { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        (ReadOnlyMemory<byte> log, LogFacts facts) = KernelLogs.Make(LogInput.StormRfc3164);
        _events = [.. OomLog.Parse(log.Span)];
        Tally.Verify(nameof(OomLog.Parse), new Tally(_events.Length, _events.Sum(oom => (long)oom.Victims.Length)), facts.Reports);
        Facts = facts with { Length = WriteJson() };
        foreach (OomEvent oom in _events.AsSpan()[..(_events.Length / 10)])
        {
            OomJson.WriteLine(_json, oom);
        }
    }

    /// <summary>The floor: copy as many bytes to the same place.</summary>
    [Benchmark]
    [BenchmarkCategory("Floor")]
    public long Copy()
    {
        long length = 0;
        while (length < Facts.Length)
        {
            _copy.ResetWrittenCount();
            ReadOnlySpan<byte> next = _json.WrittenSpan[..(int)Math.Min(Math.Min(_json.WrittenCount, FlushLength), Facts.Length - length)];
            _copy.Write(next);
            length += next.Length;
        }

        return length;
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Ours")]
    public long WriteJson()
    {
        long length = 0;
        foreach (OomEvent oom in _events)
        {
            OomJson.WriteLine(_copy, oom);
            if (_copy.WrittenCount >= FlushLength)
            {
                length += _copy.WrittenCount;
                _copy.ResetWrittenCount();
            }
        }

        length += _copy.WrittenCount;
        _copy.ResetWrittenCount();
        return length;
    }
}
