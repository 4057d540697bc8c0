using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the memory of the machine: known counters by their names, in bytes; what is unknown or repeated under <c>other</c>.</summary>
internal static class MemoryWriter
{
    public static void Write(Utf8JsonWriter writer, OomMemory? memory, int pageSize)
    {
        if (memory is null)
        {
            return;
        }

        writer.WriteStartObject(Names.Memory);
        WriteCounters(writer, memory.Counters.AsSpan(), OomUnit.Pages, pageSize);
        foreach ((string name, Func<OomMemory, long?> get) in MemoryNames.Pages)
        {
            writer.WritePages(name, get(memory), pageSize);
        }

        foreach ((string name, Func<OomMemory, long?> get) in MemoryNames.KiB)
        {
            writer.WriteKiB(name, get(memory));
        }

        WriteSwapCache(writer, memory.SwapCache);
        WriteNodes(writer, memory.Nodes.AsSpan(), pageSize);
        WriteHugepages(writer, memory.Hugepages.AsSpan());
        WriteSlab(writer, memory.UnreclaimableSlab.AsSpan());
        WriteAllocations(writer, memory.Allocations.AsSpan());
        if (memory.IsProfilingOn is { } isOn)
        {
            writer.WriteBoolean("profiling", isOn);
        }

        writer.WriteEndObject();
    }

