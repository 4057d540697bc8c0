using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>One NUMA node, borrowed: valid until the next read on the same parser.</summary>
public readonly ref struct OomNodeView
{
    private readonly OomReport _report;
    private readonly ReportMemory _memory;
    private readonly int _index;

    internal OomNodeView(OomReport report, ReportMemory memory, int index) => (_report, _memory, _index) = (report, memory, index);

    /// <summary>Gets the number of the node; 0 where the kernel names none.</summary>
    public int Node => _memory.Nodes[_index].Node;

    /// <summary>Gets whether the kernel had given up reclaiming; null where it does not say.</summary>
    public bool? AllUnreclaimable => _memory.Nodes[_index].AllUnreclaimable;

    /// <summary>Gets a counter of the node by its key, in KiB (<c>pages_scanned</c> in pages); null where it was not printed.</summary>
    /// <param name="keyUtf8">The key as printed.</param>
    public long? Get(ReadOnlySpan<byte> keyUtf8)
    {
        ref NodeEntry node = ref _memory.Nodes[_index];
        return OomMemoryView.Find(_report, _memory.Counters.AsSpan().Slice(node.FirstCounter, node.CounterCount), keyUtf8);
    }
}
