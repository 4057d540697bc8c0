using System.Collections.Immutable;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the machine's balance sheet: the value of <c>analysis.balance</c>.</summary>
internal static class BalanceWriter
{
    public static void Write(Utf8JsonWriter writer, OomBalance balance)
    {
        writer.WriteStartObject();
        writer.WriteNumber(AnalysisNames.BaseBytes, balance.BaseBytes);
        writer.WriteString(AnalysisNames.Base, balance.BaseText);
        WriteEvidence(writer, balance.BaseEvidence);
        WriteBuckets(writer, balance.Buckets);
        writer.WriteNumber(AnalysisNames.UnexplainedBytes, balance.UnexplainedBytes);
        writer.WriteString(AnalysisNames.Unexplained, balance.UnexplainedText);
        WriteOptional(writer, AnalysisNames.UnevictableBytes, balance.UnevictableBytes);
        if (!balance.SlabCaches.IsEmpty)
        {
            writer.WriteStartArray(AnalysisNames.SlabCaches);
            foreach (OomSlab slab in balance.SlabCaches)
            {
                writer.WriteStartObject();
                writer.WriteString(Names.Name, slab.Name);
                writer.WriteKiB(AnalysisNames.TotalBytes, slab.TotalKiB);
                writer.WriteKiB(AnalysisNames.UsedBytes, slab.UsedKiB);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (balance.Swap is { } swap)
        {
            WriteSwap(writer, swap);
        }

        WriteTexts(writer, AnalysisNames.Gaps, balance.Gaps);
        writer.WriteEndObject();
    }

    public static void WriteBuckets(Utf8JsonWriter writer, ImmutableArray<OomBucket> buckets)
    {
        writer.WriteStartArray(AnalysisNames.Buckets);
        foreach (OomBucket bucket in buckets)
        {
            writer.WriteStartObject();
            writer.WriteString(Names.Kind, SnakeCase.Of(bucket.Kind));
            writer.WriteNumber(AnalysisNames.Bytes, bucket.Bytes);
            if (bucket.Note is { } note)
            {
                writer.WriteString(AnalysisNames.Note, note);
            }

            WriteTexts(writer, AnalysisNames.Sources, bucket.Sources);
            WriteEvidence(writer, bucket.Evidence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteTexts(Utf8JsonWriter writer, JsonEncodedText name, ImmutableArray<string> texts)
    {
        if (!texts.IsEmpty)
        {
            writer.WriteStartArray(name);
            foreach (string text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }
    }

    public static void WriteOptional(Utf8JsonWriter writer, JsonEncodedText name, long? value)
    {
        if (value is { } present)
        {
            writer.WriteNumber(name, present);
        }
    }

    public static void WriteEvidence(Utf8JsonWriter writer, ImmutableArray<OomEvidence> lines)
    {
        if (!lines.IsEmpty)
        {
            writer.WriteStartArray(AnalysisNames.Evidence);
            foreach (OomEvidence line in lines)
            {
                WriteLine(writer, line);
            }

            writer.WriteEndArray();
        }
    }

    public static void WriteLine(Utf8JsonWriter writer, OomEvidence line)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Line, line.Line);
        writer.WriteString(Names.Text, line.Text);
        writer.WriteEndObject();
    }

    private static void WriteSwap(Utf8JsonWriter writer, OomSwapBalance swap)
    {
        writer.WriteStartObject(Names.Swap);
        writer.WriteString(AnalysisNames.State, SnakeCase.Of(swap.State));
        WriteOptional(writer, AnalysisNames.TotalBytes, swap.TotalBytes);
        WriteOptional(writer, AnalysisNames.FreeBytes, swap.FreeBytes);
        WriteOptional(writer, AnalysisNames.UsedBytes, swap.UsedBytes);
        WriteOptional(writer, AnalysisNames.CacheBytes, swap.CacheBytes);
        WriteOptional(writer, AnalysisNames.TableBytes, swap.TableBytes);
        writer.WriteString(Names.Text, swap.Text);
        WriteEvidence(writer, [swap.Evidence]);
        writer.WriteEndObject();
    }
}
