using System.Collections.Immutable;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Turns the memory of the machine back into the model's; read by hand, since its counters have names of their own.</summary>
internal static class MemoryReader
{
    public static OomMemory? Read(JsonElement? element, int pageSize)
    {
        if (element is not { } json)
        {
            return null;
        }

        Require(json, JsonValueKind.Object, "memory");
        try
        {
            return ReadObject(json, pageSize);
        }
        catch (InvalidOperationException damaged)
        {
            // A lone surrogate in an escape is found only when a name or a text is read.
            throw new JsonException("memory: holds a text that is none.", damaged);
        }
    }

    private static OomMemory ReadObject(JsonElement json, int pageSize)
    {
        return new OomMemory
        {
            Counters = Counters(json, OomUnit.Pages, pageSize),
            RamPages = Units(json, "ram_bytes", pageSize),
            HighMemPages = Units(json, "highmem_bytes", pageSize),
            ReservedPages = Units(json, "reserved_bytes", pageSize),
            CmaReservedPages = Units(json, "cma_reserved_bytes", pageSize),
            HwpoisonedPages = Units(json, "hwpoisoned_bytes", pageSize),
            PageCachePages = Units(json, "pagecache_bytes", pageSize),
            SwapCachePages = Units(json, "swapcache_bytes", pageSize),
            SharedPages = Units(json, "shared_bytes", pageSize),
            NonSharedPages = Units(json, "non_shared_bytes", pageSize),
            PageTableCachePages = Units(json, "pagetable_cache_bytes", pageSize),
            FreePagesKiB = KiB(json, "free_pages_bytes"),
            FreeHighMemKiB = KiB(json, "free_highmem_bytes"),
            SwapTotalKiB = KiB(json, "swap_total_bytes"),
            SwapFreeKiB = KiB(json, "swap_free_bytes"),
            SwapCache = SwapCache(json),
            Nodes = List(json, "nodes", node => Node(node, pageSize)),
            Hugepages = List(json, "hugepages", static pool => new OomHugepages(
                Int32(pool, "node"), KiB(pool, "size_bytes") ?? 0, Number(pool, "total"), Number(pool, "free"), Number(pool, "surplus"))),
            UnreclaimableSlab = List(json, "slab_unreclaimable", static cache => new OomSlab(Text(cache, "name"), KiB(cache, "used_bytes") ?? 0, KiB(cache, "total_bytes") ?? 0)),
            Allocations = List(json, "allocations", static site => new OomAllocation(
                Number(site, "bytes"), Text(site, "size"), Number(site, "calls"), Text(site, "site"), OptionalText(site, "module"), Text(site, "function"))),
            IsProfilingOn = Bool(json, "profiling"),
        };
    }

    private static OomSwapCache? SwapCache(JsonElement json)
    {
        if (!json.TryGetProperty("swap_cache", out JsonElement cache))
        {
            return null;
        }

        Require(cache, JsonValueKind.Object, "swap_cache");
        OomSwapRace? race = cache.TryGetProperty("race_no_entry", out _) ? new OomSwapRace(Number(cache, "race_no_entry"), Number(cache, "race_exists")) : null;
        return new OomSwapCache(Number(cache, "add"), Number(cache, "delete"), Number(cache, "found"), Number(cache, "searched"), race);
    }

    private static OomNode Node(JsonElement json, int pageSize) => new()
    {
        Node = Int32(json, "node"),
        Counters = Counters(json, OomUnit.KiB, pageSize),
        AllUnreclaimable = Bool(json, "all_unreclaimable"),
        Zones = List(json, "zones", zone => Zone(zone, pageSize)),
    };

    private static OomZone Zone(JsonElement json, int pageSize) => new()
    {
        Name = Text(json, "name"),
        Counters = Counters(json, OomUnit.KiB, pageSize),
        AllUnreclaimable = Bool(json, "all_unreclaimable"),
        LowmemReservePages = List(json, "lowmem_reserve_bytes", bytes => ValueReading.Pages(Decimal(bytes, "lowmem_reserve_bytes"), pageSize, "lowmem_reserve_bytes")),
        Buddy = List(json, "buddy", static buddy => new OomBuddy(Int32(buddy, "order"), Number(buddy, "count"), OptionalText(buddy, "types") ?? "")),
        BuddyTotalKiB = KiB(json, "buddy_total_bytes"),
        PerCpu = List(json, "per_cpu", list => PerCpu(list, pageSize)),
    };

