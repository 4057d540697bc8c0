namespace KmsgOom;

/// <summary>The huge pages of one size on one node, from <c>hugetlb_show_meminfo_node()</c>.</summary>
/// <param name="Node">The NUMA node.</param>
/// <param name="SizeKiB">The size of a huge page in KiB.</param>
/// <param name="Total">The huge pages in the pool.</param>
/// <param name="Free">Those of them that are free.</param>
/// <param name="Surplus">Those of them beyond the configured size of the pool.</param>
public readonly record struct OomHugepages(int Node, long SizeKiB, long Total, long Free, long Surplus);
