using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace KmsgOom.Benchmarks;

/// <summary>A column computed from the mean time and what is known of the log.</summary>
internal sealed class ThroughputColumn(string name, string legend, Func<LogFacts, double, double> compute) : IColumn
{
    public string Id => $"{nameof(ThroughputColumn)}.{name}";

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        if (summary[benchmarkCase]?.ResultStatistics is not { } statistics
            || benchmarkCase.Parameters[nameof(ParseBenchmarks.Input)] is not LogInput input)
        {
            return "-";
        }

        return compute(KernelLogs.GetFacts(input), statistics.Mean).ToString("N1", CultureInfo.InvariantCulture);
    }

    public override string ToString() => name;
}
