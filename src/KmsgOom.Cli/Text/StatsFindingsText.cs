namespace KmsgOom.Cli.Text;

/// <summary>Bursts, restart loops, and growth.</summary>
internal static class StatsFindingsText
{
    public static void Write(Screen screen, OomHistoryReport report, int top)
    {
        if (report.Bursts.Length + report.RestartLoops.Length + report.Growth.Length > 0)
        {
            screen.Blank();
        }

        string label = "Burst";
        foreach (OomBurst burst in report.Bursts.Take(top))
        {
            screen.Field(label, Describe(burst));
            label = "";
        }

        AddMore(screen, report.Bursts.Length, top);
        label = "Loop";
        foreach (OomRestartLoop loop in report.RestartLoops.Take(top))
        {
            string pace = $"every {Spans.Of(loop.Intervals.Median)} ({Spans.Of(loop.Intervals.Min)} to {Spans.Of(loop.Intervals.Max)})";
            screen.Field(label, $"{Who(loop.Program, loop.Workload, loop.Host)}: killed {Words.Number(loop.Kills)} times, {pace}", Ink.Warning);
            label = "";
        }

        AddMore(screen, report.RestartLoops.Length, top);
        label = "Again";
        foreach (OomGrowth growth in report.Growth.Take(top))
        {
            screen.Field(label, Describe(growth), growth.IsRising ? Ink.Warning : Ink.Plain);
            label = "";
        }

        AddMore(screen, report.Growth.Length, top);
    }

    private static string Describe(OomBurst burst)
    {
        string when = burst.First is { } first ? $", {Spans.Clock(first)}" : burst.FirstUptime is { } uptime ? $", {Words.Seconds(uptime)} after boot" : "";
        string more = burst.ProgramCount > burst.Programs.Length ? $" and {Words.Number(burst.ProgramCount - burst.Programs.Length)} more" : "";
        string programs = burst.ProgramCount == 0 ? "" : $": {string.Join(", ", burst.Programs.Select(Name))}{more}";
        string host = burst.Host is { } name ? $" on {name}" : "";
        return $"{Words.Count(burst.Events, "event")}, {Words.Count(burst.Kills, "kill")} in {Spans.Of(burst.Duration)}{host}{when}{programs}";
    }

    private static string Describe(OomGrowth growth)
    {
        string change = growth.FirstRssBytes == growth.LastRssBytes
            ? $"held {Sizes.FromBytes(growth.FirstRssBytes)} at the first kill and at the last"
            : $"held {Sizes.FromBytes(growth.FirstRssBytes)} at the first kill, {Sizes.FromBytes(growth.LastRssBytes)} at the last";
        string slope = growth.BytesPerHour is { } rate && growth.FirstRssBytes != growth.LastRssBytes
            ? $" ({(rate > 0 ? "+" : "-")}{Sizes.FromMiB(Math.Abs(rate) / 1048576.0)} an hour)"
            : "";
        string rising = growth.IsRising ? ", more each time" : "";
        return $"{Who(growth.Program, growth.Workload, growth.Host)}: {Words.Count(growth.Kills, "event")}, {change}{slope}{rising}";
    }

    private static void AddMore(Screen screen, int count, int top)
    {
        if (count > top)
        {
            screen.Field("", $"and {Words.Number(count - top)} more (--top)");
        }
    }

    private static string Who(string program, string? workload, string? host) =>
        $"{Name(program)}{(workload is null ? "" : $" in {workload}")}{(host is null ? "" : $" on {host}")}";

    private static string Name(string program) => PrintableText.OfName(new TaskName(program));
}
