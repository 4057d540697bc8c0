using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes an event in the order of the schema: what it is, then what the report prints from top to bottom.</summary>
internal static class EventWriter
{
    private static readonly JsonEncodedText Schema = JsonEncodedText.Encode(EventSchema.Text);

    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent, OomAnalysis? analysis)
    {
        writer.WriteStartObject();
        WriteOrigin(writer, oomEvent);
        WriteVerdict(writer, oomEvent);
        WriteKernel(writer, oomEvent.Kernel);
        TriggerWriter.Write(writer, oomEvent);
        writer.WriteTexts(Names.CallTrace, oomEvent.LateCallTrace);
        TriggerWriter.WriteRegisters(writer, oomEvent);
        MemcgWriter.Write(writer, oomEvent.Memcg);
        writer.WriteNumber(Names.PageSizeBytes, oomEvent.PageSize);
        writer.WriteString(Names.PageSizeSource, Words.PageSizeSources[(int)oomEvent.PageSizeSource]);
        MemoryWriter.Write(writer, oomEvent.Memory, oomEvent.PageSize);
        TaskTableWriter.Write(writer, oomEvent);
        VictimWriter.Write(writer, oomEvent.Victims.AsSpan());
        VictimWriter.WriteAnnounced(writer, oomEvent.Announced);
        writer.WriteOptional(Names.Panic, oomEvent.Panic);
        WriteRemarks(writer, oomEvent.Remarks.AsSpan());
        writer.WriteTexts(Names.UnknownLines, oomEvent.UnknownLines.AsSpan());
        if (analysis is not null)
        {
            AnalysisWriter.Write(writer, oomEvent, analysis);
        }

        writer.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter writer, OomEvent oomEvent)
    {
        writer.WriteString(Names.Schema, Schema);
        writer.WriteString(Names.Id, oomEvent.Id);
        writer.WriteNumber(Names.Revision, oomEvent.Revision);
        writer.WriteString(Names.Kind, Words.Kinds[(int)oomEvent.Kind]);
        OomSource source = oomEvent.Source;
        writer.WriteStartObject(Names.Source);
        writer.WriteOptional(Names.Path, source.Path);
        writer.WriteNumber(Names.Line, source.Line);
        writer.WriteNumber(Names.ByteOffset, source.ByteOffset);
        writer.WriteNumber(Names.LineCount, source.LineCount);
        writer.WriteNumber(Names.ForeignLines, source.ForeignLines);
        writer.WriteEndObject();
        writer.WriteOptional(Names.Host, oomEvent.Host);
        writer.WriteTime(oomEvent.Time);
        writer.WriteUptime(oomEvent.Uptime);
    }

    private static void WriteVerdict(Utf8JsonWriter writer, OomEvent oomEvent)
    {
        writer.WriteString(Names.Scope, Words.Scopes[(int)oomEvent.Scope]);
        writer.WriteOptional(Names.Constraint, oomEvent.ConstraintText);
        writer.WriteString(Names.Outcome, Words.Outcomes[(int)oomEvent.Outcome]);
        writer.WriteBoolean(Names.Complete, oomEvent.IsComplete);
        writer.WriteSections(Names.Missing, oomEvent.Missing);
        writer.WriteSections(Names.Sections, oomEvent.Sections);
        writer.WriteSet(Names.Interleaved, oomEvent.IsInterleaved);
        writer.WriteSet(Names.Duplicated, oomEvent.IsDuplicated);
        writer.WriteOptional(Names.SuppressedBefore, oomEvent.SuppressedBefore == 0 ? null : oomEvent.SuppressedBefore);
        writer.WriteOptional(Names.LostMessages, oomEvent.LostMessages == 0 ? null : oomEvent.LostMessages);
    }

    private static void WriteRemarks(Utf8JsonWriter writer, ReadOnlySpan<OomRemark> remarks)
    {
        if (remarks.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(Names.Remarks);
        foreach (ref readonly OomRemark remark in remarks)
        {
            writer.WriteStartObject();
            writer.WriteString(Names.Kind, Words.RemarkKinds[(int)remark.Kind]);
            writer.WriteString(Names.Text, remark.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteKernel(Utf8JsonWriter writer, OomKernel? kernel)
    {
        if (kernel is null or { Release: null, Version: null, Tainted: null, Hardware: null })
        {
            return;
        }

        writer.WriteStartObject(Names.Kernel);
        writer.WriteOptional(Names.Release, kernel.Release);
        writer.WriteOptional(Names.Version, kernel.Version);
        writer.WriteOptional(Names.Tainted, kernel.Tainted);
        writer.WriteOptional(Names.Hardware, kernel.Hardware);
        writer.WriteEndObject();
    }
}
