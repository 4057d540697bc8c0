using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace KmsgOom.Benchmarks;

/// <summary>Targets and what was reached, as a chart and as a table.</summary>
internal static class TargetChart
{
    private const double Width = 960;

    // The names at the left: the library measures text too short.
    private const double NamesWidth = 400;
    private const double RowHeight = 23;
    private const double FrameHeight = 90;

    /// <summary>Draws a bar per target: to the right of the middle is better than wanted.</summary>
    public static void Draw(Target[] targets, string path)
    {
        // A bar chart fills from below.
        Target[] rows = [.. targets.Where(target => double.IsFinite(target.Score)).Reverse()];
        PlotModel plot = new()
        {
            Title = "Reached ÷ target (1 is the target, to the right is better)",
            TitleFontSize = 14,
            Background = OxyColors.White,
            DefaultFont = "sans-serif",
            PlotMargins = new OxyThickness(NamesWidth, double.NaN, double.NaN, double.NaN),
        };
        CategoryAxis names = new() { Position = AxisPosition.Left, GapWidth = 0.35, TickStyle = TickStyle.None };
        names.Labels.AddRange(rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Work}: {Format(row.Reached)} ({Sign(row)} {row.Goal} {row.Unit})")));
        plot.Axes.Add(names);
        plot.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Bottom,
            Base = 2,
            Minimum = Math.Min(0.125, rows.Min(row => row.Score) * 0.9),
            Maximum = Math.Max(4, rows.Max(row => row.Score) * 1.1),
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
            ExtraGridlines = [1],
            ExtraGridlineThickness = 2,
            ExtraGridlineColor = OxyColors.Black,
        });
        BarSeries bars = new() { BaseValue = 1, StrokeThickness = 0 };
        bars.Items.AddRange(rows.Select(row => new BarItem(row.Score) { Color = row.Score >= 1 ? OxyColors.SeaGreen : OxyColors.Firebrick }));
        plot.Series.Add(bars);
        using FileStream file = File.Create(path);
        new SvgExporter { Width = Width, Height = FrameHeight + (RowHeight * rows.Length), UseVerticalTextAlignmentWorkaround = true }.Export(plot, file);
    }

    /// <summary>Writes the same as a table in Markdown.</summary>
    public static void WriteTable(Target[] targets, TextWriter output)
    {
        output.WriteLine("| Work | Target | Reached | | Command |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (Target target in targets)
        {
            string verdict = double.IsNaN(target.Score) ? "not measured" : target.Score >= 1 ? "yes" : "no";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {target.Work} | {Sign(target)} {target.Goal} {target.Unit} | {Format(target.Reached)} | {verdict} | `{target.Command}` |"));
        }
    }

    private static string Sign(Target target) => target.IsLimit ? "≤" : "≥";

    private static string Format(double number) =>
        double.IsNaN(number) ? "–" : number.ToString(number >= 100 ? "F0" : number >= 10 ? "F1" : "F3", CultureInfo.InvariantCulture);
}
