using System.Collections.Immutable;
using CsCheck;
using KmsgOom.Files;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Files;

/// <summary>A file that is parsed in several places at once gives what one parser gives: events, order and counters.</summary>
public sealed class ParallelFileTests
{
    private static readonly byte[][] Logs = [.. Golden.Names.Select(Golden.Read).Where(log => log.Length < 40_000)];

    /// <summary>Logs that can be repeated at another time: their lines have the kernel's stamp.</summary>
    private static readonly byte[][] Stamped =
        [.. Golden.Names.Where(name => name.EndsWith(".dmesg.log", StringComparison.Ordinal) || name.EndsWith("traditional.log", StringComparison.Ordinal)).Select(Golden.Read).Where(log => log.Length < 20_000)];

    /// <summary>Goldens in any order and wrapper, two of them line by line on two hosts, repeated reports, noise, and bytes of any kind.</summary>
    private static readonly Gen<byte[]> GenLog = Gen.Select(Gen.Int, Gen.Int[1, 12], Gen.Int[0, 9]).Select((seed, parts, kind) => new LogMaker(seed).Make(Logs, Stamped, parts, kind));

    private static readonly Gen<FileCuts> GenCuts =
        Gen.Select(Gen.OneOf(Gen.Const(64), Gen.Const(256), Gen.Const(1000), Gen.Const(4096)), Gen.Int[1, 40], Gen.Int[1, 8], Gen.OneOf(Gen.Const(1), Gen.Const(25), Gen.Const(100_000)))
            .Select((slice, chunk, longer, dense) => new FileCuts(slice, (long)slice * chunk, (long)slice * chunk * longer, dense));

    [Fact]
    public void Events_AndCounters_AreThoseOfOneParser() => Gen.Select(GenLog, GenCuts, Gen.Int[2, 5]).Sample(
        (log, cuts, degree) => AssertSame(log, cuts, Golden.Options with { MaxDegreeOfParallelism = degree }),
        iter: 400,
        print: static input => $"{input.Item1.Length} bytes, {input.Item2}, {input.Item3}");

    [Fact]
    public void NarrowBounds_AreMetWhereOneParserMeetsThem() => Gen.Select(GenLog, GenCuts).Sample(
        (log, cuts) => AssertSame(log, cuts, Golden.Options with
        {
            MaxDegreeOfParallelism = 3,
            Limits = new OomParserLimits { MaxBufferedBytes = 1 << 18, MaxHeldReports = 2, MaxLineBytes = 300 },
        }),
        iter: 400,
        print: static input => $"{input.Item1.Length} bytes, {input.Item2}");

    [Fact]
    public void EveryGolden_IsTheSame()
    {
        foreach (string name in Golden.Names)
        {
            byte[] log = Golden.Read(name);
            AssertSame(log, new FileCuts(512, 2048, 4096), Golden.Options with { MaxDegreeOfParallelism = 3 });
        }
    }

    [Theory]
    [InlineData("6.1-amd64-v2-k8s.dmesg.log")]
    [InlineData("5.10-amd64-bullseye-systemd-pod.rsyslog-traditional.log")]
    public void WhatIsParsedAhead_IsOfUse(string name)
    {
        byte[] log = LogMaker.Repeat(Golden.Read(name), times: 60);
        using TempFile file = new(log);
        LogFileReader reader = new(file.Handle, log.Length, Golden.Options with { MaxDegreeOfParallelism = 3 }, new FileCuts(1024, 64 * 1024, 128 * 1024, DensePercent: 10_000));
        ImmutableArray<OomEvent> events = [.. reader.ReadAllAsync().ToBlockingEnumerable()];
        AssertEvents.Same(OomLog.Parse(log, Golden.Options), events);
        Assert.True(reader.HandOvers > 0, $"{log.Length} bytes, {events.Length} events, {reader.HandOvers} hand-overs");
    }

    [Theory]
    [InlineData(25)]
    [InlineData(10_000)]
    public async Task Abandoned_LeavesNobodyWhoReads(int densePercent)
    {
        byte[] log = LogMaker.Repeat(Golden.Read("6.1-amd64-v2-k8s.dmesg.log"), times: 60);
        using TempFile file = new(log);
        LogFileReader reader = new(file.Handle, log.Length, Golden.Options with { MaxDegreeOfParallelism = 3 }, new FileCuts(1024, 16 * 1024, 64 * 1024, densePercent));
        await foreach (OomEvent oomEvent in reader.ReadAllAsync())
        {
            Assert.Equal(OomEventKind.Oom, oomEvent.Kind);
            break;
        }

        OomParserCounters counters = reader.Counters;
        await Task.Delay(20);
        Assert.Equal(counters, reader.Counters);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(10_000)]
    public async Task Cancelled_Throws(int densePercent)
    {
        byte[] log = LogMaker.Repeat(Golden.Read("6.1-amd64-v2-k8s.dmesg.log"), times: 60);
        using TempFile file = new(log);
        using CancellationTokenSource stopping = new();
        LogFileReader reader = new(file.Handle, log.Length, Golden.Options with { MaxDegreeOfParallelism = 3 }, new FileCuts(1024, 16 * 1024, 64 * 1024, densePercent));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (OomEvent oomEvent in reader.ReadAllAsync(stopping.Token))
            {
                await stopping.CancelAsync();
            }
        });
        Assert.InRange(reader.Counters.Events, 1, 59);
    }

    [Theory]
    [InlineData(1, 25)]
    [InlineData(3, 25)]
    [InlineData(3, 10_000)]
    public async Task Shrinking_EndsEarly(int degree, int densePercent)
    {
        byte[] log = LogMaker.Repeat(Golden.Read("6.1-amd64-v2-k8s.dmesg.log"), times: 60);
        using TempFile file = new(log);
        LogFileReader reader = new(file.Handle, log.Length, Golden.Options with { MaxDegreeOfParallelism = degree }, new FileCuts(1024, 16 * 1024, 64 * 1024, densePercent));
        int count = 0;
        await foreach (OomEvent oomEvent in reader.ReadAllAsync())
        {
            if (count++ == 3)
            {
                File.WriteAllBytes(file.Path, log[..1000]);
            }
        }

        Assert.InRange(count, 4, 60);
    }

    private static void AssertSame(byte[] log, FileCuts cuts, OomParserOptions options)
    {
        (ImmutableArray<OomEvent> expected, OomParserCounters counters) = Read(log, cuts, options with { MaxDegreeOfParallelism = 1 });
        (ImmutableArray<OomEvent> events, OomParserCounters found) = Read(log, cuts, options);
        AssertEvents.Same(expected, events);
        Assert.Equal(counters, found);
    }

    private static (ImmutableArray<OomEvent> Events, OomParserCounters Counters) Read(byte[] log, FileCuts cuts, OomParserOptions options)
    {
        using TempFile file = new(log);
        LogFileReader reader = new(file.Handle, log.Length, options, cuts);
        ImmutableArray<OomEvent> events = [.. reader.ReadAllAsync().ToBlockingEnumerable()];
        return (events, reader.Counters);
    }
}
