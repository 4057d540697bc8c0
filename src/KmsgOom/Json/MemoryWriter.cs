using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the memory of the machine: known counters by their names, in bytes; what is unknown or repeated under <c>other</c>.</summary>
internal static class MemoryWriter
{
    private const int KiB = 1024;

    public static void Write(Utf8JsonWriter writer, OomMemory? memory, int pageSize)
    {
        if (memory is null)
        {
            return;
        }

        writer.WriteStartObject(Names.Memory);
        WriteCounters(writer, memory.Counters.AsSpan(), OomUnit.Pages, pageSize);
        foreach ((JsonEncodedText name, Func<OomMemory, long?> get) in MemoryNames.Pages)
        {
            writer.WritePages(name, get(memory), pageSize);
        }

        foreach ((JsonEncodedText name, Func<OomMemory, long?> get) in MemoryNames.KiB)
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
            writer.WriteBoolean(MemoryMembers.Profiling, isOn);
        }

        writer.WriteEndObject();
    }

    private static void WriteCounters(Utf8JsonWriter writer, ReadOnlySpan<OomCounter> counters, OomUnit unit, int pageSize)
    {
        Span<bool> isSeen = stackalloc bool[MemoryNames.CounterCount];
        bool hasOthers = false;
        int place = 0;
        foreach (ref readonly OomCounter counter in counters)
        {
            int known = MemoryNames.Find(in counter, unit, ref place);
            if (known < 0 || isSeen[known])
            {
                hasOthers = true;
                continue;
            }

            isSeen[known] = true;
            JsonEncodedText name = MemoryNames.Get(known, in counter);
            if (counter.Key == MemoryNames.PagesScanned)
            {
                writer.WriteNumber(name, counter.Value);
            }
            else
            {
                writer.WriteBytes(name, counter.Value, unit == OomUnit.Pages ? pageSize : KiB);
            }
        }

        if (!hasOthers)
        {
            return;
        }

        isSeen.Clear();
        writer.WriteStartArray(Names.Other);
        for (int at = 0; at < counters.Length; at++)
        {
            ref readonly OomCounter counter = ref counters[at];
            if (MemoryNames.Find(in counter, unit, ref place) is >= 0 and int known && !isSeen[known])
            {
                isSeen[known] = true;
                continue;
            }

            writer.WriteStartObject();
            writer.WriteNumber(Names.Index, at);
            writer.WriteString(Names.Name, counter.Key);
            writer.WriteNumber(Names.Value, counter.Value);
            writer.WriteString(MemoryMembers.Unit, counter.Unit == OomUnit.KiB ? "kB" : "pages");
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

        writer.WriteStartObject(MemoryMembers.SwapCache);
        writer.WriteNumber(MemoryMembers.Add, stats.Added);
        writer.WriteNumber(MemoryMembers.Delete, stats.Deleted);
        writer.WriteNumber(MemoryMembers.Found, stats.Found);
        writer.WriteNumber(MemoryMembers.Searched, stats.Searched);
        if (stats.Race is { } race)
        {
            writer.WriteNumber(MemoryMembers.RaceNoEntry, race.NoEntry);
            writer.WriteNumber(MemoryMembers.RaceExists, race.Exists);
        }

        writer.WriteEndObject();
    }

    private static void WriteNodes(Utf8JsonWriter writer, ReadOnlySpan<OomNode> nodes, int pageSize)
    {
        if (nodes.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(MemoryMembers.Nodes);
        foreach (OomNode node in nodes)
        {
            writer.WriteStartObject();
            writer.WriteNumber(MemoryMembers.Node, node.Node);
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

        writer.WriteStartArray(MemoryMembers.Zones);
        foreach (OomZone zone in zones)
        {
            writer.WriteStartObject();
            writer.WriteString(Names.Name, zone.Name);
            WriteCounters(writer, zone.Counters.AsSpan(), OomUnit.KiB, pageSize);
            WriteQuestion(writer, zone.AllUnreclaimable);
            if (zone.LowmemReservePages.Length > 0)
            {
                writer.WriteStartArray(MemoryMembers.LowmemReserveBytes);
                foreach (long pages in zone.LowmemReservePages)
                {
                    writer.WriteBytesValue(pages, pageSize);
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
            writer.WriteBoolean(MemoryMembers.AllUnreclaimable, answer);
        }
    }

    private static void WriteBuddy(Utf8JsonWriter writer, OomZone zone)
    {
        if (zone.Buddy.Length > 0)
        {
            writer.WriteStartArray(MemoryMembers.Buddy);
            foreach (OomBuddy buddy in zone.Buddy)
            {
                writer.WriteStartObject();
                writer.WriteNumber(Names.Order, buddy.Order);
                writer.WriteNumber(MemoryMembers.Count, buddy.Count);
                if (buddy.Types.Length > 0)
                {
                    writer.WriteString(MemoryMembers.Types, buddy.Types);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteKiB(MemoryMembers.BuddyTotalBytes, zone.BuddyTotalKiB);
    }

    private static void WritePerCpu(Utf8JsonWriter writer, ReadOnlySpan<OomPerCpu> lists, int pageSize)
    {
        if (lists.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(MemoryMembers.PerCpu);
        foreach (ref readonly OomPerCpu entry in lists)
        {
            writer.WriteStartObject();
            writer.WriteNumber(Names.Cpu, entry.Cpu);
            if (entry.List.Temperature != OomPerCpuTemperature.Any)
            {
                writer.WriteString(MemoryMembers.List, entry.List.Temperature == OomPerCpuTemperature.Hot ? "hot" : "cold");
            }

            writer.WritePages(Names.LowBytes, entry.List.LowPages, pageSize);
            writer.WritePages(MemoryMembers.HighBytes, entry.List.HighPages, pageSize);
            writer.WritePages(MemoryMembers.BatchBytes, entry.List.BatchPages, pageSize);
            writer.WritePages(MemoryMembers.UsedBytes, entry.List.UsedPages, pageSize);
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

        writer.WriteStartArray(MemoryMembers.Hugepages);
        foreach (ref readonly OomHugepages pool in pools)
        {
            writer.WriteStartObject();
            writer.WriteNumber(MemoryMembers.Node, pool.Node);
            writer.WriteKiB(MemoryMembers.SizeBytes, pool.SizeKiB);
            writer.WriteNumber(MemoryMembers.Total, pool.Total);
            writer.WriteNumber(MemoryMembers.Free, pool.Free);
            writer.WriteNumber(MemoryMembers.Surplus, pool.Surplus);
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

        writer.WriteStartArray(MemoryMembers.SlabUnreclaimable);
        foreach (ref readonly OomSlab cache in caches)
        {
            writer.WriteStartObject();
            writer.WriteString(Names.Name, cache.Name);
            writer.WriteKiB(MemoryMembers.UsedBytes, cache.UsedKiB);
            writer.WriteKiB(MemoryMembers.TotalBytes, cache.TotalKiB);
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

        writer.WriteStartArray(MemoryMembers.Allocations);
        foreach (ref readonly OomAllocation allocation in allocations)
        {
            writer.WriteStartObject();
            writer.WriteNumber(MemoryMembers.Bytes, allocation.Bytes);
            writer.WriteString(MemoryMembers.Size, allocation.SizeText);
            writer.WriteNumber(MemoryMembers.Calls, allocation.Calls);
            writer.WriteString(MemoryMembers.Site, allocation.Site);
            if (allocation.Module is { } module)
            {
                writer.WriteString(MemoryMembers.Module, module);
            }

            writer.WriteString(MemoryMembers.Function, allocation.Function);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
