using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the memory cgroup.</summary>
internal static class MemcgWriter
{
    private static readonly OomMemcg Nothing = new();
    private static readonly KnownNames Keys = new(MemcgStatKeys.Known);

    public static void Write(Utf8JsonWriter writer, OomMemcg? memcg)
    {
        if (memcg is null || memcg.Equals(Nothing))
        {
            return;
        }

        writer.WriteStartObject(Names.Memcg);
        writer.WriteOptional(Names.Path, memcg.Path);
        writer.WriteOptional(Names.TaskPath, memcg.TaskPath);
        WriteUsage(writer, Names.Memory, memcg.Memory);
        WriteUsage(writer, Names.MemorySwap, memcg.MemorySwap);
        WriteUsage(writer, Names.Swap, memcg.Swap);
        WriteUsage(writer, Names.Kmem, memcg.Kmem);
        if (memcg.Protection is { } protection)
        {
            writer.WriteStartObject(Names.Protection);
            writer.WriteKiB(Names.MinBytes, protection.MinKiB);
            writer.WriteKiB(Names.LowBytes, protection.LowKiB);
            writer.WriteEndObject();
        }

        writer.WriteSet(Names.OomGroup, memcg.OomGroup);
        WriteStats(writer, memcg.Stats.AsSpan());
        writer.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter writer, JsonEncodedText name, OomMemcgUsage? usage)
    {
        if (usage is not { } counter)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteKiB(Names.UsageBytes, counter.UsageKiB);
        if (counter.IsUnlimited)
        {
            writer.WriteBoolean(Names.Unlimited, true);
            writer.WriteNumber(Names.LimitPrintedKb, counter.LimitKiB);
        }
        else
        {
            writer.WriteKiB(Names.LimitBytes, counter.LimitKiB);
        }

        writer.WriteNumber(Names.Failcnt, counter.FailCount);
        writer.WriteEndObject();
    }

    private static void WriteStats(Utf8JsonWriter writer, ReadOnlySpan<OomMemcgStats> stats)
    {
        if (stats.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(Names.Stats);
        foreach (OomMemcgStats group in stats)
        {
            writer.WriteStartObject();
            writer.WriteString(Names.Path, group.Path);
            WriteValues(writer, group.Values.AsSpan());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter writer, ReadOnlySpan<OomMemcgStat> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        NamesOnce names = new(Keys, stackalloc bool[Keys.Count]);
        int written = 0;
        writer.WriteStartObject(Names.Values);
        foreach (ref readonly OomMemcgStat stat in values)
        {
            if (names.TryWrite(writer, stat.Key))
            {
                writer.WriteNumberValue(stat.Value);
                written++;
            }
        }

        writer.WriteEndObject();
        if (written < values.Length)
        {
            WriteRepeated(writer, values);
        }
    }

    private static void WriteRepeated(Utf8JsonWriter writer, ReadOnlySpan<OomMemcgStat> values)
    {
        HashSet<string> seen = [];
        writer.WriteStartArray(Names.ValuesRepeated);
        for (int at = 0; at < values.Length; at++)
        {
            if (!seen.Add(values[at].Key))
            {
                writer.WriteStartObject();
                writer.WriteNumber(Names.Index, at);
                writer.WriteString(Names.Name, values[at].Key);
                writer.WriteNumber(Names.Value, values[at].Value);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }
}
