using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>One remark.</summary>
internal readonly record struct RemarkEntry(OomRemarkKind Kind, TextRange Text);
