using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace KmsgOom.Json;

/// <summary>Turns the memory cgroup back into the model's.</summary>
internal static class MemcgReader
{
    // PAGE_COUNTER_MAX of a 64-bit kernel with 4 KiB pages: what nearly all kernels print for "no limit".
    private const long PrintedUnlimitedKiB = 9007199254740988;

    public static OomMemcg Read(MemcgDto dto) => new()
    {
        Path = dto.Path,
        TaskPath = dto.TaskPath,
        Memory = Usage(dto.Memory),
        MemorySwap = Usage(dto.MemorySwap),
        Swap = Usage(dto.Swap),
        Kmem = Usage(dto.Kmem),
        Protection = dto.Protection is { } protection
            ? new OomMemcgProtection(ValueReading.KiB(protection.MinBytes, "min_bytes"), ValueReading.KiB(protection.LowBytes, "low_bytes"))
            : null,
        OomGroup = dto.OomGroup,
        Stats = Stats(ValueReading.Elements(dto.Stats, "stats")),
    };

    private static OomMemcgUsage? Usage(UsageDto? dto)
    {
        if (dto is null)
        {
            return null;
        }

        long limit = dto.Unlimited
            ? dto.LimitPrintedKb ?? PrintedUnlimitedKiB
            : ValueReading.KiB(ValueReading.Require(dto.LimitBytes, "limit_bytes"), "limit_bytes");
        return new OomMemcgUsage(ValueReading.KiB(dto.UsageBytes, "usage_bytes"), limit, dto.Failcnt);
    }

    private static ImmutableArray<OomMemcgStats> Stats(StatsDto[] dtos)
    {
        OomMemcgStats[] stats = new OomMemcgStats[dtos.Length];
        for (int at = 0; at < stats.Length; at++)
        {
            StatsDto dto = dtos[at];
            stats[at] = new OomMemcgStats(
                ValueReading.Require(dto.Path, "stats.path"),
                RepeatedNames.Merge(dto.Values, dto.ValuesRepeated, static (key, value) => new OomMemcgStat(key, value), "values_repeated"));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(stats);
    }
}
