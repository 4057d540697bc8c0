using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes why an allocation failed: the value of <c>analysis.watermarks</c>.</summary>
internal static class WatermarksWriter
{
    private static readonly WordList Verdicts = new(
        "watermarks.verdict",
        "unknown", "manual", "request_unknown", "exhausted", "nodes_exhausted", "zone_exhausted", "lowmem_reserve", "cma_only", "highatomic_only", "fragmentation", "order_too_large", "below_high", "passes_now");

    private static readonly WordList ZoneVerdicts = new(
        "zones.verdict", "unknown", "not_eligible", "passed", "below_min", "below_reserve", "cma_only", "highatomic_only", "no_block_of_order");

    public static void Write(Utf8JsonWriter writer, OomWatermarks watermarks, int pageSize)
    {
        writer.WriteStartObject();
        writer.WriteString(AnalysisNames.Verdict, Verdicts[(int)watermarks.Verdict]);
        writer.WriteString(AnalysisNames.Sentence, watermarks.Sentence);
        if (watermarks.Request is { } request)
        {
            writer.WriteString(AnalysisNames.Request, request);
        }

        writer.WriteNumber(Names.Order, watermarks.Order);
        if (watermarks.HighestZone is { } highest)
        {
            writer.WriteString(AnalysisNames.HighestZone, highest);
            writer.WriteBoolean(AnalysisNames.MayUseCma, watermarks.MayUseCma);
            writer.WriteBoolean(AnalysisNames.MayUseReserves, watermarks.MayUseReserves);
        }

        WriteBytes(writer, AnalysisNames.ShortBytes, watermarks.ShortPages, pageSize);
        writer.WriteTexts(AnalysisNames.ZoneOrder, watermarks.ZoneOrder.AsSpan());
        WriteZones(writer, watermarks, pageSize);
        writer.WriteTexts(AnalysisNames.Assumptions, watermarks.Assumptions.AsSpan());
        writer.WriteEvidence(watermarks.Evidence.AsSpan());
        writer.WriteEndObject();
    }

    private static void WriteZones(Utf8JsonWriter writer, OomWatermarks watermarks, int pageSize)
    {
        writer.WriteStartArray(AnalysisNames.Zones);
        foreach (OomZoneCheck zone in watermarks.Zones)
        {
            writer.WriteStartObject();
            writer.WriteNumber(AnalysisNames.Node, zone.Node);
            writer.WriteString(AnalysisNames.Zone, zone.Zone);
            writer.WriteString(AnalysisNames.Verdict, ZoneVerdicts[(int)zone.Verdict]);
            writer.WriteString(AnalysisNames.Reason, zone.Reason);
            WriteBytes(writer, AnalysisNames.FreeBytes, zone.FreePages, pageSize);
            WriteBytes(writer, Names.MinBytes, zone.MinPages, pageSize);
            WriteBytes(writer, Names.LowBytes, zone.LowPages, pageSize);
            WriteBytes(writer, AnalysisNames.HighBytes, zone.HighPages, pageSize);
            WriteBytes(writer, AnalysisNames.BoostBytes, zone.BoostPages, pageSize);
            WriteBytes(writer, AnalysisNames.ReserveBytes, zone.ReservePages, pageSize);
            WriteBytes(writer, AnalysisNames.HighatomicBytes, zone.HighatomicPages, pageSize);
            WriteBytes(writer, AnalysisNames.CmaBytes, zone.CmaPages, pageSize);
            WriteBytes(writer, AnalysisNames.UsableBytes, zone.UsablePages, pageSize);
            WriteBytes(writer, AnalysisNames.NeededBytes, zone.NeededPages, pageSize);
            WriteBytes(writer, AnalysisNames.ShortBytes, zone.ShortPages, pageSize);
            WriteBoolean(writer, AnalysisNames.PassesHigh, zone.PassesHigh);
            WriteBytes(writer, AnalysisNames.LargestOrder, zone.LargestOrder, 1);
            WriteBytes(writer, AnalysisNames.LargestUsableOrder, zone.LargestUsableOrder, 1);
            WriteBoolean(writer, AnalysisNames.CanCompact, zone.CanCompact);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteBytes(Utf8JsonWriter writer, JsonEncodedText name, long? units, int size)
    {
        if (units is { } count)
        {
            writer.WriteBytes(name, count, size);
        }
    }

    private static void WriteBoolean(Utf8JsonWriter writer, JsonEncodedText name, bool? value)
    {
        if (value is { } answer)
        {
            writer.WriteBoolean(name, answer);
        }
    }
}
