using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the sums by program: the value of <c>analysis.programs</c>.</summary>
internal static class ProgramsWriter
{
    private static readonly JsonEncodedText Comm = JsonEncodedText.Encode("comm");

    public static void Write(Utf8JsonWriter writer, OomPrograms programs)
    {
        writer.WriteStartObject();
        writer.WriteNumber("page_size", programs.PageSize);
        writer.WriteString("page_size_proof", programs.PageSizeText);
        if (programs.PageSizeEvidence is { } line)
        {
            writer.WritePropertyName("page_size_evidence");
            BalanceWriter.WriteLine(writer, line);
        }

        BalanceWriter.WriteOptional(writer, "base_bytes", programs.BaseBytes);
        BalanceWriter.WriteOptional(writer, "process_bytes", programs.ProcessBytes);
        writer.WriteString("explained", programs.ExplainedText);
        writer.WriteString("shared", programs.SharedText);
        writer.WritePropertyName("total");
        WriteProgram(writer, programs.Total, isTotal: true);
        writer.WriteStartArray("programs");
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
            writer.WriteName(Comm, program.Name);
        }

        writer.WriteNumber("count", program.Count);
        writer.WriteNumber("rss_bytes", program.RssBytes);
        writer.WriteNumber("rss_pages", program.RssPages);
        writer.WriteNumber("largest_rss_bytes", program.LargestRssBytes);
        BalanceWriter.WriteOptional(writer, "rss_file_shmem_bytes", program.RssFileShmemBytes);
        BalanceWriter.WriteOptional(writer, "swap_bytes", program.SwapBytes);
        BalanceWriter.WriteOptional(writer, "swap_pages", program.SwapPages);
        BalanceWriter.WriteOptional(writer, "page_tables_bytes", program.PageTablesBytes);
        writer.WriteEndObject();
    }
}
