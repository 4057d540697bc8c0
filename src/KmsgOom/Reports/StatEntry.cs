using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>One value of memory statistics.</summary>
internal readonly record struct StatEntry(TextRange Key, long Value);
