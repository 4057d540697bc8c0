using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the member <c>analysis</c>: what is concluded, never what was read.</summary>
internal static class AnalysisWriter
{
    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent, OomAnalysis analysis)
    {
        WorkloadWriter.Write(writer, analysis.Workload);
        writer.WriteStartObject(AnalysisNames.Analysis);
        writer.WriteString(AnalysisNames.Cause, SnakeCase.Of(analysis.Verdict.Cause));
        writer.WriteString(AnalysisNames.Verdict, analysis.Verdict.Sentence);
        WriteEvidence(writer, analysis.Verdict.Evidence.AsSpan());
        WriteTexts(writer, AnalysisNames.Advice, analysis.Verdict.Advice.AsSpan());
        if (analysis.Ranking is { } ranking)
        {
            RankingWriter.Write(writer, oomEvent, ranking);
        }

        if (analysis.Watermarks is { } watermarks)
        {
            writer.WritePropertyName(AnalysisNames.Watermarks);
            WatermarksWriter.Write(writer, watermarks, oomEvent.PageSize);
        }

        if (analysis.Machine is { } machine)
        {
            writer.WritePropertyName(AnalysisNames.Balance);
            BalanceWriter.Write(writer, machine);
        }

        if (analysis.Memcg is { } memcg)
        {
            writer.WritePropertyName(AnalysisNames.MemcgBalance);
            MemcgBalanceWriter.Write(writer, memcg);
        }

        if (analysis.Programs is { } programs)
        {
            writer.WritePropertyName(AnalysisNames.Programs);
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

        writer.WriteStartArray(AnalysisNames.Evidence);
        foreach (OomEvidence line in evidence)
        {
            writer.WriteStartObject();
            if (line.Line > 0)
            {
                writer.WriteNumber(Names.Line, line.Line);
            }

            writer.WriteString(Names.Text, line.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteTexts(Utf8JsonWriter writer, JsonEncodedText name, ReadOnlySpan<string> texts)
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
