using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>The names of the member <c>memory</c> that no other part of an event has. They are part of the schema and never change meaning.</summary>
internal static class MemoryMembers
{
    public static readonly JsonEncodedText Profiling = JsonEncodedText.Encode("profiling");
    public static readonly JsonEncodedText Unit = JsonEncodedText.Encode("unit");
    public static readonly JsonEncodedText SwapCache = JsonEncodedText.Encode("swap_cache");
    public static readonly JsonEncodedText Add = JsonEncodedText.Encode("add");
    public static readonly JsonEncodedText Delete = JsonEncodedText.Encode("delete");
    public static readonly JsonEncodedText Found = JsonEncodedText.Encode("found");
    public static readonly JsonEncodedText Searched = JsonEncodedText.Encode("searched");
    public static readonly JsonEncodedText RaceNoEntry = JsonEncodedText.Encode("race_no_entry");
    public static readonly JsonEncodedText RaceExists = JsonEncodedText.Encode("race_exists");
    public static readonly JsonEncodedText Nodes = JsonEncodedText.Encode("nodes");
    public static readonly JsonEncodedText Node = JsonEncodedText.Encode("node");
    public static readonly JsonEncodedText Zones = JsonEncodedText.Encode("zones");
    public static readonly JsonEncodedText LowmemReserveBytes = JsonEncodedText.Encode("lowmem_reserve_bytes");
    public static readonly JsonEncodedText AllUnreclaimable = JsonEncodedText.Encode("all_unreclaimable");
    public static readonly JsonEncodedText Buddy = JsonEncodedText.Encode("buddy");
    public static readonly JsonEncodedText Count = JsonEncodedText.Encode("count");
    public static readonly JsonEncodedText Types = JsonEncodedText.Encode("types");
    public static readonly JsonEncodedText BuddyTotalBytes = JsonEncodedText.Encode("buddy_total_bytes");
    public static readonly JsonEncodedText PerCpu = JsonEncodedText.Encode("per_cpu");
    public static readonly JsonEncodedText List = JsonEncodedText.Encode("list");
    public static readonly JsonEncodedText HighBytes = JsonEncodedText.Encode("high_bytes");
    public static readonly JsonEncodedText BatchBytes = JsonEncodedText.Encode("batch_bytes");
    public static readonly JsonEncodedText UsedBytes = JsonEncodedText.Encode("used_bytes");
    public static readonly JsonEncodedText Hugepages = JsonEncodedText.Encode("hugepages");
    public static readonly JsonEncodedText SizeBytes = JsonEncodedText.Encode("size_bytes");
    public static readonly JsonEncodedText Total = JsonEncodedText.Encode("total");
    public static readonly JsonEncodedText Free = JsonEncodedText.Encode("free");
    public static readonly JsonEncodedText Surplus = JsonEncodedText.Encode("surplus");
    public static readonly JsonEncodedText SlabUnreclaimable = JsonEncodedText.Encode("slab_unreclaimable");
    public static readonly JsonEncodedText TotalBytes = JsonEncodedText.Encode("total_bytes");
    public static readonly JsonEncodedText Allocations = JsonEncodedText.Encode("allocations");
    public static readonly JsonEncodedText Bytes = JsonEncodedText.Encode("bytes");
    public static readonly JsonEncodedText Size = JsonEncodedText.Encode("size");
    public static readonly JsonEncodedText Calls = JsonEncodedText.Encode("calls");
    public static readonly JsonEncodedText Site = JsonEncodedText.Encode("site");
    public static readonly JsonEncodedText Module = JsonEncodedText.Encode("module");
    public static readonly JsonEncodedText Function = JsonEncodedText.Encode("function");
}
