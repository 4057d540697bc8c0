namespace KmsgOom.Insight;

/// <summary>Knows the events that were added, so that a log given twice, or two logs of one machine, count once.</summary>
internal sealed class RepeatedEvents(int maxEvents)
{
    // The same event in a log with a zone and in one without.
    private static readonly long Tolerance = TimeSpan.FromHours(26).Ticks;

    private readonly Dictionary<Fingerprint, OomTimestamp?> _known = [];

    /// <summary>Tells whether the event was met before, and remembers it.</summary>
    /// <remarks>Only what cannot be two events is one: the same task at the same microsecond since boot, or dead at the same wall-clock time, on one host.</remarks>
    public bool Contains(OomEvent oomEvent)
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

    private readonly record struct Fingerprint(OomEventKind Kind, string? Host, long? Uptime, long? Time, int Pid, TaskName Name);
}
