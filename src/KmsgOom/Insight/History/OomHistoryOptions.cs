namespace KmsgOom;

/// <summary>How <see cref="OomHistory"/> counts.</summary>
public sealed record OomHistoryOptions
{
    /// <summary>
    /// Gets what names the workload of an event; null, or a function that gives null, where there is none. By default the pod or the unit of systemd that the
    /// path of the cgroup whose limit was hit names (else that of the victim), and otherwise the path itself.
    /// </summary>
    public Func<OomEvent, string?>? Workload { get; init; }

    /// <summary>Gets the longest silence inside a burst: events of one machine that follow each other within it (the bound included) are one burst.</summary>
    public TimeSpan BurstGap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how many names a table keeps; events of names that come later are counted as "other". At least 1.</summary>
    public int MaxKeys { get; init; } = 10_000;

    /// <summary>
    /// Gets how many events (and as many kills) are kept for what depends on order: bursts, loops, growth, intervals. What comes later is counted in totals and
    /// tables only. At least 1.
    /// </summary>
    public int MaxTimelineEvents { get; init; } = 100_000;

    /// <summary>Gets whether events that are no kernel OOM count everywhere; by default they are counted by kind only.</summary>
    public bool CountsAllKinds { get; init; }
}
