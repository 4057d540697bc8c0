using System.Globalization;

namespace KmsgOom.Benchmarks;

/// <summary>The tables of one run of <c>run-all.sh</c>, found by the names of their rows.</summary>
internal sealed class ResultsFolder(string path)
{
    private readonly Dictionary<string, double[]> _quick = Read(Path.Combine(path, "quick.tsv"));
    private readonly Dictionary<string, double[]> _quickOnOneCore = Read(Path.Combine(path, "quick-one-core.tsv"));
    private readonly Dictionary<string, double[]> _processes = Read(Path.Combine(path, "whole-process.tsv"));

    public double GetGigabytesPerSecond(string name) => Get(_quick, name)[0];

    /// <summary>Gets the throughput as a part of the floor's.</summary>
    public double GetRatio(string name) => Get(_quick, name)[1];

    public double GetRatioOnOneCore(string name) => Get(_quickOnOneCore, name)[1];

    /// <summary>Gets the median of a row of <c>whole-process.sh</c>, in the row's unit; NaN where it was left out.</summary>
    public double GetMedian(string name) => Get(_processes, name)[1];

    /// <summary>Gets the peak of a build on the smallest or the largest file.</summary>
    public double GetPeak(string build, bool largest)
    {
        IEnumerable<(double Megabytes, double Peak)> peaks = _processes
            .Where(row => row.Key.StartsWith("memory/", StringComparison.Ordinal) && row.Key.EndsWith($"/{build}/RssAnon", StringComparison.Ordinal))
            .Select(row => (double.Parse(row.Key.Split('/')[2].Replace("MB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), row.Value[1]))
            .OrderBy(row => row.Item1)
            .DefaultIfEmpty((double.NaN, double.NaN));
        return (largest ? peaks.Last() : peaks.First()).Peak;
    }

    private static double[] Get(Dictionary<string, double[]> rows, string name) => rows.TryGetValue(name, out double[]? values) ? values : [double.NaN, double.NaN];

    // Names stand first, numbers behind them; a unit may follow, and a header has no numbers.
    private static Dictionary<string, double[]> Read(string file) => File.ReadLines(file)
        .Select(line => line.Split('\t'))
        .Where(cells => double.TryParse(cells[1], CultureInfo.InvariantCulture, out _))
        .ToDictionary(
            cells => cells[0],
            cells => cells.Skip(1).Take(2).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray());
}
