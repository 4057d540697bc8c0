using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>One counter of the Mem-Info block; the key is a range of the report's text.</summary>
internal readonly record struct CounterEntry(TextRange Key, long Value, OomUnit Unit);
