namespace KmsgOom.Cli.Text;

/// <summary>The head of the counts: how many, since when, and what the numbers leave out.</summary>
internal static class StatsTotalsText
{
    public static void Write(Screen screen, OomHistoryReport report)
    {
        OomHistoryTotals totals = report.Totals;
        bool countsOthers = totals.OtherKinds == 0 && report.Kinds.Rows.Any(row => row.Key != "oom");
        string noun = countsOthers ? "event" : "OOM event";
        screen.Heading($"{Words.Count(totals.Events, noun)}, {Words.Count(totals.Kills, "kill")}{DescribeSpan(totals)}");
        if (totals.Events == 0)
        {
            screen.Paragraph(totals.OtherKinds > 0 ? $"No kernel OOM; {Words.Count(totals.OtherKinds, "event")} of other kinds (--all-kinds counts them)." : "No kernel OOM.");
            return;
        }

        screen.Paragraph(DescribePattern(report));
        screen.Field("Scope", string.Join(", ", report.Scopes.Rows.Select(row => $"{row.Key} {Words.Number(row.Events)}")));
        screen.Field("Held", $"{Sizes.FromBytes(totals.KilledRssBytes)} resident by all who were killed; memory they shared counts for each");
        if (totals.Reaped + totals.ReaperUnable > 0)
        {
            screen.Field("Reaper", $"took back the memory of {Words.Count(totals.Reaped, "victim")}, unable for {Words.Number(totals.ReaperUnable)}");
        }

        if (totals.SuppressedReports + totals.KillsWithoutReport > 0)
        {
            screen.Field(
                "Rate limit",
                $"the kernel says it suppressed {Words.Count(totals.SuppressedReports, "report")}; {Words.Count(totals.KillsWithoutReport, "event")} with only a kill line; "
                + $"at least {Words.Count(totals.KernelOomsAtLeast, "OOM")} happened",
                Ink.Warning);
        }

        string[] caveats = [.. DescribeCaveats(totals)];
        if (caveats.Length > 0)
        {
            screen.Field("Notes", string.Join("; ", caveats), Ink.Warning);
        }
    }

    private static string DescribeSpan(OomHistoryTotals totals) => (totals.First, totals.Last) switch
    {
        ({ } first, { } last) when first == last => $", {Spans.Clock(first)}",
        ({ } first, { } last) when totals.HasSeveralZones => $", {Spans.Clock(first)}{Spans.Zone(first)} to {Spans.Clock(last)}{Spans.Zone(last)}",
        ({ } first, { } last) => $", {Spans.Clock(first)} to {Spans.Clock(last)}",
        _ => "",
    };

    private static string DescribePattern(OomHistoryReport report)
    {
        List<string> parts = [];
        if (report.Days.Rows.Length > 0)
        {
            parts.Add($"On {Words.Count(report.Days.Rows.Length, "day")}{(report.Days.Other.Events > 0 ? " and more" : "")}");
        }

        if (report.Bursts is [OomBurst largest, ..])
        {
            long inBursts = report.Bursts.Sum(burst => burst.Events);
            parts.Add($"{Words.Count(report.Bursts.Length, "burst")} with {Words.Number(inBursts)} of the events, the largest {Words.Number(largest.Events)} in {Spans.Of(largest.Duration)}");
        }
        else
        {
            parts.Add("no bursts");
        }

        if (report.Intervals is { Count: > 0 } intervals)
        {
            parts.Add($"between events {Spans.Of(intervals.Min)} to {Spans.Of(intervals.Max)}, median {Spans.Of(intervals.Median)}");
        }

        if (report.Totals.BootsAtLeast > 0)
        {
            parts.Add($"{Words.Count(report.Totals.BootsAtLeast, "boot")} at least");
        }

        string text = string.Join("; ", parts);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    private static IEnumerable<string> DescribeCaveats(OomHistoryTotals totals)
    {
        (long Number, string Text)[] counts =
        [
            (totals.OtherKinds, "of other kinds not counted (--all-kinds)"),
            (totals.Repeated, "met before, counted once"),
            (totals.Panics, "ended in a panic"),
            (totals.Incomplete, "incomplete"),
            (totals.Unfinished, "cut off before a victim"),
            (totals.WithoutDate, "without a date"),
            (totals.WithoutTime, "without any time"),
            (totals.BeyondTimeline, "too many for bursts and intervals"),
        ];
        foreach ((long number, string text) in counts)
        {
            if (number > 0)
            {
                yield return $"{Words.Number(number)} {text}";
            }
        }

        if (totals.KillsWithoutRss > 0)
        {
            yield return $"{Words.Count(totals.KillsWithoutRss, "kill")} without a size";
        }

        if (totals.LostMessages > 0)
        {
            yield return $"{Words.Count(totals.LostMessages, "kernel message")} lost";
        }

        if (totals.HasMixedZones)
        {
            yield return "times with and without a zone are mixed, intervals may be hours off";
        }

        if (totals.HasSeveralZones)
        {
            yield return "times have several zones: days, hours and the timeline go by the clock as printed";
        }
    }
}
