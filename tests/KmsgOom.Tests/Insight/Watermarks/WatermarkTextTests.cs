using System.Text;
using System.Text.Json;
using KmsgOom.Cli.Text;
using KmsgOom.Json;
using static KmsgOom.Tests.Insight.Watermarks.SomeZones;

namespace KmsgOom.Tests.Insight.Watermarks;

/// <summary>What an operator reads, and what a program reads.</summary>
public sealed class WatermarkTextTests
{
    [Fact]
    public void Text_IsASentenceAndALineForEachZone()
    {
        OomEvent oomEvent = Machine(
            "5.10.0",
            "GFP_KERNEL",
            3,
            Zone("DMA", 3360, 68, ("managed", 15912)).With(0, 824, 824, 824).Blocks((0, 840, "U")),
            Zone("Normal", 60000, 4000, ("managed", 860000)).With(0, 0, 0, 0).Blocks((0, 14000, "UME"), (1, 500, "UE")),
            Zone("HighMem", 900, 512).With(0, 0, 0, 0));
        Assert.Equal(
            """
            Zones      no free block of order 3 (32 KiB): fragmentation; Normal has 59 MiB
                       free, in blocks of order 1 (8 KiB) at most; enough was free to
                       compact, and it did not help
                       DMA: 3.3 MiB free, needs 3.3 MiB: 36 KiB short (lowmem_reserve)
                       Normal: 58.6 MiB free, needs 3.9 MiB: no free block is large enough
                       (order 1 at most)

            """.ReplaceLineEndings("\n"),
            Render(oomEvent));
    }

    [Fact]
    public void Text_SaysWhatIsLocked() => Assert.EndsWith(
        "           Normal: 519 MiB free (6.0 MiB usable), needs 16.0 MiB: 10.0 MiB short\n           (CMA)\n",
        Render(Machine("5.4.51", "GFP_KERNEL", 0, Zone("Normal", 531456, 16384, ("free_cma", 525312)).With(0, 0))),
        StringComparison.Ordinal);

    [Fact]
    public void Text_OfAManualKill_IsOneLine() =>
        Assert.Equal("Zones      nothing had failed: a person asked for a kill (SysRq-f)\n", Render(Machine("5.10.0", "GFP_KERNEL", -1, Zone("Normal", 60000, 4000))));

    [Fact]
    public void Json_HasSizesInBytes()
    {
        OomEvent oomEvent = Machine("5.4.51", "GFP_KERNEL", 0, Zone("Normal", 531456, 16384, ("free_cma", 525312)).With(0, 0));
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            WatermarksWriter.Write(writer, OomWatermarks.Of(oomEvent)!, oomEvent.PageSize);
        }

        Assert.Equal(
            """
            {"verdict":"cma_only","sentence":"Normal has 519 MiB free, but 513 MiB of it is CMA, which GFP_KERNEL may not use","request":"GFP_KERNEL","order":0,
            "highest_zone":"Normal","may_use_cma":false,"may_use_reserves":false,"short_bytes":10489856,"zone_order":["Normal","Movable"],
            "zones":[{"node":0,"zone":"Normal","verdict":"cma_only","reason":"the free pages are CMA, for movable requests only","free_bytes":544210944,"min_bytes":16777216,
            "low_bytes":20971520,"high_bytes":25165824,"reserve_bytes":0,"cma_bytes":537919488,"usable_bytes":6291456,"needed_bytes":16777216,"short_bytes":10489856,"passes_high":false}],
            "evidence":[{"text":"mask 0x1, order 0"},{"text":"Normal of node 0: free 132864, min 4096, reserve 0 pages"}]}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>Every verdict has a word: an enumeration that grows must not shift them.</summary>
    [Fact]
    public void Json_HasAWordForEachVerdict()
    {
        OomWatermarks check = OomWatermarks.Of(Machine("5.4.51", "GFP_KERNEL", 0, Zone("Normal", 1, 2).With(0, 0)))!;
        foreach (OomWatermarkVerdict verdict in Enum.GetValues<OomWatermarkVerdict>())
        {
            Assert.Equal(Snake(verdict.ToString()), Read(check with { Verdict = verdict }).GetProperty("verdict").GetString());
        }

        foreach (OomZoneVerdict verdict in Enum.GetValues<OomZoneVerdict>())
        {
            JsonElement zone = Read(check with { Zones = [check.Zones[0] with { Verdict = verdict }] }).GetProperty("zones")[0];
            Assert.Equal(Snake(verdict.ToString()), zone.GetProperty("verdict").GetString());
        }
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static JsonElement Read(OomWatermarks check)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            WatermarksWriter.Write(writer, check, 4096);
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private static string Render(OomEvent oomEvent)
    {
        Screen screen = new(usesColors: false);
        WatermarksText.Write(screen, oomEvent, OomWatermarks.Of(oomEvent)!);
        return screen.Take();
    }
}
