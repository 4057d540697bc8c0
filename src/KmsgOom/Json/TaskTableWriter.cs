using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the task table.</summary>
internal static class TaskTableWriter
{
    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent)
    {
        ReadOnlySpan<string> columns = oomEvent.OtherTaskColumns.AsSpan();
        writer.WriteTexts(Names.OtherTaskColumns, columns);
        ReadOnlySpan<OomTask> tasks = oomEvent.Tasks.AsSpan();
        if (tasks.IsEmpty)
        {
            return;
        }

        bool[] isRepeated = RepeatedNames.Find(columns);
        ReadOnlySpan<long> values = oomEvent.OtherTaskValues.AsSpan();
        writer.WriteStartArray(Names.Tasks);
        foreach (ref readonly OomTask task in tasks)
        {
            writer.WriteStartObject();
            WriteTask(writer, in task, oomEvent.PageSize);
            if (!columns.IsEmpty)
            {
                WriteOther(writer, columns, isRepeated, values[..columns.Length]);
                values = values[columns.Length..];
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTask(Utf8JsonWriter writer, in OomTask task, int pageSize)
    {
        writer.WriteNumber(Names.Pid, task.Pid);
        writer.WriteNumber(Names.Uid, task.Uid);
        writer.WriteNumber(Names.Tgid, task.Tgid);
        writer.WritePages(Names.TotalVmBytes, task.TotalVmPages, pageSize);
        writer.WritePages(Names.RssBytes, task.RssPages, pageSize);
        writer.WritePages(Names.RssAnonBytes, task.RssAnonPages, pageSize);
        writer.WritePages(Names.RssFileBytes, task.RssFilePages, pageSize);
        writer.WritePages(Names.RssShmemBytes, task.RssShmemPages, pageSize);
        writer.WriteOptional(Names.PgtablesBytes, task.PageTablesBytes);
        writer.WritePages(Names.SwapBytes, task.SwapEntriesPages, pageSize);
        writer.WriteOptional(Names.OomScoreAdj, task.OomScoreAdj);
        writer.WriteName(Names.Comm, task.Name);
    }

    private static void WriteOther(Utf8JsonWriter writer, ReadOnlySpan<string> columns, ReadOnlySpan<bool> isRepeated, ReadOnlySpan<long> values)
    {
        writer.WriteStartObject(Names.Other);
        for (int at = 0; at < columns.Length; at++)
        {
            if (isRepeated.IsEmpty || !isRepeated[at])
            {
                writer.WriteNumber(columns[at], values[at]);
            }
        }

        writer.WriteEndObject();
        if (isRepeated.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(Names.OtherRepeated);
        for (int at = 0; at < columns.Length; at++)
        {
            if (isRepeated[at])
            {
                writer.WriteNumberValue(values[at]);
            }
        }

        writer.WriteEndArray();
    }
}
