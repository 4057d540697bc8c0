using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>The statistics of one cgroup: its values run from <see cref="FirstValue"/> to the next group.</summary>
internal readonly record struct StatGroup(TextRange Path, int FirstValue);
