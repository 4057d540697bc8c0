using System.Buffers;
using System.Collections.Immutable;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>The seven sentences of the contract, one test or more each. They run alone: one looks at the memory of the whole process.</summary>
[Collection(nameof(AllocationTests))]
public sealed class ContractTests
{
    private const string Kill = "[   12.000000] Memory cgroup out of memory: Killed process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0\n";
    private static readonly byte[] Seed = Golden.Read("4.15-k8s-pod-oom.dmesg-T.log");

    // 1. TryRead consumes every complete line it looked at and none of an incomplete one (but for lines over the limit).
    [Fact]
    public void TryRead_IncompleteLine_IsLeftWhole()
    {
        using OomParser parser = new();
        ReadOnlySequence<byte> log = new("first line\nsecond line\nthird"u8.ToArray());
        Assert.False(parser.TryRead(ref log, isFinalBlock: false, out _));
        Assert.Equal("third"u8.ToArray(), log.ToArray());
    }

    [Fact]
    public void TryRead_LineOverTheLimit_IsConsumedAsItComes()
    {
        using OomParser parser = new(new OomParserOptions { Limits = new OomParserLimits { MaxLineBytes = 256 } });
        ReadOnlySequence<byte> log = new(new byte[100_000]);
        Assert.False(parser.TryRead(ref log, isFinalBlock: false, out _));
        Assert.True(log.IsEmpty);
        Assert.Equal(1, parser.Counters.OverlongLines);
    }

    // 2. The same bytes give the same events, however they are cut: GoldenTests.

    // 3. No input makes a parser throw, loop, or grow past Limits.MaxBufferedBytes.
    [Fact]
    public void Parse_Noise_GivesNoEvents()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            byte[] noise = new byte[random.Next(5000)];
            random.NextBytes(noise);
            Assert.Empty(Chunks.ParseInPieces(noise, 97, Golden.Options));
        }
    }

    [Fact]
    public void Parse_DamagedReports_NeverThrows()
    {
        Random random = new(11);
        foreach (string log in Golden.Names)
        {
            byte[] bytes = Golden.Read(log);
            for (int round = 0; round < 10; round++)
            {
                byte[] damaged = [.. bytes];
                for (int count = 0; count < 50; count++)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                ImmutableArray<OomEvent> events = OomLog.Parse(damaged, Golden.Options);
                Assert.All(events, oomEvent => Assert.NotNull(oomEvent.Id));
            }
        }
    }

    [Fact]
    public void Parse_ManyOpenReports_StaysWithinItsBounds()
    {
        OomParserLimits limits = new() { MaxHeldReports = 8, MaxBufferedBytes = 1 << 16 };
        using OomParser parser = new(new OomParserOptions { Limits = limits });
        byte[] line = [.. Enumerable.Repeat((byte)'x', 200)];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long events = 0;
        for (int host = 0; host < 2000; host++)
        {
            byte[] text = [.. System.Text.Encoding.ASCII.GetBytes($"Nov 23 10:00:00 host-{host} kernel: a invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\nNov 23 10:00:00 host-{host} kernel: "), .. line, (byte)'\n'];
            ReadOnlySequence<byte> sequence = new(text);
            while (parser.TryRead(ref sequence, isFinalBlock: false, out OomEventView _))
            {
                events++;
            }
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4 << 20);
        Assert.InRange(events, 2000 - 8, 2000);
        Assert.True(parser.Counters.LimitHits > 0);
    }

    // 4. isFinalBlock: true flushes an unfinished report with IsComplete == false, then returns false until Reset.
    [Fact]
    public void TryRead_FinalBlock_FlushesWhatIsUnfinished()
    {
        using OomParser parser = new();
        ReadOnlySequence<byte> log = new("[   12.000000] a invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0"u8.ToArray());
        Assert.True(parser.TryRead(ref log, isFinalBlock: true, out OomEventView oomEvent));
        Assert.False(oomEvent.IsComplete);
        Assert.Equal(OomOutcome.Unfinished, oomEvent.Outcome);
        Assert.Equal(OomSections.Victim, oomEvent.Missing);

        ReadOnlySequence<byte> more = new(Seed);
        Assert.False(parser.TryRead(ref more, isFinalBlock: true, out _));
        parser.Reset();
        Assert.True(parser.TryRead(ref more, isFinalBlock: true, out _));
    }

    // 5. A stale view throws InvalidOperationException.
    [Fact]
    public void View_AfterTheNextRead_Throws()
    {
        using OomParser parser = new();
        ReadOnlySequence<byte> log = new([.. Seed, .. Seed]);
        Assert.True(parser.TryRead(ref log, isFinalBlock: true, out OomEventView first));
        OomTriggerView trigger = first.Trigger;
        OomKernelView kernel = first.Kernel;
        OomTextList callTrace = first.CallTrace;
        OomMemcgView memcg = first.Memcg;
        OomMemoryView memory = first.Memory;
        Assert.True(parser.TryRead(ref log, isFinalBlock: true, out OomEventView second));
        Assert.Equal(OomScope.Memcg, second.Scope);
        List<string> living = [];
        try
        {
            _ = first.Scope;
            living.Add("event");
        }
        catch (InvalidOperationException)
        {
        }

        try
        {
            _ = first.Memcg;
            living.Add("event.memcg");
        }
        catch (InvalidOperationException)
        {
        }

        try
        {
            _ = trigger.Pid;
            living.Add("trigger");
        }
        catch (InvalidOperationException)
        {
        }

        try
        {
            _ = kernel.ReleaseUtf8;
            living.Add("kernel");
        }
        catch (InvalidOperationException)
        {
        }

        try
        {
            _ = callTrace.Count;
            living.Add("call trace");
        }
        catch (InvalidOperationException)
        {
        }

        try
        {
            _ = memcg.PathUtf8;
            living.Add("memcg");
        }
        catch (InvalidOperationException)
        {
        }

        try
        {
            _ = memory.RamPages;
            living.Add("memory");
        }
        catch (InvalidOperationException)
        {
        }

        Assert.Empty(living);
    }

    [Fact]
    public void View_ThatNeverWas_Throws() => Assert.Throws<InvalidOperationException>(static () => default(OomMemcgView).StatsCount);

    // 6. Steady state allocates nothing until ToEvent(): AllocationTests.

    // 7. Instances are not thread-safe; different instances share nothing.
    [Fact]
    public void Parsers_OnDifferentThreads_DoNotDisturbEachOther()
    {
        IReadOnlyList<string> logs = Golden.Names;
        Dictionary<string, ImmutableArray<OomEvent>> expected = logs.ToDictionary(log => log, log => OomLog.Parse(Golden.Read(log), Golden.Options));
        Parallel.ForEach(Enumerable.Repeat(logs, 3).SelectMany(log => log), log => AssertEvents.Same(expected[log], OomLog.Parse(Golden.Read(log), Golden.Options)));
    }

    [Fact]
    public void Parse_KillWithoutHeader_IsAnEventOfItsOwn()
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse(Kill));
        Assert.Equal(7, Assert.Single(oomEvent.Victims).Pid);
        Assert.Equal(OomSections.Trigger, oomEvent.Missing);
        Assert.Equal(OomScope.Memcg, oomEvent.Scope);
    }

    [Fact]
    public void Parse_KillOfTheSamePidAgain_IsOneVictim()
    {
        OomEvent oomEvent = Assert.Single(OomLog.Parse(Kill + Kill));
        Assert.Single(oomEvent.Victims);
        Assert.Equal(2, oomEvent.Source.LineCount);
    }
}
