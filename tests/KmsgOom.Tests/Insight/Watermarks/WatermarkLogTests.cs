using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using KmsgOom.Cli.Text;
using KmsgOom.Json;
using KmsgOom.Tests.ReportWriter;
using KmsgOom.Tests.Support;
using Xunit.Abstractions;

namespace KmsgOom.Tests.Insight.Watermarks;

/// <summary>The watermark check over real logs and hostile events.</summary>
public sealed class WatermarkLogTests(ITestOutputHelper output)
{
    /// <summary>What each scenario did is known; that the numbers of a zone say so is computed once more, straight from the printed numbers.</summary>
    [CapturesFact]
    public void EveryCapture_IsExplained()
    {
        int count = 0;
        foreach (string path in CaptureLogs.All().Where(path => CaptureLogs.Form(path) == "kmsg"))
        {
            string scenario = Path.GetFileName(path).Split('.')[0];
            foreach (OomEvent oomEvent in CaptureLogs.Parse(path))
            {
                if (OomWatermarks.Of(oomEvent) is not { } check)
                {
                    continue;
                }

                count++;
                string line = $"{CaptureLogs.Name(path)}: {check.Verdict} [{string.Join(' ', check.ZoneOrder)}] {check.Request} order {check.Order}: {check.Sentence}";
                output.WriteLine(line);
                Assert.True(check.Verdict == OomWatermarkVerdict.Manual == oomEvent.Trigger?.IsManual, line);
                if (oomEvent.Kind == OomEventKind.Oom && oomEvent.Trigger is { IsManual: false, Order: 0 } trigger)
                {
                    Assert.True(check.Verdict is OomWatermarkVerdict.Exhausted or OomWatermarkVerdict.BelowHigh or OomWatermarkVerdict.PassesNow or OomWatermarkVerdict.NodesExhausted, line);
                    Assert.True(scenario is "numa-cpuset" or "numa-mempolicy" ? check.Verdict != OomWatermarkVerdict.Exhausted : check.Verdict != OomWatermarkVerdict.NodesExhausted, line);
                    AssertMovable(oomEvent, trigger, check, line);
                }
            }
        }

        Assert.True(count > 0);
    }

    /// <summary>
    /// The request may use every zone and CMA: then only free, min and the reserve count. Movable is the last zone but for amd64 and arm64, which have Device.
    /// </summary>
    private static void AssertMovable(OomEvent oomEvent, OomTrigger trigger, OomWatermarks check, string line)
    {
        if (!trigger.GfpFlags.Contains("GFP_HIGHUSER_MOVABLE"))
        {
            return;
        }

        long pageKiB = oomEvent.PageSize / 1024;
        OomZone[] zones = [.. oomEvent.Memory!.Nodes.SelectMany(node => node.Zones)];
        Assert.Equal(zones.Length, check.Zones.Length);
        for (int at = 0; at < zones.Length; at++)
        {
            long reserve = zones[at].LowmemReservePages.Max() * pageKiB;
            long highatomic = zones[at].Counters.Get("free_highatomic") ?? zones[at].Counters.Get("reserved_highatomic") ?? 0;
            bool passes = zones[at].Counters.Get("free") - highatomic > zones[at].Counters.Get("min") + reserve;
            Assert.True(passes == (check.Zones[at].Verdict == OomZoneVerdict.Passed), $"{line}: {check.Zones[at]}");
        }
    }

    [CapturesFact]
    public void FailedAllocations_OfTheCaptures_AreToldApart()
    {
        int blocks = 0;
        foreach (string path in CaptureLogs.All().Where(path => Path.GetFileName(path).StartsWith("alloc-failure.", StringComparison.Ordinal) && CaptureLogs.Form(path) == "kmsg"))
        {
            foreach (OomEvent oomEvent in CaptureLogs.Parse(path).Where(oomEvent => oomEvent.Kind == OomEventKind.AllocationFailure))
            {
                OomWatermarks? check = OomWatermarks.Of(oomEvent);
                string first = oomEvent.Lines[0].Text;
                if (first.Contains("page allocation failure", StringComparison.Ordinal) && check is not null && check.Order >= 10)
                {
                    blocks++;
                    Assert.Equal(OomWatermarkVerdict.Fragmentation, check.Verdict);
                    Assert.Contains(check.Evidence, evidence => evidence.Text.Contains("*4096kB", StringComparison.Ordinal));
                }
                else if (first.Contains("exceeds total pages", StringComparison.Ordinal))
                {
                    Assert.True(check is null or { Verdict: OomWatermarkVerdict.Unknown }, check?.Sentence);
                }
            }
        }

        Assert.True(blocks > 0);
    }

