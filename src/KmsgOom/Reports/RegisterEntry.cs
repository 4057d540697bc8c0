using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>One register.</summary>
internal readonly record struct RegisterEntry(TextRange Name, TextRange Value);
