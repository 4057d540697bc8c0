namespace KmsgOom.Reports;

/// <summary>One NUMA node of the Mem-Info block, and which of the counters are its own.</summary>
internal record struct NodeEntry(int Node)
{
    public int FirstCounter;
    public int CounterCount;
    public bool? AllUnreclaimable;
}
