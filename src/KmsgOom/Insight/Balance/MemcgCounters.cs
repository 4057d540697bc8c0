using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Compares the counters of a cgroup with their limits.</summary>
internal static class MemcgCounters
{
    private const int KiB = 1024;

    // A charge of a huge page fails up to 2 MiB below the limit; a concurrent release may lie between the failure and the line.
    private const long SlackBytes = 2 << 20;
    private const int SlackPart = 100;

    public static ImmutableArray<OomMemcgCounter> Of(OomEvent oomEvent, OomMemcg memcg)
    {
        List<OomMemcgCounter> counters = [];
        Add("memory", memcg.Memory);
        Add("memory+swap", memcg.MemorySwap);
        Add("swap", memcg.Swap);
        Add("kmem", memcg.Kmem);
        return [.. counters];

        void Add(string name, OomMemcgUsage? printed)
        {
            if (printed is not { } usage)
            {
                return;
            }

            long used = Sheet.Clamp((Int128)usage.UsageKiB * KiB);
            long? limit = usage.IsUnlimited ? null : Sheet.Clamp((Int128)usage.LimitKiB * KiB);

            // A swap limit of 0 is "may not swap", not "used up".
            bool isAtLimit = limit is { } most && (name != "swap" || most > 0)
                && (Int128)most - used <= (name == "memory" ? Math.Clamp(most / SlackPart, 0, SlackBytes) : most / SlackPart);
            string words = string.Create(CultureInfo.InvariantCulture, $"{name}: usage {usage.UsageKiB}kB");
            OomEvidence evidence = EvidenceFinder.Find(oomEvent, OomSections.Memcg, words, words);
            counters.Add(new OomMemcgCounter(name, used, limit, usage.FailCount, isAtLimit, evidence));
        }
    }

    /// <summary>
    /// Tells which one was hit. Memory+swap is charged first, so it is what fails where both are full; of different limits, memory's is why there was so much
    /// in swap.
    /// </summary>
    public static OomMemcgLimit Which(ImmutableArray<OomMemcgCounter> counters)
    {
        OomMemcgCounter memory = Get("memory");
        OomMemcgCounter both = Get("memory+swap");
        OomMemcgCounter swap = Get("swap");
        OomMemcgCounter kmem = Get("kmem");
        if (both.IsAtLimit && (!memory.IsAtLimit || both.LimitBytes == memory.LimitBytes))
        {
            return OomMemcgLimit.MemorySwap;
        }

        return (memory.IsAtLimit, swap.IsAtLimit || both.IsAtLimit, kmem.IsAtLimit) switch
        {
            (true, true, _) => OomMemcgLimit.MemoryAndSwap,
            (true, _, _) => OomMemcgLimit.Memory,
            (_, _, true) => OomMemcgLimit.Kmem,
            _ => OomMemcgLimit.Unknown,
        };

        OomMemcgCounter Get(string name)
        {
            foreach (OomMemcgCounter counter in counters)
            {
                if (counter.Name == name)
                {
                    return counter;
                }
            }

            return default;
        }
    }
}
