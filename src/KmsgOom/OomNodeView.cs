using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>One NUMA node, borrowed: valid until the next read on the same parser.</summary>
public readonly ref struct OomNodeView
{
    private readonly BorrowedReport _borrowed;
    private readonly int _index;

    internal OomNodeView(BorrowedReport borrowed, int index) => (_borrowed, _index) = (borrowed, index);

    /// <summary>Gets the number of the node; 0 where the kernel names none.</summary>
    public int Node => Entry.Node;

    /// <summary>Gets whether the kernel had given up reclaiming; null where it does not say.</summary>
    public bool? AllUnreclaimable => Entry.AllUnreclaimable;

    private ref NodeEntry Entry => ref _borrowed.Report.Memory.Nodes[_index];

    /// <summary>Gets a counter of the node by its key, in KiB (<c>pages_scanned</c> in pages); null where it was not printed.</summary>
    /// <param name="keyUtf8">The key as printed.</param>
    public long? Get(ReadOnlySpan<byte> keyUtf8)
    {
        OomReport report = _borrowed.Report;
        ref NodeEntry node = ref report.Memory.Nodes[_index];
        return OomMemoryView.Find(report, report.Memory.Counters.AsSpan().Slice(node.FirstCounter, node.CounterCount), keyUtf8);
    }
}
