using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the sums by program: the value of <c>analysis.programs</c>.</summary>
internal static class ProgramsWriter
{
    public static void Write(Utf8JsonWriter writer, OomPrograms programs)
    {
        writer.WriteStartObject();
        writer.WriteNumber(AnalysisNames.PageSize, programs.PageSize);
        writer.WriteString(AnalysisNames.PageSizeProof, programs.PageSizeText);
        if (programs.PageSizeEvidence is { } line)
        {
            writer.WritePropertyName(AnalysisNames.PageSizeEvidence);
            writer.WriteEvidence(line);
        }

        writer.WriteOptional(AnalysisNames.BaseBytes, programs.BaseBytes);
        writer.WriteOptional(AnalysisNames.ProcessBytes, programs.ProcessBytes);
        writer.WriteString(AnalysisNames.Explained, programs.ExplainedText);
        writer.WriteString(AnalysisNames.Shared, programs.SharedText);
        writer.WritePropertyName(AnalysisNames.Total);
        WriteProgram(writer, programs.Total, isTotal: true);
        writer.WriteStartArray(AnalysisNames.Programs);
        foreach (OomProgram program in programs.Programs)
        {
            WriteProgram(writer, program, isTotal: false);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteProgram(Utf8JsonWriter writer, OomProgram program, bool isTotal)
    {
        writer.WriteStartObject();
        if (!isTotal)
        {
            writer.WriteName(Names.Comm, program.Name);
        }

        writer.WriteNumber(AnalysisNames.Count, program.Count);
        writer.WriteNumber(Names.RssBytes, program.RssBytes);
        writer.WriteNumber(Names.RssPages, program.RssPages);
        writer.WriteNumber(AnalysisNames.LargestRssBytes, program.LargestRssBytes);
        writer.WriteOptional(AnalysisNames.RssFileShmemBytes, program.RssFileShmemBytes);
        writer.WriteOptional(Names.SwapBytes, program.SwapBytes);
        writer.WriteOptional(AnalysisNames.SwapPages, program.SwapPages);
        writer.WriteOptional(AnalysisNames.PageTablesBytes, program.PageTablesBytes);
        writer.WriteEndObject();
    }
}
