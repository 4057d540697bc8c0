using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>Finds events that follow each other closely.</summary>
internal static class BurstFinder
{
    public static ImmutableArray<OomBurst> Find(MachineTimeline[] machines, TimeSpan gap) =>
    [
        .. machines
            .SelectMany(machine => Runs(machine.Entries, gap))
            .Select(Describe)
            .OrderByDescending(burst => burst.Events)
            .ThenBy(burst => burst.First is { } first ? HistoryClock.TicksOf(first) : long.MaxValue),
    ];

    private static IEnumerable<ArraySegment<HistoryEntry>> Runs(HistoryEntry[] entries, TimeSpan gap)
    {
        int start = 0;
        for (int i = 1; i <= entries.Length; i++)
        {
            if (i < entries.Length && entries[i - 1].Until(entries[i]) <= gap)
            {
                continue;
            }

            if (i - start > 1)
            {
                yield return new ArraySegment<HistoryEntry>(entries, start, i - start);
            }

            start = i;
        }
    }

    private static OomBurst Describe(ArraySegment<HistoryEntry> run)
    {
        HistoryEntry first = run[0];
        HistoryEntry last = run[^1];
        string[] programs =
        [
            .. run
                .SelectMany(entry => entry.Programs)
                .GroupBy(program => program.Name, StringComparer.Ordinal)
                .OrderByDescending(group => group.Sum(program => (long)program.Kills))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Key),
        ];
        return new OomBurst
        {
            Host = first.Host,
            Events = run.Count,
            Kills = run.Sum(entry => (long)entry.Kills),
            First = first.Time,
            Last = last.Time,
            FirstUptime = first.Uptime,
            Duration = first.Until(last) ?? TimeSpan.Zero,
            Programs = [.. programs.Take(OomBurst.MaxPrograms)],
            ProgramCount = programs.Length,
        };
    }
}
