using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the member <c>analysis</c>: what is concluded, never what was read.</summary>
internal static class AnalysisWriter
{
    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent, OomAnalysis analysis)
    {
        WorkloadWriter.Write(writer, analysis.Workload);
        writer.WriteStartObject("analysis"u8);
        writer.WriteString("cause"u8, SnakeCase.Of(analysis.Verdict.Cause));
        writer.WriteString("verdict"u8, analysis.Verdict.Sentence);
        WriteEvidence(writer, analysis.Verdict.Evidence.AsSpan());
        WriteTexts(writer, "advice"u8, analysis.Verdict.Advice.AsSpan());
        if (analysis.Ranking is { } ranking)
        {
            RankingWriter.Write(writer, oomEvent, ranking);
        }

        if (analysis.Watermarks is { } watermarks)
        {
            writer.WritePropertyName("watermarks"u8);
            WatermarksWriter.Write(writer, watermarks, oomEvent.PageSize);
        }

        if (analysis.Machine is { } machine)
        {
            writer.WritePropertyName("balance"u8);
            BalanceWriter.Write(writer, machine);
        }

        if (analysis.Memcg is { } memcg)
        {
            writer.WritePropertyName("memcg_balance"u8);
            MemcgBalanceWriter.Write(writer, memcg);
        }

        if (analysis.Programs is { } programs)
        {
            writer.WritePropertyName("programs"u8);
            ProgramsWriter.Write(writer, programs);
        }

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
}
