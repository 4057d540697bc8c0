using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;

namespace KmsgOom.Benchmarks;

/// <summary>The columns that a reader feels instead of those that a statistician wants.</summary>
internal sealed class ThroughputConfig : ManualConfig
{
    public ThroughputConfig()
    {
        AddColumn(
            new ThroughputColumn("MB/s", "Megabytes (10^6) of log per second", (facts, nanoseconds) => facts.Length * 1000.0 / nanoseconds),
            new ThroughputColumn("ns/line", "Nanoseconds per line of the log", (facts, nanoseconds) => nanoseconds / facts.Lines),
            CategoriesColumn.Default);
        AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByParams);
        HideColumns(Column.Error, Column.StdDev, Column.Median, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2, Column.AllocRatio);
    }
}
