namespace KmsgOom.Tests.Insight.History;

/// <summary>Hand-made events of a history.</summary>
internal static class HistoryEvents
{
    private static int _lastPid = 1000;

    public static OomEvent Kill(
        string program, string? time = null, string? host = "a", double? uptime = null, string? cgroup = "/app", long rssMiB = 1, string? path = "kern.log", TimeSpan? zone = null)
    {
        OomTimestamp? stamp = time is null
            ? null
            : new OomTimestamp(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), zone, OomTimeSource.Printed);
        TimeSpan? since = uptime is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        int pid = Interlocked.Increment(ref _lastPid);
        return new OomEvent
        {
            Id = $"x/{pid}",
            Kind = OomEventKind.Oom,
            Outcome = OomOutcome.Killed,
            Scope = cgroup is null ? OomScope.Global : OomScope.Memcg,
            Sections = OomSections.Trigger | OomSections.Victim,
            Source = new OomSource(path, 1, 0, 1, 0),
            Host = host,
            Time = stamp,
            Uptime = since,
            Memcg = cgroup is null ? null : new OomMemcg { Path = cgroup },
            Victims = [new OomVictim { Pid = pid, Name = new TaskName(program), AnonRssKiB = rssMiB * 1024 }],
        };
    }

    public static OomHistoryReport Report(this IEnumerable<OomEvent> events, OomHistoryOptions? options = null)
    {
        OomHistory history = new(options);
        foreach (OomEvent oomEvent in events)
        {
            history.Add(oomEvent);
        }

        return history.GetReport();
    }
}
