using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>One line of a report: where it stands in the log and where its text is kept.</summary>
/// <param name="Number">The line in the log, 1-based.</param>
/// <param name="Text">The kernel's text.</param>
/// <param name="Section">The section; none for remarks and unknown lines.</param>
/// <param name="IsKnown">Whether the line was recognised; others are kept in case the report goes on behind them.</param>
internal readonly record struct ReportLine(long Number, TextRange Text, OomSections Section, bool IsKnown);
