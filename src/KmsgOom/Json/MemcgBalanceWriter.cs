using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the sheet of a memory cgroup: the value of <c>analysis.memcg_balance</c>.</summary>
internal static class MemcgBalanceWriter
{
    public static void Write(Utf8JsonWriter writer, OomMemcgBalance balance)
    {
        writer.WriteStartObject();
        if (balance.Path is { } path)
        {
            writer.WriteString("path", path);
        }

        writer.WriteNumber("usage_bytes", balance.UsageBytes);
        BalanceWriter.WriteOptional(writer, "limit_bytes", balance.LimitBytes);
        writer.WriteString("limit", BalanceWriter.Word(balance.Limit));
        writer.WriteStartArray("counters");
        foreach (OomMemcgCounter counter in balance.Counters)
        {
            writer.WriteStartObject();
            writer.WriteString("name", counter.Name);
            writer.WriteNumber("usage_bytes", counter.UsageBytes);
            BalanceWriter.WriteOptional(writer, "limit_bytes", counter.LimitBytes);
            writer.WriteNumber("failcnt", counter.FailCount);
            writer.WriteBoolean("at_limit", counter.IsAtLimit);
            BalanceWriter.WriteEvidence(writer, [counter.Evidence]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        BalanceWriter.WriteBuckets(writer, balance.Buckets);
        writer.WriteNumber("unexplained_bytes", balance.UnexplainedBytes);
        writer.WriteString("unexplained", balance.UnexplainedText);
        writer.WriteBoolean("unexplained_is_conclusive", balance.IsUnexplainedConclusive);
        if (balance.SincePreviousKill is { } since)
        {
            writer.WriteNumber("since_previous_kill_seconds", (decimal)since.Ticks / TimeSpan.TicksPerSecond);
        }

        BalanceWriter.WriteOptional(writer, "swap_bytes", balance.SwapBytes);
        if (balance.CacheText is { } cache)
        {
            writer.WriteString("page_cache", cache);
        }

        BalanceWriter.WriteTexts(writer, "gaps", balance.Gaps);
        writer.WriteEndObject();
    }
}
