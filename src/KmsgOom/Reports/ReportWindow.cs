using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;

namespace KmsgOom.Reports;

/// <summary>How long more is awaited for a report, by the clock that its lines carry.</summary>
internal static class ReportWindow
{
    public const long Microseconds = 5_000_000;

    /// <summary>In the middle of its sections a report is not over so soon: a slow console, a CPU that is locked up, keep its lines back.</summary>
    private const long MicrosecondsInside = 60_000_000;

    /// <summary>Stamps of different CPUs are not strictly ordered; a reboot goes back by more.</summary>
    public const long ClockSlackMicroseconds = 1_000_000;

    public const long Bytes = 1 << 20;

    /// <summary>Loggers write down lines out of order, but not by a minute; a log whose newest lines come first goes back by more.</summary>
    private const long OtherTimeTicks = TimeSpan.TicksPerMinute;

    /// <summary>
    /// Loggers stand still for minutes while memory is short; where the wall clock goes on by more than the uptime and this, the machine was booted anew.
    /// </summary>
    private const long OtherBootTicks = 10 * TimeSpan.TicksPerMinute;

    /// <summary>Tells whether a line comes too late for an open report, or from another boot.</summary>
    public static bool IsOver(OomReport report, in Envelope envelope, long offset)
    {
        ref ReportFacts facts = ref report.Facts;
        bool isEarlier = envelope.UptimeMicroseconds >= 0 && facts.LastUptime >= 0
            ? facts.LastUptime - envelope.UptimeMicroseconds > ClockSlackMicroseconds
            : envelope.Wall.IsPresent && facts.LastWall.IsPresent && facts.LastWall.Order - envelope.Wall.Order > OtherTimeTicks;
        return isEarlier || IsOverdue(report, in envelope, offset);
    }

    /// <summary>Tells the same, maybe too often, of a line whose wall clock is that of the line before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOver(OomReport report, long uptimeMicroseconds, long offset)
    {
        ref ReportFacts facts = ref report.Facts;
        return uptimeMicroseconds >= 0 && facts.LastUptime >= 0
            ? facts.LastUptime - uptimeMicroseconds > ClockSlackMicroseconds || uptimeMicroseconds - facts.LastUptime > Microseconds
            : offset - facts.LastOffset > Bytes;
    }

    /// <summary>Tells whether a line comes too late for an open report.</summary>
    public static bool IsOverdue(OomReport report, in Envelope envelope, long offset)
    {
        ref ReportFacts facts = ref report.Facts;
        return IsBehind(in facts, in envelope, facts.IsSettled || facts.Section <= OomSections.Trigger ? Microseconds : MicrosecondsInside, offset);
    }

    /// <summary>Tells whether a line that is none of the report's proves that no more of it will come.</summary>
    public static bool IsEndedBy(OomReport report, in Envelope foreign, long offset)
    {
        ref ReportFacts facts = ref report.Facts;
        if (foreign.UptimeMicroseconds < 0 && facts.LastUptime >= 0)
        {
            // A program's line, by the logger's clock: the kernel's own lines may be late, and tell by their stamps how late.
            return offset - facts.LastOffset > Bytes || IsOfOtherBoot(facts.LastWall, foreign.Wall);
        }

        // The first lines of a boot have no other stamp.
        bool isBoot = foreign.UptimeMicroseconds == 0 && facts.LastUptime > ClockSlackMicroseconds;
        return isBoot || IsOverdue(report, in foreign, offset);
    }

    /// <summary>Tells whether a kill comes so late that an open report must name the task to have it.</summary>
    public static bool IsLate(OomReport report, in Envelope envelope, long offset) => IsBehind(in report.Facts, in envelope, Microseconds, offset);

    /// <summary>Tells whether a line comes more than some time behind the last one of a report.</summary>
    public static bool IsBehind(in ReportFacts facts, in Envelope envelope, long microseconds, long offset) =>
        envelope.UptimeMicroseconds >= 0 && facts.LastUptime >= 0 ? IsBehind(in facts, envelope.UptimeMicroseconds - facts.LastUptime, in envelope, microseconds)
        : envelope.Wall.IsPresent && facts.LastWall.IsPresent ? envelope.Wall.Order - facts.LastWall.Order > microseconds * TimeSpan.TicksPerMicrosecond
        : offset - facts.LastOffset > Bytes;

    // In the middle of a report whose uptime runs on, somebody may set the clock.
    private static bool IsBehind(in ReportFacts facts, long uptimeGap, in Envelope envelope, long microseconds) => uptimeGap > microseconds
        || ((facts.IsSettled || uptimeGap is < 0 or > ClockSlackMicroseconds) && IsOfOtherBoot(facts.LastWall, envelope.Wall));

    /// <summary>Tells whether so much time has passed between two lines of nearly the same uptime that they are of two boots.</summary>
    public static bool IsOfOtherBoot(WallClock earlier, WallClock later) =>
        later.Order - earlier.Order > OtherBootTicks && earlier.IsPresent && earlier.HasOffset == later.HasOffset;

    /// <summary>Tells whether another host's line stands so far behind that a report must not keep others waiting: a minute, or a mebibyte.</summary>
    public static bool IsLongOver(OomReport report, in Envelope envelope, long offset) => offset - report.Facts.LastOffset > Bytes
        || (envelope.Wall.IsPresent && report.Facts.LastWall.IsPresent && envelope.Wall.Order - report.Facts.LastWall.Order > OtherTimeTicks);
}
