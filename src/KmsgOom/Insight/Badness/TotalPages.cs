namespace KmsgOom.Insight;

/// <summary>The memory that a kernel's scores are shares of.</summary>
/// <param name="Pages">The pages, 1 or more; null where the log does not tell.</param>
/// <param name="Source">What it was computed from.</param>
/// <param name="Assumption">What the log does not have and was assumed; null where nothing was.</param>
/// <remarks>Kernel: <c>constrained_alloc()</c>, <c>mem_cgroup_get_max()</c>.</remarks>
internal readonly record struct TotalPages(long? Pages, string Source, string? Assumption)
{
    public static TotalPages Of(OomEvent oomEvent) => oomEvent.Scope switch
    {
        OomScope.Memcg => OfMemcg(oomEvent),
        OomScope.Global => OfMachine(oomEvent),
        OomScope.Cpuset => OfNodes(oomEvent, oomEvent.Trigger?.MemsAllowed),
        OomScope.Mempolicy => OfNodes(oomEvent, oomEvent.Trigger?.Nodemask),
        _ => new(null, "", null),
    };

    private static TotalPages OfMachine(OomEvent oomEvent)
    {
        if (oomEvent.Memory is not { RamPages: { } ram, ReservedPages: { } reserved } memory)
        {
            return new(null, "", null);
        }

        long swap = ToPages(oomEvent, memory.SwapTotalKiB ?? 0);
        return At(Math.Max(0, ram - Math.Max(0, reserved)), swap, "RAM without reserved pages plus swap", memory.SwapTotalKiB is null ? "that the machine has no swap" : null);
    }

    private static TotalPages OfNodes(OomEvent oomEvent, string? list)
    {
        if (oomEvent.Memory is not { Nodes.IsEmpty: false } memory)
        {
            return new(null, "", null);
        }

        long present = 0;
        foreach (OomNode node in memory.Nodes)
        {
            if (list is null || NodeList.Contains(list, node.Node))
            {
                present = node.Zones.Aggregate(present, (sum, zone) => Add(sum, zone.Counters.Get("present") ?? 0));
            }
        }

        return At(ToPages(oomEvent, present), ToPages(oomEvent, memory.SwapTotalKiB ?? 0), "present pages of the allowed nodes plus swap", null);
    }

    private static TotalPages OfMemcg(OomEvent oomEvent)
    {
        if (oomEvent.Memcg?.Memory is not { } memory || (memory.IsUnlimited && oomEvent.Memcg.MemorySwap is not { IsUnlimited: false }))
        {
            return new(null, "", null);
        }

        OomMemcg memcg = oomEvent.Memcg;
        long limit = ToPages(oomEvent, memory.LimitKiB);
        long? machineSwap = oomEvent.Memory?.SwapTotalKiB is { } total ? ToPages(oomEvent, total) : null;
        long? swapLimit = memcg switch
        {
            { Swap: { IsUnlimited: false } swap } => ToPages(oomEvent, swap.LimitKiB),
            { MemorySwap: { IsUnlimited: false } both } => Math.Max(0, ToPages(oomEvent, both.LimitKiB) - limit),
            _ => null,
        };
        const string Source = "the cgroup's limit and the swap it may use";
        if (machineSwap is { } known)
        {
            return At(limit, Math.Min(known, swapLimit ?? long.MaxValue), Source, null);
        }

        // A memcg report does not have the machine's swap; that some is used shows that there is some.
        long used = Math.Max(ToPages(oomEvent, memcg.Swap?.UsageKiB ?? 0), SumSwapEntries(oomEvent));
        return swapLimit is 0 ? At(limit, 0, Source, null)
            : used == 0 ? At(limit, 0, Source, "that the machine has no swap")
            : swapLimit is { } allowed ? At(limit, allowed, Source, "that the machine's swap is larger than what the cgroup may use")
            : At(limit, used, "the cgroup's limit and the swap that is seen in use", "that the machine has no more swap than is seen in use");
    }

    private static long SumSwapEntries(OomEvent oomEvent)
    {
        long sum = 0;
        foreach (ref readonly OomTask task in oomEvent.Tasks.AsSpan())
        {
            sum = Add(sum, Math.Max(0, task.SwapEntriesPages ?? 0));
        }

        return sum;
    }

    private static TotalPages At(long memory, long swap, string source, string? assumption) => new(Math.Max(1, Add(memory, swap)), source, assumption);

    private static long ToPages(OomEvent oomEvent, long kib) => Math.Max(0, kib) / Math.Max(1, oomEvent.PageSize / 1024);

    private static long Add(long left, long right) => (long)Int128.Clamp((Int128)left + right, 0, long.MaxValue);
}
