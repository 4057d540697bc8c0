using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;

namespace KmsgOom.Reports;

/// <summary>How long more is awaited for a report, by the clock that its lines carry.</summary>
internal static class ReportWindow
{
    public const long Microseconds = 5_000_000;

    /// <summary>Stamps of different CPUs are not strictly ordered; a reboot goes back by more.</summary>
    public const long ClockSlackMicroseconds = 1_000_000;

    public const long Bytes = 1 << 20;

    /// <summary>Loggers write down lines out of order, but not by a minute; a log whose newest lines come first goes back by more.</summary>
    private const long OtherTimeTicks = TimeSpan.TicksPerMinute;

    /// <summary>Tells whether a line comes too late for an open report, or from another boot.</summary>
    public static bool IsOver(OomReport report, in Envelope envelope, long offset)
    {
        ref ReportFacts facts = ref report.Facts;
        bool isEarlier = envelope.UptimeMicroseconds >= 0 && facts.LastUptime >= 0
            ? facts.LastUptime - envelope.UptimeMicroseconds > ClockSlackMicroseconds
            : envelope.Wall.IsPresent && facts.LastWall.IsPresent && facts.LastWall.Order - envelope.Wall.Order > OtherTimeTicks;
        return isEarlier || IsOverdue(report, in envelope, offset);
    }

    /// <summary>Tells the same of a line whose wall clock is that of the line before.</summary>
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
        if (envelope.UptimeMicroseconds >= 0 && facts.LastUptime >= 0)
        {
            return envelope.UptimeMicroseconds - facts.LastUptime > Microseconds;
        }

        if (envelope.Wall.IsPresent && facts.LastWall.IsPresent)
        {
            return envelope.Wall.Order - facts.LastWall.Order > Microseconds * TimeSpan.TicksPerMicrosecond;
        }

        return offset - facts.LastOffset > Bytes;
    }

    /// <summary>Tells whether another host's line stands so far behind that a report must not keep others waiting: a minute, or a mebibyte.</summary>
    public static bool IsLongOver(OomReport report, in Envelope envelope, long offset) => offset - report.Facts.LastOffset > Bytes
        || (envelope.Wall.IsPresent && report.Facts.LastWall.IsPresent && envelope.Wall.Order - report.Facts.LastWall.Order > OtherTimeTicks);
}
