using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>One slab cache that cannot be reclaimed.</summary>
internal readonly record struct SlabEntry(TextRange Name, long UsedKiB, long TotalKiB);
