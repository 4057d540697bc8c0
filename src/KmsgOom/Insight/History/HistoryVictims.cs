namespace KmsgOom.Insight;

/// <summary>What a history needs to know of the victims of an event.</summary>
internal static class HistoryVictims
{
    /// <summary>Gets the wall-clock time of an event, else of its first victim that has one.</summary>
    public static OomTimestamp? TimeOf(OomEvent oomEvent)
    {
        if (oomEvent.Time is { } time)
        {
            return time;
        }

        foreach (OomVictim victim in oomEvent.Victims.AsSpan())
        {
            if (victim.Time is { } killed)
            {
                return killed;
            }
        }

        return null;
    }

    /// <summary>Gets the victims by name, in the order in which the names come.</summary>
    public static KilledProgram[] ByProgram(OomEvent oomEvent)
    {
        List<KilledProgram> programs = [];
        Dictionary<TaskName, int> places = [];
        foreach (OomVictim victim in oomEvent.Victims.AsSpan())
        {
            long? rss = RssBytesOf(oomEvent, victim);
            if (places.TryGetValue(victim.Name, out int place))
            {
                KilledProgram known = programs[place];
                long? peak = known.PeakBytes is { } before && rss is { } now ? Math.Max(before, now) : known.PeakBytes ?? rss;
                programs[place] = known with { Kills = known.Kills + 1, SumBytes = known.SumBytes + (rss ?? 0), PeakBytes = peak };
            }
            else
            {
                places.Add(victim.Name, programs.Count);
                programs.Add(new KilledProgram(victim.Name.ToString(), 1, rss ?? 0, rss));
            }
        }

        return [.. programs];
    }

    /// <summary>Gets what a victim held: by its kill line, else by its row of the task table; null where neither says it.</summary>
    public static long? RssBytesOf(OomEvent oomEvent, OomVictim victim)
    {
        if (victim.AnonRssKiB is { } anon)
        {
            return ToBytes((Int128)anon + (victim.FileRssKiB ?? 0) + (victim.ShmemRssKiB ?? 0), 1024);
        }

        if (victim.WholeRssKiB is { } whole)
        {
            return ToBytes(whole, 1024);
        }

        if (victim.WholeRssPages is { } pages)
        {
            return ToBytes(pages, oomEvent.PageSize);
        }

        foreach (OomTask task in oomEvent.Tasks.AsSpan())
        {
            if (task.Pid == victim.Pid)
            {
                return ToBytes(task.RssPages, oomEvent.PageSize);
            }
        }

        return null;
    }

    // The kernel's counters of a dying task may be a little below zero.
    private static long ToBytes(Int128 number, int unit) => HistoryClock.Clamp(Int128.Max(0, number * unit));
}
