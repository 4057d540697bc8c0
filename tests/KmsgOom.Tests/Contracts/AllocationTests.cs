using System.Buffers;
using System.IO.Pipelines;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Steady state allocates nothing: proven by slope, the bytes for 10 and for 1,000 rounds being the same.</summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Few = 10;
    private const int Many = 1000;

    [Theory]
    [InlineData("4.15-k8s-pod-oom.dmesg-T.log")]
    [InlineData("6.1-amd64-v2-k8s.dmesg.log")]
    [InlineData("7.3-amd64-global-swap.kmsg.log")]
    [InlineData("6.1-amd64-bookworm-systemd-pod.rsyslog-syslog.log")]
    [InlineData("7.3-amd64-v2-ratelimited.dmesg.log")]
    [InlineData("4.15-k8s-pod-oom.cri.log")]
    [InlineData("4.15-k8s-pod-oom.html.log")]
    [InlineData("4.15-k8s-pod-oom.mail-wrapped.log")]
    [InlineData("3.10-written-percpu.console.log")]
    [InlineData("6.18-written-profile.rfc3339.log")]
    [InlineData("7.3-amd64-numa-global.dmesg-iso.log")]
    public void Parser_Events_AllocateNothing(string log) => AssertFlat(Golden.Read(log), mustHaveEvents: true);

    [Fact]
    public void Visitor_SeesTheWholeBlock()
    {
        using OomParser parser = new(Golden.Options);
        ReadOnlySequence<byte> log = new(Golden.Read("6.18-written-profile.rfc3339.log"));
        Assert.True(parser.TryRead(ref log, isFinalBlock: true, out OomEventView oomEvent));
        Assert.InRange(MemoryVisitor.Visit(oomEvent.Memory), 50, long.MaxValue);
    }

    [Fact]
    public void Parser_SkippedLines_AllocateNothing()
    {
        byte[] line = "Nov 23 18:17:16 node-1 systemd[1]: Started Session 94 of user root.\n"u8.ToArray();
        AssertFlat([.. Enumerable.Repeat(line, 50).SelectMany(bytes => bytes)], mustHaveEvents: false);
    }

    [Fact]
    public void Parser_LinesInPieces_AllocateNothing()
    {
        byte[] log = Golden.Read("6.1-amd64-v2-k8s.dmesg.log");
        using OomParser parser = new(Golden.Options);
        long checksum = 0;
        Measure(() => checksum += ParseInPieces(parser, log), Few);
        long few = Measure(() => checksum += ParseInPieces(parser, log), Few);
        long many = Measure(() => checksum += ParseInPieces(parser, log), 5 * Few);
        Assert.Equal(few, many);
        Assert.Equal(7 * Few, checksum);
    }

    [Fact]
    public void Reader_Events_AllocateNothing()
    {
        byte[] log = Golden.Read("6.1-amd64-v2-k8s.dmesg.log");
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        OomReader reader = new(pipe.Reader, Golden.Options);
        long checksum = 0;
        Measure(() => checksum += Pump(pipe.Writer, reader, log), 200);
        long few = Measure(() => checksum += Pump(pipe.Writer, reader, log), Few);
        long many = Measure(() => checksum += Pump(pipe.Writer, reader, log), Many);

        // The pipe makes a small object for each block of memory that it rents; an owned event would be a hundred times that.
        Assert.InRange(many - few, 0, Many * 256);
        Assert.InRange(checksum, Many, long.MaxValue);
    }

    private static void AssertFlat(byte[] log, bool mustHaveEvents)
    {
        using OomParser parser = new(Golden.Options);
        long checksum = 0;

        // Storage circulates until every piece has grown to the largest report.
        Measure(() => checksum += Parse(parser, log), 200);
        long few = Measure(() => checksum += Parse(parser, log), Few);
        long many = Measure(() => checksum += Parse(parser, log), Many);

        Assert.Equal(0, many);
        Assert.Equal(few, many);
        Assert.Equal(mustHaveEvents, checksum > 0);
    }

    private static long Parse(OomParser parser, byte[] log)
    {
        parser.Reset();
        ReadOnlySequence<byte> sequence = new(log);
        long events = 0;
        while (parser.TryRead(ref sequence, isFinalBlock: true, out OomEventView oomEvent))
        {
            // Mem-Info is read when somebody asks.
            events += oomEvent.Outcome == OomOutcome.Panic || MemoryVisitor.Visit(oomEvent.Memory) < 0 ? 2 : 1;
        }

        return events;
    }

    private static long ParseInPieces(OomParser parser, byte[] log)
    {
        parser.Reset();
        int consumed = 0;
        long events = 0;
        for (int end = 61; consumed < log.Length; end += 61)
        {
            bool isLast = end >= log.Length;
            ReadOnlySequence<byte> sequence = new(log, consumed, Math.Min(end, log.Length) - consumed);
            long before = sequence.Length;
            while (parser.TryRead(ref sequence, isLast, out OomEventView _))
            {
                events++;
            }

            consumed += (int)(before - sequence.Length);
        }

        return events;
    }

    private static long Measure(Action action, int rounds)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < rounds; round++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Writes a log in crumbs and reads what is ready, all on this thread: no wait is ever pending.</summary>
    private static long Pump(PipeWriter writer, OomReader reader, byte[] log)
    {
        long events = 0;
        for (int at = 0; at < log.Length; at += 61)
        {
            ReadOnlySpan<byte> crumb = log.AsSpan(at, Math.Min(61, log.Length - at));
            crumb.CopyTo(writer.GetSpan(crumb.Length));
            writer.Advance(crumb.Length);
            Now(writer.FlushAsync());
            Assert.True(Now(reader.WaitToReadAsync()));
            while (reader.TryRead(out OomEventView _))
            {
                events++;
            }
        }

        return events;
    }

    private static T Now<T>(ValueTask<T> done)
    {
        Assert.True(done.IsCompletedSuccessfully);
        return done.GetAwaiter().GetResult();
    }
}
