using System.Collections.Immutable;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the machine's balance sheet: the value of <c>analysis.balance</c>.</summary>
internal static class BalanceWriter
{
    private const int KiB = 1024;

    public static void Write(Utf8JsonWriter writer, OomBalance balance)
    {
        writer.WriteStartObject();
        writer.WriteNumber("base_bytes", balance.BaseBytes);
        writer.WriteString("base", balance.BaseText);
        WriteEvidence(writer, balance.BaseEvidence);
        WriteBuckets(writer, balance.Buckets);
        writer.WriteNumber("unexplained_bytes", balance.UnexplainedBytes);
        writer.WriteString("unexplained", balance.UnexplainedText);
        WriteOptional(writer, "unevictable_bytes", balance.UnevictableBytes);
        if (!balance.SlabCaches.IsEmpty)
        {
            writer.WriteStartArray("slab_caches");
            foreach (OomSlab slab in balance.SlabCaches)
            {
                writer.WriteStartObject();
                writer.WriteString("name", slab.Name);
                writer.WriteNumber("total_bytes", (decimal)slab.TotalKiB * KiB);
                writer.WriteNumber("used_bytes", (decimal)slab.UsedKiB * KiB);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (balance.Swap is { } swap)
        {
            WriteSwap(writer, swap);
        }

        WriteTexts(writer, "gaps", balance.Gaps);
        writer.WriteEndObject();
    }

    public static void WriteBuckets(Utf8JsonWriter writer, ImmutableArray<OomBucket> buckets)
    {
        writer.WriteStartArray("buckets");
        foreach (OomBucket bucket in buckets)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Word(bucket.Kind));
            writer.WriteNumber("bytes", bucket.Bytes);
            if (bucket.Note is { } note)
            {
                writer.WriteString("note", note);
            }

            WriteTexts(writer, "sources", bucket.Sources);
            WriteEvidence(writer, bucket.Evidence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteTexts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
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

    public static void WriteOptional(Utf8JsonWriter writer, string name, long? value)
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
            writer.WriteStartArray("evidence");
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
        writer.WriteNumber("line", line.Line);
        writer.WriteString("text", line.Text);
        writer.WriteEndObject();
    }

    /// <summary>Gets <c>slab_unreclaimable</c> for <see cref="OomBucketKind.SlabUnreclaimable"/>.</summary>
    public static string Word<T>(T kind)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static void WriteSwap(Utf8JsonWriter writer, OomSwapBalance swap)
    {
        writer.WriteStartObject("swap");
        writer.WriteString("state", Word(swap.State));
        WriteOptional(writer, "total_bytes", swap.TotalBytes);
        WriteOptional(writer, "free_bytes", swap.FreeBytes);
        WriteOptional(writer, "used_bytes", swap.UsedBytes);
        WriteOptional(writer, "cache_bytes", swap.CacheBytes);
        WriteOptional(writer, "table_bytes", swap.TableBytes);
        writer.WriteString("text", swap.Text);
        WriteEvidence(writer, [swap.Evidence]);
        writer.WriteEndObject();
    }
}
