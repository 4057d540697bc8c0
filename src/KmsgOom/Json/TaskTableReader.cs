using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Turns the task table back into the model's.</summary>
internal static class TaskTableReader
{
    /// <summary>Gets the columns that <see cref="OomTask"/> does not have; where the JSON does not list them, those of the first row.</summary>
    public static ImmutableArray<string> Columns(EventDto dto)
    {
        if (dto.OtherTaskColumns is { } columns)
        {
            return ValueReading.Texts(columns, "other_task_columns");
        }

        return dto.Tasks is [{ Other: { } other }, ..] ? [.. other.Keys] : [];
    }

    public static ImmutableArray<OomTask> Tasks(EventDto dto, int pageSize)
    {
        TaskDto[] rows = ValueReading.Elements(dto.Tasks, "tasks");
        OomTask[] tasks = new OomTask[rows.Length];
        for (int at = 0; at < tasks.Length; at++)
        {
            tasks[at] = Task(rows[at], pageSize);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(tasks);
    }

    public static ImmutableArray<long> OtherValues(EventDto dto, ImmutableArray<string> columns)
    {
        if (columns.IsEmpty || dto.Tasks is not { } rows)
        {
            return [];
        }

        bool[] isRepeated = RepeatedNames.Find(columns.AsSpan());
        List<long> values = new(rows.Length);
        foreach (TaskDto row in rows)
        {
            int repeated = 0;
            for (int at = 0; at < columns.Length; at++)
            {
                values.Add(isRepeated.Length > 0 && isRepeated[at] ? Repeated(row, repeated++) : Named(row, columns[at]));
            }
        }

        return [.. values];
    }

    private static long Named(TaskDto row, string column) =>
        row.Other is { } other && other.TryGetValue(column, out long value) ? value : throw new JsonException($"tasks.other: {column} is missing.");

    private static long Repeated(TaskDto row, int index) =>
        row.OtherRepeated is { } values && index < values.Length ? values[index] : throw new JsonException("tasks.other_repeated: is too short.");

    private static OomTask Task(TaskDto dto, int pageSize) => new()
    {
        Pid = ValueReading.Require(dto.Pid, "tasks.pid"),
        Tgid = dto.Tgid,
        Uid = dto.Uid,
        TotalVmPages = ValueReading.Pages(dto.TotalVmBytes, pageSize, "total_vm_bytes"),
        RssPages = ValueReading.Pages(dto.RssBytes, pageSize, "rss_bytes"),
        RssAnonPages = ValueReading.Pages(dto.RssAnonBytes, pageSize, "rss_anon_bytes"),
        RssFilePages = ValueReading.Pages(dto.RssFileBytes, pageSize, "rss_file_bytes"),
        RssShmemPages = ValueReading.Pages(dto.RssShmemBytes, pageSize, "rss_shmem_bytes"),
        PageTablesBytes = dto.PgtablesBytes,
        SwapEntriesPages = ValueReading.Pages(dto.SwapBytes, pageSize, "swap_bytes"),
        OomScoreAdj = dto.OomScoreAdj,
        Name = ValueReading.Name(dto.Comm),
    };
}
