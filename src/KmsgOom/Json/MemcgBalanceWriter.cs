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
            writer.WriteString(Names.Path, path);
        }

        writer.WriteNumber(Names.UsageBytes, balance.UsageBytes);
        writer.WriteOptional(Names.LimitBytes, balance.LimitBytes);
        writer.WriteString(AnalysisNames.Limit, SnakeCase.Of(balance.Limit));
        writer.WriteStartArray(AnalysisNames.Counters);
        foreach (OomMemcgCounter counter in balance.Counters)
        {
            writer.WriteStartObject();
            writer.WriteString(Names.Name, counter.Name);
            writer.WriteNumber(Names.UsageBytes, counter.UsageBytes);
            writer.WriteOptional(Names.LimitBytes, counter.LimitBytes);
            writer.WriteNumber(Names.Failcnt, counter.FailCount);
            writer.WriteBoolean(AnalysisNames.AtLimit, counter.IsAtLimit);
            writer.WriteEvidence([counter.Evidence]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        BalanceWriter.WriteBuckets(writer, balance.Buckets);
        writer.WriteNumber(AnalysisNames.UnexplainedBytes, balance.UnexplainedBytes);
        writer.WriteString(AnalysisNames.Unexplained, balance.UnexplainedText);
        writer.WriteBoolean(AnalysisNames.UnexplainedIsConclusive, balance.IsUnexplainedConclusive);
        if (balance.SincePreviousKill is { } since)
        {
            writer.WriteNumber(AnalysisNames.SincePreviousKillSeconds, (decimal)since.Ticks / TimeSpan.TicksPerSecond);
        }

        writer.WriteOptional(Names.SwapBytes, balance.SwapBytes);
        if (balance.CacheText is { } cache)
        {
            writer.WriteString(AnalysisNames.PageCache, cache);
        }

        writer.WriteTexts(AnalysisNames.Gaps, balance.Gaps.AsSpan());
        writer.WriteEndObject();
    }
}
