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
        writer.WriteEvidence(analysis.Verdict.Evidence.AsSpan());
        writer.WriteTexts(AnalysisNames.Advice, analysis.Verdict.Advice.AsSpan());
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
}
