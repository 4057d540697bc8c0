using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Each golden log through every path: the same bytes give the same events, however they are cut and whichever tier reads them.</summary>
public sealed class GoldenTests
{
    private const int SmallLog = 16 * 1024;

    public static TheoryData<string> Logs => Golden.Logs;

    [Theory]
    [MemberData(nameof(Logs))]
    public Task Events_AreAsVerified(string log) => Golden.Verify(OomLog.Parse(Golden.Read(log), Golden.Options), log);

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Events_AreTheSame_ThroughAllTiers(string log)
    {
        byte[] bytes = Golden.Read(log);
        ImmutableArray<OomEvent> expected = OomLog.Parse(bytes, Golden.Options);

        AssertEvents.Same(expected, Chunks.ParseCut(bytes, [], Golden.Options));
        if (System.Text.Ascii.IsValid(bytes))
        {
            AssertEvents.Same(expected, OomLog.Parse(System.Text.Encoding.ASCII.GetString(bytes), Golden.Options));
        }

        AssertEvents.Same(expected, await ToList(OomLog.ReadAsync(new MemoryStream(bytes), Golden.Options)));
        string path = Path.Combine(Repository.Goldens, log);
        AssertEvents.Same(
            expected.Select(oomEvent => oomEvent with { Source = oomEvent.Source with { Path = path } }),
            await ToList(OomLog.ReadFileAsync(path, Golden.Options)));
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Events_AreTheSame_OneByteAtATime(string log)
    {
        byte[] bytes = Golden.Read(log);
        ImmutableArray<OomEvent> expected = OomLog.Parse(bytes, Golden.Options);

        AssertEvents.Same(expected, Chunks.ParseInPieces(bytes, 1, Golden.Options));
        AssertEvents.Same(expected, await ToList(OomLog.ReadAsync(new TrickleStream(bytes), Golden.Options)));
        foreach (int length in (int[])[1, 2, 7, 61, 4096])
        {
            AssertEvents.Same(expected, Parse(Chunks.InSegments(bytes, length)));
        }
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Events_AreTheSame_CutInTwo(string log)
    {
        byte[] bytes = Golden.Read(log);
        ImmutableArray<OomEvent> expected = OomLog.Parse(bytes, Golden.Options);
        using OomParser parser = new(Golden.Options);
        foreach (int cut in Cuts(bytes, expected))
        {
            ImmutableArray<OomEvent> events = Chunks.ParseCut(parser, bytes, [cut]);
            if (!expected.AsSpan().SequenceEqual(events.AsSpan()))
            {
                Assert.Fail($"Cut at {cut}: the events differ.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Events_OfEveryPrefix_BeginLikeTheWhole(string log)
    {
        byte[] bytes = Golden.Read(log);
        ImmutableArray<OomEvent> expected = OomLog.Parse(bytes, Golden.Options);
        int step = Math.Max(1, bytes.Length / 200);
        for (int length = 0; length < bytes.Length; length += step)
        {
            ImmutableArray<OomEvent> events = OomLog.Parse(bytes.AsSpan(0, length), Golden.Options);
            Assert.True(events.Length <= expected.Length + 1);
            for (int at = 0; at < events.Length - 1; at++)
            {
                Assert.Equal(expected[at].Id, events[at].Id);
            }
        }
    }

    [Fact]
    public void Events_AreTheSame_UnderAnotherCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string log in Golden.Names)
            {
                byte[] bytes = Golden.Read(log);
                CultureInfo.CurrentCulture = before;
                string[] expected = [.. OomLog.Parse(bytes, Golden.Options).Select(OomJson.ToJson)];
                CultureInfo.CurrentCulture = CommaCulture();
                Assert.Equal(expected, OomLog.Parse(bytes, Golden.Options).Select(OomJson.ToJson));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Cuts everywhere in a small log; in a large one at 2,000 seeded places and around each line end of the first report.</summary>
    private static IEnumerable<int> Cuts(byte[] bytes, ImmutableArray<OomEvent> events)
    {
#if DEBUG
        // The unoptimised parser takes a sample; the Release run takes every cut.
        const int Step = 97;
#else
        const int Step = 1;
#endif
        if (bytes.Length <= SmallLog)
        {
            for (int cut = 0; cut <= bytes.Length; cut += Step)
            {
                yield return cut;
            }

            yield break;
        }

        Random random = new(20261123);
        for (int count = 0; count < 2000; count += Step)
        {
            yield return random.Next(bytes.Length + 1);
        }

        HashSet<int> near = [];
        long line = 1;
        long last = events.IsEmpty ? 0 : events[0].Source.Line + events[0].Source.LineCount + events[0].Source.ForeignLines;
        for (int at = 0; at < bytes.Length && line <= last; at++)
        {
            if (bytes[at] == '\n')
            {
                near.UnionWith(Enumerable.Range(Math.Max(0, at - 32), Math.Min(65, bytes.Length - at + 32)));
                line++;
            }
        }

        foreach (int cut in near.Where((cut, index) => index % Step == 0 && cut <= bytes.Length))
        {
            yield return cut;
        }
    }

    private static List<OomEvent> Parse(ReadOnlySequence<byte> sequence)
    {
        using OomParser parser = new(Golden.Options);
        List<OomEvent> events = [];
        while (parser.TryRead(ref sequence, isFinalBlock: true, out OomEventView oomEvent))
        {
            events.Add(oomEvent.ToEvent());
        }

        return events;
    }

    private static async Task<List<OomEvent>> ToList(IAsyncEnumerable<OomEvent> events)
    {
        List<OomEvent> list = [];
        await foreach (OomEvent oomEvent in events)
        {
            list.Add(oomEvent);
        }

        return list;
    }

    private static CultureInfo CommaCulture()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.DateTimeFormat.DateSeparator = "/";
        return culture;
    }
}
