using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes why an allocation failed: the value of <c>analysis.watermarks</c>.</summary>
internal static class WatermarksWriter
{
    private static readonly string[] Verdicts =
    [
        "unknown", "manual", "request_unknown", "exhausted", "nodes_exhausted", "zone_exhausted", "lowmem_reserve", "cma_only", "highatomic_only", "fragmentation", "order_too_large", "below_high", "passes_now",
    ];

    private static readonly string[] ZoneVerdicts = ["unknown", "not_eligible", "passed", "below_min", "below_reserve", "cma_only", "highatomic_only", "no_block_of_order"];

    public static void Write(Utf8JsonWriter writer, OomWatermarks watermarks, int pageSize)
    {
        writer.WriteStartObject();
        writer.WriteString("verdict", Verdicts[(int)watermarks.Verdict]);
        writer.WriteString("sentence", watermarks.Sentence);
        if (watermarks.Request is { } request)
        {
            writer.WriteString("request", request);
        }

        writer.WriteNumber("order", watermarks.Order);
        if (watermarks.HighestZone is { } highest)
        {
            writer.WriteString("highest_zone", highest);
            writer.WriteBoolean("may_use_cma", watermarks.MayUseCma);
            writer.WriteBoolean("may_use_reserves", watermarks.MayUseReserves);
        }

        WriteBytes(writer, "short_bytes", watermarks.ShortPages, pageSize);
        WriteTexts(writer, "zone_order", watermarks.ZoneOrder.AsSpan());
        WriteZones(writer, watermarks, pageSize);
        WriteTexts(writer, "assumptions", watermarks.Assumptions.AsSpan());
        WriteEvidence(writer, watermarks.Evidence.AsSpan());
        writer.WriteEndObject();
    }

    private static void WriteZones(Utf8JsonWriter writer, OomWatermarks watermarks, int pageSize)
    {
        writer.WriteStartArray("zones");
        foreach (OomZoneCheck zone in watermarks.Zones)
        {
            writer.WriteStartObject();
            writer.WriteNumber("node", zone.Node);
            writer.WriteString("zone", zone.Zone);
            writer.WriteString("verdict", ZoneVerdicts[(int)zone.Verdict]);
            writer.WriteString("reason", zone.Reason);
            WriteBytes(writer, "free_bytes", zone.FreePages, pageSize);
            WriteBytes(writer, "min_bytes", zone.MinPages, pageSize);
            WriteBytes(writer, "low_bytes", zone.LowPages, pageSize);
            WriteBytes(writer, "high_bytes", zone.HighPages, pageSize);
            WriteBytes(writer, "boost_bytes", zone.BoostPages, pageSize);
            WriteBytes(writer, "reserve_bytes", zone.ReservePages, pageSize);
            WriteBytes(writer, "highatomic_bytes", zone.HighatomicPages, pageSize);
            WriteBytes(writer, "cma_bytes", zone.CmaPages, pageSize);
            WriteBytes(writer, "usable_bytes", zone.UsablePages, pageSize);
            WriteBytes(writer, "needed_bytes", zone.NeededPages, pageSize);
            WriteBytes(writer, "short_bytes", zone.ShortPages, pageSize);
            WriteBoolean(writer, "passes_high", zone.PassesHigh);
            WriteBytes(writer, "largest_order", zone.LargestOrder, 1);
            WriteBytes(writer, "largest_usable_order", zone.LargestUsableOrder, 1);
            WriteBoolean(writer, "can_compact", zone.CanCompact);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteEvidence(Utf8JsonWriter writer, ReadOnlySpan<OomEvidence> evidence)
    {
        writer.WriteStartArray("evidence");
        foreach (OomEvidence item in evidence)
        {
            writer.WriteStartObject();
            if (item.Line > 0)
            {
                writer.WriteNumber("line", item.Line);
            }

            writer.WriteString("text", item.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, ReadOnlySpan<string> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteBytes(Utf8JsonWriter writer, string name, long? units, int size)
    {
        if (units is { } count)
        {
            writer.WriteNumber(name, (decimal)count * size);
        }
    }

    private static void WriteBoolean(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } answer)
        {
            writer.WriteBoolean(name, answer);
        }
    }
}
