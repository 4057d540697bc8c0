using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace KmsgOom.Cli;

/// <summary>The counts as one JSON object of the schema <c>kmsgoom-stats/1</c>.</summary>
internal static class StatsJson
{
    public const string Schema = "kmsgoom-stats/1";

    public static byte[] Write(OomHistoryReport report, StatsTable by, int? top)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            WriteTotals(writer, report.Totals);
            foreach ((string name, StatsTable table, OomHistoryTable rows) in Tables(report))
            {
                if (by == StatsTable.Summary || by == table)
                {
                    WriteTable(writer, name, rows, top);
                }
            }

            if (by == StatsTable.Summary)
            {
                WriteFindings(writer, report, top ?? int.MaxValue);
            }

            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static IEnumerable<(string Name, StatsTable By, OomHistoryTable Rows)> Tables(OomHistoryReport report) =>
    [
        ("programs", StatsTable.Program, report.Programs),
        ("workloads", StatsTable.Workload, report.Workloads),
        ("hosts", StatsTable.Host, report.Hosts),
        ("days", StatsTable.Day, report.Days),
        ("hours", StatsTable.Hour, report.Hours),
        ("scopes", StatsTable.Summary, report.Scopes),
        ("constraints", StatsTable.Summary, report.Constraints),
        ("kinds", StatsTable.Summary, report.Kinds),
    ];

    private static void WriteTotals(Utf8JsonWriter writer, OomHistoryTotals totals)
    {
        writer.WriteStartObject("totals");
        writer.WriteNumber("events", totals.Events);
        writer.WriteNumber("other_kinds", totals.OtherKinds);
        writer.WriteNumber("repeated", totals.Repeated);
        writer.WriteNumber("kills", totals.Kills);
        writer.WriteNumber("killed_rss_bytes", totals.KilledRssBytes);
        writer.WriteNumber("kills_without_rss", totals.KillsWithoutRss);
        writer.WriteNumber("reaped", totals.Reaped);
        writer.WriteNumber("reaper_unable", totals.ReaperUnable);
        writer.WriteNumber("kills_without_report", totals.KillsWithoutReport);
        writer.WriteNumber("suppressed_reports", totals.SuppressedReports);
        writer.WriteNumber("kernel_ooms_at_least", totals.KernelOomsAtLeast);
        writer.WriteNumber("lost_messages", totals.LostMessages);
        writer.WriteNumber("incomplete", totals.Incomplete);
        writer.WriteNumber("unfinished", totals.Unfinished);
        writer.WriteNumber("panics", totals.Panics);
        writer.WriteNumber("without_date", totals.WithoutDate);
        writer.WriteNumber("without_time", totals.WithoutTime);
        writer.WriteNumber("beyond_timeline", totals.BeyondTimeline);
        writer.WriteNumber("boots_at_least", totals.BootsAtLeast);
        writer.WriteBoolean("has_mixed_zones", totals.HasMixedZones);
        writer.WriteBoolean("has_several_zones", totals.HasSeveralZones);
        WriteSpan(writer, totals.First, totals.Last);
        writer.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter writer, string name, OomHistoryTable table, int? top)
    {
        ImmutableArray<OomHistoryCount> rows = table.Rows;
        writer.WriteStartArray(name);
        foreach (OomHistoryCount row in rows.Take(top ?? int.MaxValue))
        {
            WriteRow(writer, row);
        }

        writer.WriteEndArray();
        writer.WriteNumber($"{name}_left_out", Math.Max(0, rows.Length - (top ?? int.MaxValue)));
        if (table.Other.Events > 0)
        {
            writer.WritePropertyName($"{name}_other");
            WriteRow(writer, table.Other);
        }
    }

