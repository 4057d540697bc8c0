using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>A bar for each minute, hour, day, week, month or year.</summary>
internal static class TimelineText
{
    private const int BarWidth = 40;

    public static void Write(Screen screen, OomTimeline timeline)
    {
        if (timeline.Buckets.Length == 0)
        {
            return;
        }

        screen.Blank();
        screen.Row($"Events by {timeline.Unit.ToString().ToLowerInvariant()}", Ink.Label);
        long most = timeline.Buckets.Max(bucket => bucket.Events);
        int quiet = 0;
        foreach (OomTimelineBucket bucket in timeline.Buckets)
        {
            // Long silence takes one row.
            if (bucket.Events == 0)
            {
                quiet++;
                continue;
            }

            WriteQuiet(screen, quiet, timeline.Unit);
            quiet = 0;
            int length = Math.Max(1, (int)((Int128)bucket.Events * BarWidth / most));
            screen.Row($"{Label(bucket.Start, timeline.Unit),-16}  {new string('#', length)} {Words.Number(bucket.Events)}");
        }
    }

    private static void WriteQuiet(Screen screen, int quiet, OomTimelineUnit unit)
    {
        if (quiet > 0)
        {
            string noun = unit.ToString().ToLowerInvariant();
            string many = noun == "century" ? "centuries" : noun + "s";
            screen.Row($"{"",-16}  ({Words.Number(quiet)} {(quiet == 1 ? noun : many)} without)");
        }
    }

    private static string Label(DateTime start, OomTimelineUnit unit) => start.ToString(
        unit switch
        {
            OomTimelineUnit.Minute or OomTimelineUnit.Hour => "yyyy-MM-dd HH:mm",
            OomTimelineUnit.Day or OomTimelineUnit.Week => "yyyy-MM-dd",
            OomTimelineUnit.Month => "yyyy-MM",
            _ => "yyyy",
        },
        CultureInfo.InvariantCulture);
}
