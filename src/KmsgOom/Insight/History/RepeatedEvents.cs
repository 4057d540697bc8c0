namespace KmsgOom.Insight;

/// <summary>Knows the events that were added, so that a log given twice, or two logs of one machine, count once.</summary>
internal sealed class RepeatedEvents(int maxEvents)
{
    // The same event in a log with a zone and in one without.
    private static readonly long Tolerance = TimeSpan.FromHours(26).Ticks;

    // Loggers take a while to write; zones are quarters of an hour apart.
    private static readonly long Delay = TimeSpan.FromSeconds(2).Ticks;
    private static readonly long Zone = TimeSpan.FromMinutes(15).Ticks;

    private readonly Dictionary<Fingerprint, OomTimestamp?> _known = [];
    private readonly Dictionary<Portrait, Sighting> _seen = [];

    /// <summary>Tells whether the event was met before, and remembers it.</summary>
    /// <remarks>
    /// Only what cannot be two events is one: the same task at the same microsecond since boot, or dead at the same wall-clock time, on one host; or of exactly the
    /// same size in two logs that tell the time in different ways.
    /// </remarks>
    public bool Contains(OomEvent oomEvent) => IsKnown(oomEvent) | WasSeen(oomEvent);

    private bool IsKnown(OomEvent oomEvent)
    {
        if (FingerprintOf(oomEvent) is not { } fingerprint)
        {
            return false;
        }

        OomTimestamp? time = HistoryVictims.TimeOf(oomEvent);
        if (_known.TryGetValue(fingerprint, out OomTimestamp? known))
        {
            return known is not { } before || time is not { } now || Math.Abs(HistoryClock.TicksOf(before) - HistoryClock.TicksOf(now)) <= Tolerance;
        }

        if (_known.Count < maxEvents)
        {
            _known.Add(fingerprint, time);
        }

        return false;
    }

    private bool WasSeen(OomEvent oomEvent)
    {
        if (oomEvent.Victims is not [{ TotalVmKiB: { } totalVm, AnonRssKiB: { } anonRss } victim, ..])
        {
            return false;
        }

        Portrait portrait = new(oomEvent.Kind, victim.Pid, victim.Name, totalVm, anonRss);
        Sighting sighting = new(HistoryWords.OrNull(oomEvent.Host), victim.Uptime ?? oomEvent.Uptime, HistoryVictims.TimeOf(oomEvent));
        bool isKnown = _seen.TryGetValue(portrait, out Sighting before);
        if (isKnown || _seen.Count < maxEvents)
        {
            _seen[portrait] = sighting;
        }

        return isKnown && IsSame(before, sighting);
    }

    private static bool IsSame(Sighting one, Sighting other)
    {
        if (one.Host is not null && other.Host is not null && one.Host != other.Host)
        {
            return false;
        }

        if (one.Uptime is { } uptime && other.Uptime is { } otherUptime)
        {
            // Of one host they are known by it; of two logs, one without a host, it is the same boot where clocks do not say otherwise.
            return uptime == otherUptime && (one.Time is null || other.Time is null || AreNear(one.Time.Value, other.Time.Value));
        }

        return one.Time is { } time && other.Time is { } otherTime && AreNear(time, otherTime);
    }

    private static bool AreNear(OomTimestamp one, OomTimestamp other)
    {
        long apart = Math.Abs(HistoryClock.TicksOf(one) - HistoryClock.TicksOf(other));
        long rest = apart % Zone;
        return apart <= Tolerance && Math.Min(rest, Zone - rest) <= Delay;
    }

    private static Fingerprint? FingerprintOf(OomEvent oomEvent)
    {
        string? host = HistoryWords.OrNull(oomEvent.Host);
        if (oomEvent.Victims is [OomVictim victim, ..])
        {
            long? uptime = (victim.Uptime ?? oomEvent.Uptime)?.Ticks;
            long? time = uptime is null ? (victim.Time ?? oomEvent.Time)?.DateTime.Ticks : null;
            return uptime is null && time is null ? null : new Fingerprint(oomEvent.Kind, host, uptime, time, victim.Pid, victim.Name);
        }

        return oomEvent is { Uptime: { } since, Trigger: { Pid: { } pid, Name: { } name } }
            ? new Fingerprint(oomEvent.Kind, host, since.Ticks, null, pid, name)
            : null;
    }

    /// <summary>What a victim looks like, however a log tells the time.</summary>
    private readonly record struct Portrait(OomEventKind Kind, int Pid, TaskName Name, long TotalVmKiB, long AnonRssKiB);

    private readonly record struct Sighting(string? Host, TimeSpan? Uptime, OomTimestamp? Time);

    private readonly record struct Fingerprint(OomEventKind Kind, string? Host, long? Uptime, long? Time, int Pid, TaskName Name);
}