    private static OomPerCpu PerCpu(JsonElement json, int pageSize)
    {
        OomPerCpuTemperature temperature = OptionalText(json, "list") switch
        {
            null => OomPerCpuTemperature.Any,
            "hot" => OomPerCpuTemperature.Hot,
            "cold" => OomPerCpuTemperature.Cold,
            _ => throw new JsonException("list: is neither hot nor cold."),
        };
        return new OomPerCpu(Int32(json, "cpu"), new OomPerCpuList(
            temperature, Units(json, "low_bytes", pageSize), Units(json, "high_bytes", pageSize), Units(json, "batch_bytes", pageSize), Units(json, "used_bytes", pageSize)));
    }

    private static ImmutableArray<OomCounter> Counters(JsonElement json, OomUnit unit, int pageSize)
    {
        ImmutableArray<OomCounter>.Builder counters = ImmutableArray.CreateBuilder<OomCounter>();
        int place = 0;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name == MemoryNames.PagesScanned)
            {
                counters.Add(new OomCounter(property.Name, Int64(property.Value, property.Name), OomUnit.Pages));
            }
            else if (property.Name.EndsWith("_bytes", StringComparison.Ordinal) && CounterKeys.Known.Find(property.Name[..^"_bytes".Length], ref place) is >= 0 and int known)
            {
                decimal bytes = Decimal(property.Value, property.Name);
                long value = unit == OomUnit.KiB ? ValueReading.KiB(bytes, property.Name) : ValueReading.Pages(bytes, pageSize, property.Name);
                counters.Add(new OomCounter(CounterKeys.Known.All[known], value, unit));
            }
        }

        foreach ((int index, OomCounter other) in List(json, "other", static other => (Int32(other, "index"), new OomCounter(
            Text(other, "name"), Number(other, "value"), OptionalText(other, "unit") == "kB" ? OomUnit.KiB : OomUnit.Pages))))
        {
            if (index < 0 || index > counters.Count)
            {
                throw new JsonException("other.index: out of range.");
            }

            counters.Insert(index, other);
        }

        return counters.ToImmutable();
    }

    private static ImmutableArray<T> List<T>(JsonElement json, string name, Func<JsonElement, T> read)
    {
        if (!json.TryGetProperty(name, out JsonElement list))
        {
            return [];
        }

        Require(list, JsonValueKind.Array, name);
        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>(list.GetArrayLength());
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Number))
            {
                throw new JsonException($"{name}: holds something else than it may.");
            }

            items.Add(read(item));
        }

        return items.MoveToImmutable();
    }

    private static long? Units(JsonElement json, string name, int unit) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? ValueReading.Pages(Decimal(value, name), unit, name) : null;

    private static long? KiB(JsonElement json, string name) => Units(json, name, 1024);

    private static long Number(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? Int64(value, name) : throw new JsonException($"{name}: is missing.");

    private static int Int32(JsonElement json, string name) =>
        Number(json, name) is >= int.MinValue and <= int.MaxValue and long number ? (int)number : throw new JsonException($"{name}: is not a 32-bit number.");

    private static long Int64(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : throw new JsonException($"{name}: is not a 64-bit number.");

    private static decimal Decimal(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) ? number : throw new JsonException($"{name}: is not a number.");

    private static string Text(JsonElement json, string name) => OptionalText(json, name) ?? throw new JsonException($"{name}: is missing.");

    private static string? OptionalText(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        Require(value, JsonValueKind.String, name);
        return value.GetString();
    }

    private static bool? Bool(JsonElement json, string name) => !json.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw new JsonException($"{name}: is neither true nor false.");

    private static void Require(JsonElement element, JsonValueKind kind, string name)
    {
        if (element.ValueKind != kind)
        {
            throw new JsonException($"{name}: is not {(kind == JsonValueKind.Array ? "a list" : kind == JsonValueKind.String ? "a text" : "an object")}.");
        }
    }
}
