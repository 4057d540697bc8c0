namespace KmsgOom.Reports;

/// <summary>What the Mem-Info block of a report says; read from the kept lines when somebody asks.</summary>
internal sealed class ReportMemory(MemoryMeter meter)
{
    /// <summary>Gets or sets whether the lines were read.</summary>
    public bool IsRead { get; set; }

    /// <summary>Gets the counters of the machine.</summary>
    public GrowingArray<CounterEntry> Totals { get; } = new(meter);

    /// <summary>Gets the counters of nodes and zones.</summary>
    public GrowingArray<CounterEntry> Counters { get; } = new(meter);

    public GrowingArray<NodeEntry> Nodes { get; } = new(meter);

    public GrowingArray<ZoneEntry> Zones { get; } = new(meter);

    public GrowingArray<long> Reserves { get; } = new(meter);

    public GrowingArray<BuddyEntry> Buddies { get; } = new(meter);

    public GrowingArray<OomPerCpu> PerCpu { get; } = new(meter);

    public GrowingArray<OomHugepages> Hugepages { get; } = new(meter);

    public GrowingArray<SlabEntry> Slabs { get; } = new(meter);

    public GrowingArray<AllocationEntry> Allocations { get; } = new(meter);

    public MemoryFacts Facts;

    /// <summary>Gets or sets the zone whose counters came last and whose reserve is awaited; -1 where none is.</summary>
    public int LastZone { get; set; } = -1;

    /// <summary>Gets or sets the zone whose free blocks may go on with the next line; -1 where they ended, or broke inside an item.</summary>
    public int BlocksZone { get; set; } = -1;

    /// <summary>Gets or sets the zone whose reserve may go on with the next line; -1 where another line came.</summary>
    public int ReserveZone { get; set; } = -1;

    /// <summary>Gets or sets whose counters came last: a zone's index, or the complement of a node's number.</summary>
    public int LastCounted { get; set; }

    /// <summary>Gets or sets the node whose zone is awaited, where the line broke in between; kernels without NUMA name none.</summary>
    public int AwaitedNode { get; set; }

    /// <summary>Gets or sets the zone whose per-CPU lists are being read; -1 where none was named.</summary>
    public int PerCpuZone { get; set; } = -1;

    /// <summary>Gets or sets the CPU whose lists came last; -1 behind a title.</summary>
    public int LastCpu { get; set; } = -1;

    /// <summary>Tells whether lists are those of the zone that was titled: CPUs come in order, so where they begin again the next title is missing.</summary>
    public bool IsOfTitledZone(int cpu, OomPerCpuTemperature temperature) =>
        PerCpuZone >= 0 && (cpu > LastCpu || (cpu == LastCpu && temperature == OomPerCpuTemperature.Cold));

    /// <summary>Finds a node, or begins it.</summary>
    public ref NodeEntry Node(int node)
    {
        for (int at = Nodes.Count - 1; at >= 0; at--)
        {
            if (Nodes[at].Node == node)
            {
                return ref Nodes[at];
            }
        }

        Nodes.Add(new NodeEntry(node));
        return ref Nodes.Last;
    }

    public void Clear()
    {
        if (!IsRead)
        {
            return;
        }

        IsRead = false;
        LastCounted = AwaitedNode = 0;
        LastZone = BlocksZone = ReserveZone = PerCpuZone = LastCpu = -1;
        Totals.Clear();
        Counters.Clear();
        Nodes.Clear();
        Zones.Clear();
        Reserves.Clear();
        Buddies.Clear();
        PerCpu.Clear();
        Hugepages.Clear();
        Slabs.Clear();
        Allocations.Clear();
        Facts = default;
    }
}
