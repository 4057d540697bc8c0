using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>The free blocks of one order in a zone.</summary>
internal readonly record struct BuddyEntry(int Order, long Count, TextRange Types);