    private static void WriteCounters(Utf8JsonWriter writer, ReadOnlySpan<OomCounter> counters, OomUnit unit, int pageSize)
    {
        HashSet<string> seen = [];
        bool hasOthers = false;
        foreach (ref readonly OomCounter counter in counters)
        {
            if (!MemoryNames.IsPlain(in counter, unit) || !seen.Add(counter.Key))
            {
                hasOthers = true;
            }
            else if (counter.Key == MemoryNames.PagesScanned)
            {
                writer.WriteNumber(counter.Key, counter.Value);
            }
            else if (unit == OomUnit.Pages)
            {
                writer.WritePages($"{counter.Key}_bytes", counter.Value, pageSize);
            }
            else
            {
                writer.WriteKiB($"{counter.Key}_bytes", counter.Value);
            }
        }

        if (!hasOthers)
        {
            return;
        }

        seen.Clear();
        writer.WriteStartArray("other");
        for (int at = 0; at < counters.Length; at++)
        {
            ref readonly OomCounter counter = ref counters[at];
            if (MemoryNames.IsPlain(in counter, unit) && seen.Add(counter.Key))
            {
                continue;
            }

            writer.WriteStartObject();
            writer.WriteNumber("index", at);
            writer.WriteString("name", counter.Key);
            writer.WriteNumber("value", counter.Value);
            writer.WriteString("unit", counter.Unit == OomUnit.KiB ? "kB" : "pages");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSwapCache(Utf8JsonWriter writer, OomSwapCache? cache)
    {
        if (cache is not { } stats)
        {
            return;
        }

        writer.WriteStartObject("swap_cache");
        writer.WriteNumber("add", stats.Added);
        writer.WriteNumber("delete", stats.Deleted);
        writer.WriteNumber("found", stats.Found);
        writer.WriteNumber("searched", stats.Searched);
        if (stats.Race is { } race)
        {
            writer.WriteNumber("race_no_entry", race.NoEntry);
            writer.WriteNumber("race_exists", race.Exists);
        }

        writer.WriteEndObject();
    }

    private static void WriteNodes(Utf8JsonWriter writer, ReadOnlySpan<OomNode> nodes, int pageSize)
    {
        if (nodes.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("nodes");
        foreach (OomNode node in nodes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("node", node.Node);
            WriteCounters(writer, node.Counters.AsSpan(), OomUnit.KiB, pageSize);
            WriteQuestion(writer, node.AllUnreclaimable);
            WriteZones(writer, node.Zones.AsSpan(), pageSize);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteZones(Utf8JsonWriter writer, ReadOnlySpan<OomZone> zones, int pageSize)
    {
        if (zones.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("zones");
        foreach (OomZone zone in zones)
        {
            writer.WriteStartObject();
            writer.WriteString("name", zone.Name);
            WriteCounters(writer, zone.Counters.AsSpan(), OomUnit.KiB, pageSize);
            WriteQuestion(writer, zone.AllUnreclaimable);
            if (zone.LowmemReservePages.Length > 0)
            {
                writer.WriteStartArray("lowmem_reserve_bytes");
                foreach (long pages in zone.LowmemReservePages)
                {
                    writer.WriteNumberValue((decimal)pages * pageSize);
                }

                writer.WriteEndArray();
            }

            WriteBuddy(writer, zone);
            WritePerCpu(writer, zone.PerCpu.AsSpan(), pageSize);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteQuestion(Utf8JsonWriter writer, bool? allUnreclaimable)
    {
        if (allUnreclaimable is { } answer)
        {
            writer.WriteBoolean("all_unreclaimable", answer);
        }
    }

    private static void WriteBuddy(Utf8JsonWriter writer, OomZone zone)
    {
        if (zone.Buddy.Length > 0)
        {
            writer.WriteStartArray("buddy");
            foreach (OomBuddy buddy in zone.Buddy)
            {
                writer.WriteStartObject();
                writer.WriteNumber("order", buddy.Order);
                writer.WriteNumber("count", buddy.Count);
                if (buddy.Types.Length > 0)
                {
                    writer.WriteString("types", buddy.Types);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteKiB("buddy_total_bytes", zone.BuddyTotalKiB);
    }

    private static void WritePerCpu(Utf8JsonWriter writer, ReadOnlySpan<OomPerCpu> lists, int pageSize)
    {
        if (lists.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("per_cpu");
        foreach (ref readonly OomPerCpu entry in lists)
        {
            writer.WriteStartObject();
            writer.WriteNumber("cpu", entry.Cpu);
            if (entry.List.Temperature != OomPerCpuTemperature.Any)
            {
                writer.WriteString("list", entry.List.Temperature == OomPerCpuTemperature.Hot ? "hot" : "cold");
            }

            writer.WritePages("low_bytes", entry.List.LowPages, pageSize);
            writer.WritePages("high_bytes", entry.List.HighPages, pageSize);
            writer.WritePages("batch_bytes", entry.List.BatchPages, pageSize);
            writer.WritePages("used_bytes", entry.List.UsedPages, pageSize);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteHugepages(Utf8JsonWriter writer, ReadOnlySpan<OomHugepages> pools)
    {
        if (pools.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("hugepages");
        foreach (ref readonly OomHugepages pool in pools)
        {
            writer.WriteStartObject();
            writer.WriteNumber("node", pool.Node);
            writer.WriteKiB("size_bytes", pool.SizeKiB);
            writer.WriteNumber("total", pool.Total);
            writer.WriteNumber("free", pool.Free);
            writer.WriteNumber("surplus", pool.Surplus);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSlab(Utf8JsonWriter writer, ReadOnlySpan<OomSlab> caches)
    {
        if (caches.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("slab_unreclaimable");
        foreach (ref readonly OomSlab cache in caches)
        {
            writer.WriteStartObject();
            writer.WriteString("name", cache.Name);
            writer.WriteKiB("used_bytes", cache.UsedKiB);
            writer.WriteKiB("total_bytes", cache.TotalKiB);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAllocations(Utf8JsonWriter writer, ReadOnlySpan<OomAllocation> allocations)
    {
        if (allocations.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("allocations");
        foreach (ref readonly OomAllocation allocation in allocations)
        {
            writer.WriteStartObject();
            writer.WriteNumber("bytes", allocation.Bytes);
            writer.WriteString("size", allocation.SizeText);
            writer.WriteNumber("calls", allocation.Calls);
            writer.WriteString("site", allocation.Site);
            if (allocation.Module is { } module)
            {
                writer.WriteString("module", module);
            }

            writer.WriteString("function", allocation.Function);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePages(this Utf8JsonWriter writer, string name, long? pages, int pageSize)
    {
        if (pages is { } count)
        {
            writer.WriteNumber(name, (decimal)count * pageSize);
        }
    }

    private static void WriteKiB(this Utf8JsonWriter writer, string name, long? kiB) => writer.WritePages(name, kiB, 1024);
}
