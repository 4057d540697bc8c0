namespace KmsgOom.Insight;

/// <summary>Reads the counters of a Mem-Info block as pages; what was not printed counts as none.</summary>
internal readonly struct MachineCounters(OomEvent oomEvent, OomMemory memory)
{
    private readonly int _kibPerPage = Math.Max(1, oomEvent.PageSize / 1024);
    private readonly long _pageSize = oomEvent.PageSize;

    /// <summary>Gets whether nodes or zones were left out, as for a cpuset.</summary>
    public bool ShowsSomeNodesOnly => oomEvent.Scope is OomScope.Cpuset or OomScope.Mempolicy;

    /// <summary>Gets a counter of the machine; kernels up to 2.6.31 write the first with a capital.</summary>
    public Int128 Total(string key)
    {
        foreach (OomCounter counter in memory.Counters.AsSpan())
        {
            if (string.Equals(counter.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return counter.Unit == OomUnit.KiB ? KiB(counter.Value) : Int128.Max(0, counter.Value);
            }
        }

        return 0;
    }

    /// <summary>Sums a counter over the nodes or, where they do not have it, over the zones.</summary>
    public Int128 NodesOrZones(string key)
    {
        Int128 nodes = 0;
        Int128 zones = 0;
        foreach (OomNode node in memory.Nodes.AsSpan())
        {
            nodes += Find(node.Counters.AsSpan(), key);
            foreach (OomZone zone in node.Zones.AsSpan())
            {
                zones += Find(zone.Counters.AsSpan(), key);
            }
        }

        return nodes > 0 ? nodes : zones;
    }

    public Int128 HugePages()
    {
        Int128 pages = 0;
        foreach (OomHugepages pool in memory.Hugepages.AsSpan())
        {
            // Bounded, so that the numbers of a damaged log do not overflow.
            pages += (Int128)Math.Clamp(pool.Total, 0, 1L << 40) * Math.Clamp(pool.SizeKiB, 0, 1L << 40) * 1024 / _pageSize;
        }

        return pages;
    }

    public Int128 KiB(long kib) => Int128.Max(0, kib) / _kibPerPage;

    private Int128 Find(ReadOnlySpan<OomCounter> counters, string key)
    {
        foreach (OomCounter counter in counters)
        {
            if (counter.Key == key)
            {
                return counter.Unit == OomUnit.KiB ? KiB(counter.Value) : Int128.Max(0, counter.Value);
            }
        }

        return 0;
    }
}
