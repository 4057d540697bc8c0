namespace KmsgOom.Insight;

/// <summary>Reads the swap, and says why free swap does not help.</summary>
internal static class SwapSheet
{
    private const int KiB = 1024;
    private const int PercentOfFull = 100;

    public static OomSwapBalance? Of(OomEvent oomEvent, Sheet sheet)
    {
        if (oomEvent.Memory is not { } memory)
        {
            return null;
        }

        long? total = sheet.Credible("Total swap", memory.SwapTotalKiB, KiB);
        long? free = sheet.Credible("Free swap", memory.SwapFreeKiB, KiB);
        long? cache = sheet.Credible("pages in swap cache", memory.SwapCachePages, oomEvent.PageSize);
        if (total is null && free is null && cache is null)
        {
            return null;
        }

        OomSwapState state = (total, free) switch
        {
            (0, _) => OomSwapState.None,
            ({ } all, { } left) => left <= all / PercentOfFull ? OomSwapState.Full : OomSwapState.Free,
            (null, > 0) => OomSwapState.Free,
            _ => OomSwapState.Unknown,
        };
        return new OomSwapBalance
        {
            State = state,
            TotalBytes = total,
            FreeBytes = free,
            UsedBytes = total - free is >= 0 and var used ? used : null,
            CacheBytes = cache,
            TableBytes = TableBytes(oomEvent),
            Text = Describe(oomEvent, state, total, free),
            Evidence = EvidenceFinder.Find(oomEvent, OomSections.MemInfo, "Free swap ") ?? new OomEvidence(0, $"free swap {Amount.Of(free ?? 0)}"),
        };
    }

    private static string Describe(OomEvent oomEvent, OomSwapState state, long? total, long? free)
    {
        switch (state)
        {
            case OomSwapState.None:
                return "The machine has no swap: anonymous memory and tmpfs cannot be moved out of RAM.";
            case OomSwapState.Full:
                return $"Swap is full: {Amount.Of(free ?? 0)} of {Amount.Of(total ?? 0)} are free.";
            case OomSwapState.Unknown:
                return "The log does not say how much swap there is.";
            default:
                return $"{Amount.Of(free ?? 0)} of swap are free. {WhyFreeSwapDoesNotHelp(oomEvent)}";
        }
    }

    private static string WhyFreeSwapDoesNotHelp(OomEvent oomEvent)
    {
        Int128 swappable = 0;
        foreach (string key in (ReadOnlySpan<string>)["active_anon", "inactive_anon"])
        {
            swappable += oomEvent.Memory?.Counters.Get(key) ?? 0;
        }

        return oomEvent switch
        {
            { Scope: OomScope.Memcg } => "They do not help where the cgroup may not swap (memory.swap.max, memory+swap limit, swappiness 0).",
            { Trigger.Order: > 3 } => "They do not help a request for a large block: free memory has to be contiguous.",
            _ when oomEvent.Memory?.Counters.Get("active_anon") is null => "They help only what may be swapped, and not requests that need a certain zone.",
            _ => $"Only anonymous memory and tmpfs can be moved there, {Amount.Of(Sheet.Clamp(Int128.Min(swappable * oomEvent.PageSize, Sheet.MaxBytes)))} at that moment; kernel memory, locked pages and huge pages cannot, and writing takes time.",
        };
    }

    private static long? TableBytes(OomEvent oomEvent)
    {
        Int128? sum = null;
        foreach (ref readonly OomTask task in oomEvent.Tasks.AsSpan())
        {
            if (task.SwapEntriesPages is { } entries)
            {
                sum = (sum ?? 0) + entries;
            }
        }

        return sum is { } pages ? Sheet.Clamp(Int128.Clamp(pages, -Sheet.MaxBytes, Sheet.MaxBytes) * oomEvent.PageSize) : null;
    }
}
