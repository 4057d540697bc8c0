using KmsgOom.Envelopes;
using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>Two reports of one machine that run into each other: only since 4.2 does a lock keep them apart.</summary>
/// <remarks>
/// Lines do not say whose they are, but reports print their sections in one order, and who began first is ahead: a section that
/// both lack is the older report's. What names a task or a pid decides by that.
/// </remarks>
internal static class Interleaving
{
    // A report that has been silent for longer was cut short; the next trigger is not inside it.
    private const long MaxGapMicroseconds = 1_000_000;

    /// <summary>Tells whether an unfinished report may go on behind the trigger of another one.</summary>
    public static bool MayGoOn(OomReport report, in Envelope trigger)
    {
        ref ReportFacts facts = ref report.Facts;
        if (facts.IsSettled || !MayBeOlderThan42(report))
        {
            return false;
        }

        if (trigger.UptimeMicroseconds >= 0 && facts.LastUptime >= 0)
        {
            return Math.Abs(trigger.UptimeMicroseconds - facts.LastUptime) <= MaxGapMicroseconds;
        }

        return trigger.Wall.IsPresent && facts.LastWall.IsPresent
            && Math.Abs(trigger.Wall.Order - facts.LastWall.Order) <= MaxGapMicroseconds * TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>Chooses the report of a section's first line.</summary>
    /// <param name="older">The report that began first.</param>
    /// <param name="newer">The report whose trigger came in between.</param>
    /// <param name="section">The section that begins.</param>
    public static OomReport Choose(OomReport older, OomReport newer, OomSections section)
    {
        OomReport chosen = (older.Facts.Sections & section) == 0 ? older : newer;
        return ReferenceEquals(chosen, older) ? Mark(older, newer) : newer;
    }

    /// <summary>Chooses the report that has a task; null where the tables do not tell them apart.</summary>
    public static OomReport? ChooseByTask(OomReport older, OomReport newer, int pid)
    {
        bool isAnnouncedByOlder = older.Facts is { HasAnnounced: true } && older.Facts.AnnouncedPid == pid;
        bool isAnnouncedByNewer = newer.Facts is { HasAnnounced: true } && newer.Facts.AnnouncedPid == pid;
        bool isOlder = isAnnouncedByOlder == isAnnouncedByNewer ? HasTask(older, pid) : isAnnouncedByOlder;
        bool isNewer = isAnnouncedByOlder == isAnnouncedByNewer ? HasTask(newer, pid) : isAnnouncedByNewer;
        return isOlder == isNewer ? null : isOlder ? Mark(older, newer) : newer;
    }

    /// <summary>Chooses the report whose trigger was this task; null where both or neither were.</summary>
    public static OomReport? ChooseByTrigger(OomReport older, OomReport newer, TaskName name)
    {
        bool isOlder = older.Facts.TriggerName == name;
        bool isNewer = newer.Facts.TriggerName == name;
        return isOlder == isNewer ? null : isOlder ? Mark(older, newer) : newer;
    }

    /// <summary>A line of the older report behind the newer one's trigger proves that they run into each other.</summary>
    private static OomReport Mark(OomReport older, OomReport newer)
    {
        older.Facts.IsInterleaved = newer.Facts.IsInterleaved = true;
        return older;
    }

    public static bool HasTask(OomReport report, int pid)
    {
        foreach (ref readonly OomTask task in report.Tasks.AsSpan())
        {
            if (task.Pid == pid)
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayBeOlderThan42(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        if (!facts.Release.IsPresent)
        {
            // Names of the allocation flags are younger (4.6).
            return facts.GfpMask is not null && !facts.GfpFlags.IsPresent;
        }

        Utf8Cursor release = new(report.Get(facts.Release));
        return release.TryTakeInt32(out int major) && release.TryTake((byte)'.') && release.TryTakeInt32(out int minor) && (major < 4 || (major == 4 && minor < 2));
    }
}
