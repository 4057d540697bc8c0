using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>The counts for a person.</summary>
internal sealed class StatsText(bool usesColors)
{
    private const int SummaryRows = 5;
    private const string Header = "   kills   events    RSS MiB  last              ";

    private readonly Screen _screen = new(usesColors);

    public string Render(OomHistoryReport report, StatsTable by, int? top)
    {
        OomHistoryTotals totals = report.Totals;
        StatsTotalsText.Write(_screen, report);
        if (totals.Events == 0)
        {
            return _screen.Take();
        }

        if (by == StatsTable.Summary)
        {
            WriteSummary(report, top ?? SummaryRows);
        }
        else
        {
            (string title, OomHistoryTable table) = by switch
            {
                StatsTable.Program => ("program", report.Programs),
                StatsTable.Workload => ("workload", report.Workloads),
                StatsTable.Host => ("host", report.Hosts),
                StatsTable.Hour => ("hour", report.Hours),
                _ => ("day", report.Days),
            };
            WriteTable(title, table, top ?? int.MaxValue);
        }

        return _screen.Take();
    }

    private void WriteSummary(OomHistoryReport report, int top)
    {
        WriteTable("program", report.Programs, top);
        if (report.Workloads.Rows.Any(row => row.Key is not null))
        {
            WriteTable("workload", report.Workloads, top);
        }

        if (report.Hosts.Rows.Length > 1)
        {
            WriteTable("host", report.Hosts, top);
        }

        TimelineText.Write(_screen, report.Timeline);
        StatsFindingsText.Write(_screen, report, top);
    }

    private void WriteTable(string title, OomHistoryTable table, int top)
    {
        if (table.Rows.Length == 0)
        {
            return;
        }

        _screen.Blank();
        _screen.Row(Header + title, Ink.Label);
        foreach (OomHistoryCount row in table.Rows.Take(top))
        {
            WriteRow(row, row.Key switch
            {
                null => $"(no {title} in the log)",
                "" => "\"\"",
                _ => title == "hour" ? $"{row.Key}:00" : PrintableText.Of(row.Key),
            });
        }

        int leftOut = table.Rows.Length - Math.Min(top, table.Rows.Length);
        if (leftOut > 0)
        {
            _screen.Row($"{new string(' ', Header.Length)}and {Words.Number(leftOut)} more (--by {title})");
        }

        if (table.Other.Events > 0)
        {
            WriteRow(table.Other, $"(other {title}s: too many to keep apart)");
        }
    }

    private void WriteRow(OomHistoryCount row, string key)
    {
        string last = row.Last is { } time ? time.DateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "-";
        string lead = string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Kills,8} {row.Events,8} {Sizes.ToMiBNumber(row.RssBytes / 1048576.0),10}  {last,-16}  ");
        _screen.Row(lead + PrintableText.Shorten(key, Math.Max(8, Screen.Width - lead.Length)));
    }
}