    private static void WriteRow(Utf8JsonWriter writer, OomHistoryCount row)
    {
        writer.WriteStartObject();
        writer.WriteString("key", row.Key);
        writer.WriteNumber("events", row.Events);
        writer.WriteNumber("kills", row.Kills);
        writer.WriteNumber("rss_bytes", row.RssBytes);
        WriteSpan(writer, row.First, row.Last);
        writer.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter writer, OomHistoryReport report, int top)
    {
        WriteIntervals(writer, "intervals", report.Intervals);
        writer.WriteStartObject("timeline");
        writer.WriteString("unit", report.Timeline.Unit.ToString().ToLowerInvariant());
        writer.WriteStartArray("buckets");
        foreach (OomTimelineBucket bucket in report.Timeline.Buckets)
        {
            writer.WriteStartObject();
            writer.WriteString("start", bucket.Start.ToString("s", CultureInfo.InvariantCulture));
            writer.WriteNumber("events", bucket.Events);
            writer.WriteNumber("kills", bucket.Kills);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartArray("bursts");
        foreach (OomBurst burst in report.Bursts.Take(top))
        {
            WriteBurst(writer, burst);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("restart_loops");
        foreach (OomRestartLoop loop in report.RestartLoops.Take(top))
        {
            writer.WriteStartObject();
            WriteWho(writer, loop.Host, loop.Workload, loop.Program);
            writer.WriteNumber("kills", loop.Kills);
            WriteIntervals(writer, "intervals", loop.Intervals);
            WriteSpan(writer, loop.First, loop.Last);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("growth");
        foreach (OomGrowth growth in report.Growth.Take(top))
        {
            WriteGrowth(writer, growth);
        }

        writer.WriteEndArray();
    }

    private static void WriteBurst(Utf8JsonWriter writer, OomBurst burst)
    {
        writer.WriteStartObject();
        writer.WriteString("host", burst.Host);
        writer.WriteNumber("events", burst.Events);
        writer.WriteNumber("kills", burst.Kills);
        WriteSpan(writer, burst.First, burst.Last);
        if (burst.FirstUptime is { } uptime)
        {
            writer.WriteNumber("first_uptime_seconds", Seconds(uptime));
        }

        writer.WriteNumber("duration_seconds", Seconds(burst.Duration));
        writer.WriteStartArray("programs");
        foreach (string program in burst.Programs)
        {
            writer.WriteStringValue(program);
        }

        writer.WriteEndArray();
        writer.WriteNumber("program_count", burst.ProgramCount);
        writer.WriteEndObject();
    }

    private static void WriteGrowth(Utf8JsonWriter writer, OomGrowth growth)
    {
        writer.WriteStartObject();
        WriteWho(writer, growth.Host, growth.Workload, growth.Program);
        writer.WriteNumber("kills", growth.Kills);
        writer.WriteNumber("first_rss_bytes", growth.FirstRssBytes);
        writer.WriteNumber("last_rss_bytes", growth.LastRssBytes);
        writer.WriteNumber("peak_rss_bytes", growth.PeakRssBytes);
        if (growth.Duration is { } duration)
        {
            writer.WriteNumber("duration_seconds", Seconds(duration));
        }

        if (growth.BytesPerHour is { } slope)
        {
            writer.WriteNumber("bytes_per_hour", Math.Round(slope));
        }

        writer.WriteBoolean("is_rising", growth.IsRising);
        writer.WriteEndObject();
    }

    private static void WriteWho(Utf8JsonWriter writer, string? host, string? workload, string program)
    {
        writer.WriteString("host", host);
        writer.WriteString("workload", workload);
        writer.WriteString("program", program);
    }

    private static void WriteIntervals(Utf8JsonWriter writer, string name, OomIntervals intervals)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("count", intervals.Count);
        if (intervals.Count > 0)
        {
            writer.WriteNumber("min_seconds", Seconds(intervals.Min));
            writer.WriteNumber("median_seconds", Seconds(intervals.Median));
            writer.WriteNumber("max_seconds", Seconds(intervals.Max));
        }

        writer.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter writer, OomTimestamp? first, OomTimestamp? last)
    {
        if (first is { } from && last is { } to)
        {
            writer.WriteString("first", from.ToString());
            writer.WriteString("last", to.ToString());
        }
    }

    private static decimal Seconds(TimeSpan time) => time.Ticks / (decimal)TimeSpan.TicksPerSecond;
}
