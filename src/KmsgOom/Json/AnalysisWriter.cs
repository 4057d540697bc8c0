using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the member <c>analysis</c>: what is concluded, never what was read.</summary>
internal static class AnalysisWriter
{
    private const int MaxPrograms = 20;

    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent, OomAnalysis analysis)
    {
        WorkloadWriter.Write(writer, analysis.Workload);
        writer.WriteStartObject("analysis"u8);
        writer.WriteString("cause"u8, SnakeCase.Of(analysis.Verdict.Cause));
        writer.WriteString("verdict"u8, analysis.Verdict.Sentence);
        WriteEvidence(writer, analysis.Verdict.Evidence.AsSpan());
        WriteTexts(writer, "advice"u8, analysis.Verdict.Advice.AsSpan());
        WriteLevel(writer, analysis.Workload);
        if (analysis.Ranking is { } ranking)
        {
            RankingWriter.Write(writer, oomEvent, ranking);
        }

        WriteBalance(writer, "machine"u8, analysis.Machine);
        WriteBalance(writer, "memcg"u8, analysis.Memcg);
        WritePrograms(writer, oomEvent, analysis);
        writer.WriteEndObject();
    }

    public static void WriteEvidence(Utf8JsonWriter writer, ReadOnlySpan<OomEvidence> evidence)
    {
        if (evidence.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("evidence"u8);
        foreach (OomEvidence line in evidence)
        {
            writer.WriteStartObject();
            if (line.Line > 0)
            {
                writer.WriteNumber("line"u8, line.Line);
            }

            writer.WriteString("text"u8, line.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<string> texts)
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

    private static void WriteLevel(Utf8JsonWriter writer, OomWorkloadFinding finding)
    {
        writer.WriteString("level"u8, SnakeCase.Of(finding.Level));
        writer.WriteString("level_reason"u8, finding.LevelReason);
        if (finding.LimitDifference is { } difference)
        {
            writer.WriteString("limit_difference"u8, difference);
        }

        if (finding.Score is not { } score)
        {
            return;
        }

        writer.WriteStartObject("kubernetes"u8);
        writer.WriteNumber("oom_score_adj"u8, score.Adjustment);
        writer.WriteString("meaning"u8, score.Meaning);
        if (score is { MinRequestThousandths: { } low, MaxRequestThousandths: { } high })
        {
            writer.WriteNumber("request_share_from"u8, low / 1000m);
            writer.WriteNumber("request_share_below"u8, high / 1000m);
        }

        if (score is { MinRequestBytes: { } least, MaxRequestBytes: { } most })
        {
            writer.WriteNumber("request_from_bytes"u8, least);
            writer.WriteNumber("request_to_bytes"u8, most);
        }

        writer.WriteEndObject();
    }

    private static void WriteBalance(Utf8JsonWriter writer, ReadOnlySpan<byte> name, OomBalance? balance)
    {
        if (balance is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteNumber("total_bytes"u8, balance.TotalBytes);
        writer.WriteString("total_source"u8, balance.TotalSource);
        foreach (OomBucket bucket in balance.Buckets.AsSpan())
        {
            writer.WriteNumber($"{bucket.Name}_bytes", bucket.Bytes);
        }

        WriteTexts(writer, "notes"u8, balance.Notes.AsSpan());
        writer.WriteEndObject();
    }

    private static void WritePrograms(Utf8JsonWriter writer, OomEvent oomEvent, OomAnalysis analysis)
    {
        if (analysis.Programs.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("programs"u8);
        foreach (OomProgram program in analysis.Programs.AsSpan()[..Math.Min(MaxPrograms, analysis.Programs.Length)])
        {
            writer.WriteStartObject();
            writer.WriteString("comm"u8, program.Name.ToString());
            writer.WriteNumber("tasks"u8, program.TaskCount);
            WriteBytes(writer, "rss_bytes"u8, program.RssPages, oomEvent.PageSize);
            WriteBytes(writer, "rss_anon_bytes"u8, program.PrivateRssPages, oomEvent.PageSize);
            WriteBytes(writer, "swap_bytes"u8, program.SwapPages, oomEvent.PageSize);
            WriteBytes(writer, "pgtables_bytes"u8, program.PageTablePages, oomEvent.PageSize);
            if (program.VictimCount > 0)
            {
                writer.WriteNumber("victims"u8, program.VictimCount);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Decimals, because a damaged log's numbers may exceed 64 bits as bytes.
    private static void WriteBytes(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? pages, int pageSize)
    {
        if (pages is { } known)
        {
            writer.WriteNumber(name, (decimal)known * pageSize);
        }
    }
}
