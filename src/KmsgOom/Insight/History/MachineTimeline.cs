namespace KmsgOom.Insight;

/// <summary>The events of one machine in the order of time.</summary>
/// <remarks>
/// Without a host, each file is a machine of its own. Events without a wall-clock time are on a timeline of their own, one per file: nothing
/// tells how they stand to those of another file.
/// </remarks>
internal sealed class MachineTimeline
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private MachineTimeline(string? host, string? path, HistoryEntry[] entries)
    {
        Host = host;
        Path = path;
        Entries = entries;
        NumberBoots(entries);
    }

    public string? Host { get; }

    public HistoryEntry[] Entries { get; }

    public bool HasMixedZones =>
        Entries.Any(entry => entry.Time is { Offset: null }) && Entries.Any(entry => entry.Time is { Offset: not null });

    private string? Path { get; }

    /// <summary>Tells whether times have different zones.</summary>
    public static bool HaveSeveralZones(IEnumerable<HistoryEntry> entries) =>
        entries.Select(entry => entry.Time?.Offset).Where(offset => offset is not null).Distinct().Skip(1).Any();

    public static MachineTimeline[] Split(IReadOnlyList<HistoryEntry> entries)
    {
        IEnumerable<MachineTimeline> dated = entries
            .Where(entry => entry.Time is not null)
            .GroupBy(entry => (entry.Host, Path: entry.Host is null ? entry.Path : null))
            .Select(group => new MachineTimeline(group.Key.Host, group.Key.Path, [.. group
                .OrderBy(entry => HistoryClock.TicksOf(entry.Time!.Value))
                .ThenBy(entry => entry.Uptime ?? TimeSpan.Zero)
                .ThenBy(entry => entry.Order)]));
        IEnumerable<MachineTimeline> undated = entries
            .Where(entry => entry.Time is null)
            .GroupBy(entry => (entry.Host, entry.Path))
            .Select(group => new MachineTimeline(group.Key.Host, group.Key.Path, [.. group]));
        return [.. dated
            .Concat(undated)
            .OrderBy(machine => machine.Host, StringComparer.Ordinal)
            .ThenBy(machine => machine.Path, StringComparer.Ordinal)
            .ThenBy(machine => machine.Entries[0].Time is null)];
    }

    /// <summary>Counts boots of all machines; where timelines of one machine may tell of the same boots, the one with the most counts.</summary>
    public static long CountBoots(MachineTimeline[] machines) => machines
        .GroupBy(machine => (machine.Host, Path: machine.Host is null ? machine.Path : null))
        .Sum(group => group.Max(machine => machine.Entries[^1].Boot + 1L));

    public IEnumerable<TimeSpan> Intervals()
    {
        for (int i = 1; i < Entries.Length; i++)
        {
            if (Entries[i - 1].Until(Entries[i]) is { } interval)
            {
                yield return interval;
            }
        }
    }

    private static void NumberBoots(HistoryEntry[] entries)
    {
        HistoryEntry? before = null;
        int boot = 0;
        foreach (HistoryEntry entry in entries)
        {
            if (entry.Uptime is not null)
            {
                boot += before is not null && IsAnotherBoot(before, entry) ? 1 : 0;
                before = entry;
            }

            entry.Boot = boot;
        }
    }

    private static bool IsAnotherBoot(HistoryEntry before, HistoryEntry after)
    {
        TimeSpan uptimeBefore = before.Uptime!.Value;
        TimeSpan uptimeAfter = after.Uptime!.Value;
        bool goesBack = uptimeAfter < uptimeBefore - Second;
        if (before.Time is not { } timeBefore || after.Time is not { } timeAfter)
        {
            return goesBack;
        }

        // A clock that was set back swaps events of one boot, so an uptime that goes back is not proof enough where there is a date.
        long killed = HistoryClock.TicksOf(timeBefore);
        long bootBefore = killed - uptimeBefore.Ticks;
        long bootAfter = HistoryClock.TicksOf(timeAfter) - uptimeAfter.Ticks;
        return goesBack
            ? bootAfter > killed - (2 * TimeSpan.TicksPerSecond) || Math.Abs(bootAfter - bootBefore) > 10 * TimeSpan.TicksPerMinute
            : bootAfter > killed + (10 * TimeSpan.TicksPerSecond);
    }
}
