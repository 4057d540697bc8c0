using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>The code blocks of the README, compiled and run.</summary>
public sealed class ReadmeExamples
{
    private static readonly byte[] Seed = Golden.Read("4.15-k8s-pod-oom.dmesg-T.log");

    [Fact]
    public void OwnedEvents()
    {
        string text = System.Text.Encoding.ASCII.GetString(Seed);

        ImmutableArray<OomEvent> events = OomLog.Parse(text);
        var byProgram = events.SelectMany(oom => oom.Victims).CountBy(victim => victim.Name.ToString());

        Assert.Equal([KeyValuePair.Create("stress", 1)], byProgram);
    }

    [Fact]
    public async Task Reader()
    {
        PipeReader pipe = PipeReader.Create(new MemoryStream(Seed));
        CancellationToken stopping = CancellationToken.None;
        int killed = 0;

        await using OomReader reader = new(pipe);
        while (await reader.WaitToReadAsync(stopping))
        {
            while (reader.TryRead(out OomEventView oom))
            {
                killed += oom.Victims.Length;
            }
        }

        Assert.Equal(1, killed);
    }

    [Fact]
    public void Parser()
    {
        // The report is delivered as soon as its reaper line is there, before the log is known to be over.
        ReadOnlySequence<byte> buffer = new(Seed);
        int largest = 0;

        using OomParser parser = new();
        while (parser.TryRead(ref buffer, isFinalBlock: false, out OomEventView oom))
        {
            largest = Math.Max(largest, oom.Tasks.Length);
        }

        Assert.Equal(6, largest);
    }

    [Fact]
    public async Task Lifetimes()
    {
        List<OomEvent> kept = [];
        await using OomReader reader = new(PipeReader.Create(new MemoryStream(Seed)));
        while (await reader.WaitToReadAsync())
        {
            if (reader.TryRead(out OomEventView oom))
            {
                kept.Add(oom.ToEvent());        // right: owned
            }
        }

        Assert.Single(kept);
    }
}
