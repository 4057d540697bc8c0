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
        writer.WriteEvidence(balance.BaseEvidence.AsSpan());
        WriteBuckets(writer, balance.Buckets);
        writer.WriteNumber(AnalysisNames.UnexplainedBytes, balance.UnexplainedBytes);
        writer.WriteString(AnalysisNames.Unexplained, balance.UnexplainedText);
        writer.WriteOptional(AnalysisNames.UnevictableBytes, balance.UnevictableBytes);
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

        writer.WriteTexts(AnalysisNames.Gaps, balance.Gaps.AsSpan());
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

            writer.WriteTexts(AnalysisNames.Sources, bucket.Sources.AsSpan());
            writer.WriteEvidence(bucket.Evidence.AsSpan());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSwap(Utf8JsonWriter writer, OomSwapBalance swap)
    {
        writer.WriteStartObject(Names.Swap);
        writer.WriteString(AnalysisNames.State, SnakeCase.Of(swap.State));
        writer.WriteOptional(AnalysisNames.TotalBytes, swap.TotalBytes);
        writer.WriteOptional(AnalysisNames.FreeBytes, swap.FreeBytes);
        writer.WriteOptional(AnalysisNames.UsedBytes, swap.UsedBytes);
        writer.WriteOptional(AnalysisNames.CacheBytes, swap.CacheBytes);
        writer.WriteOptional(AnalysisNames.TableBytes, swap.TableBytes);
        writer.WriteString(Names.Text, swap.Text);
        writer.WriteEvidence([swap.Evidence]);
        writer.WriteEndObject();
    }
}
