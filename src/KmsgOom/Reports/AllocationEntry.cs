using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>One call site that holds memory.</summary>
internal readonly record struct AllocationEntry(long Bytes, TextRange Size, long Calls, TextRange Site, TextRange Module, TextRange Function);