    /// <summary>Posted reports, their zones worked out by hand.</summary>
    [CorpusFact]
    public void PostedReports_AreExplained()
    {
        Dictionary<string, OomWatermarkVerdict> known = new()
        {
            ["012"] = OomWatermarkVerdict.ZoneExhausted, // DMA 3360 <= 68 + 4 * 824; Normal 4300 <= 7732; HighMem 1048740 > 2984, but GFP_USER
            ["035"] = OomWatermarkVerdict.Exhausted, // 29116 free - 4376 CMA = 24740 <= 26624
            ["055"] = OomWatermarkVerdict.Exhausted, // Normal 60780 <= 60824; DMA32 122776 <= 6724 + 4 * 29037
            ["058"] = OomWatermarkVerdict.Exhausted, // DMA32 44296 <= 44344; DMA 4588 <= 708 + 4 * 970
            ["061"] = OomWatermarkVerdict.Exhausted, // DMA32 44592 <= 44640; DMA 7124 <= 412 + 4 * 1679
            ["066"] = OomWatermarkVerdict.Exhausted, // Normal 61900 <= 61948; DMA32 63304 <= 13760 + 4 * 12468
            ["068"] = OomWatermarkVerdict.BelowHigh, // Normal of node 1: 45444 < 49436 <= 68164
            ["069"] = OomWatermarkVerdict.Manual, // order -1
            ["076"] = OomWatermarkVerdict.BelowHigh, // HighMem: 512 < 1044 <= 4632; Normal 64812 <= 3728 + 4 * 15295; DMA 7788 <= 64 + 4 * 2777
            ["079"] = OomWatermarkVerdict.Exhausted, // 2176 <= 2880
            ["090"] = OomWatermarkVerdict.BelowHigh, // Normal: 43840 < 44308 <= 65760, 45264 < 47812 <= 67896
        };
        StringBuilder wrong = new();
        foreach (string path in Directory.EnumerateFiles(Repository.Corpus!, "*.log").Order(StringComparer.Ordinal))
        {
            string number = Path.GetFileName(path)[..3];
            ImmutableArray<OomEvent> events = OomLog.Parse(File.ReadAllBytes(path), Golden.Options);
            OomWatermarks[] checks = [.. events.Select(OomWatermarks.Of).Where(check => check is not null).Select(check => check!)];
            foreach (OomWatermarks check in checks)
            {
                output.WriteLine($"{Path.GetFileName(path)}: {check.Verdict} [{string.Join(' ', check.ZoneOrder)}] {check.Request} order {check.Order}: {check.Sentence} ({string.Join("; ", check.Assumptions)})");
            }

            if (known.TryGetValue(number, out OomWatermarkVerdict verdict) && (checks.Length == 0 || checks[0].Verdict != verdict))
            {
                wrong.AppendLine($"{number}: {(checks.Length > 0 ? checks[0].Verdict : "nothing")}, by hand {verdict}");
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Theory]
    [MemberData(nameof(Golden.Logs), MemberType = typeof(Golden))]
    public void EveryGolden_IsRenderedTwiceAlike(string log) => Assert.All(OomLog.Parse(Golden.Read(log), Golden.Options), AssertRenders);

    [Fact]
    public void HostileEvents_NeverThrow() => GenEvent.Event.Sample(
        oomEvent =>
        {
            AssertRenders(oomEvent);
            AssertRenders(oomEvent with { Kind = OomEventKind.AllocationFailure });
            AssertRenders(oomEvent with { Kind = OomEventKind.Oom, Scope = OomScope.Global, PageSize = 0 });
        },
        iter: 300,
        threads: 1);

    /// <summary>Numbers at the ends of their range, where a sum would overflow.</summary>
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void HugeNumbers_NeverThrow(long value)
    {
        OomZone zone = SomeZones.Zone("Normal", value, 0, ("free_cma", value), ("boost", value), ("reserved_highatomic", value), ("managed", value)).With(value, value)
            .Blocks((0, value, "U"), (9, value, "C"), (10, value, "")) with
        { Buddy = [new OomBuddy(int.MaxValue, value, "U"), new OomBuddy(-1, value, ""), new OomBuddy(0, value, "M")] };
        foreach (int order in (int[])[-5, 0, 3, 63, int.MaxValue])
        {
            foreach (string release in (string[])["2.6.32", "5.10.0", "x"])
            {
                AssertRenders(SomeZones.Machine(release, "GFP_KERNEL", order, zone, SomeZones.Zone("Device", value, 4).With(value)));
            }
        }
    }

    [Fact]
    public void WrittenReports_NeverThrow()
    {
        Wrapper wrapper = Wrappers.Find("kmsg");
        GenReport.Report(wrapper).Sample(report => Assert.All(RoundTrip.Parse(wrapper.Write(ReportText.Write(report))), AssertRenders), iter: 100, threads: 1);
    }

    [CapturesFact]
    public void Captures_NeverThrow() =>
        Assert.All(CaptureLogs.All().Where(path => CaptureLogs.Form(path) is "console" or "dmesg"), path => Assert.All(CaptureLogs.Parse(path), AssertRenders));

    private static void AssertRenders(OomEvent oomEvent)
    {
        if (OomWatermarks.Of(oomEvent) is not { } check)
        {
            return;
        }

        string json = ToJson(check, oomEvent.PageSize);
        Assert.Equal(json, ToJson(OomWatermarks.Of(oomEvent)!, oomEvent.PageSize));
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(check.Zones.Length, document.RootElement.GetProperty("zones").GetArrayLength());
        Assert.NotEmpty(check.Sentence);

        Screen screen = new(usesColors: false);
        WatermarksText.Write(screen, oomEvent, check);
        Assert.All(screen.Take().Split('\n'), line => Assert.True(PrintableText.CountColumns(line) <= Screen.Width, line));
    }

    private static string ToJson(OomWatermarks check, int pageSize)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            WatermarksWriter.Write(writer, check, pageSize);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
