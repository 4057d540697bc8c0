using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>Compares what a program held at its kills.</summary>
internal static class GrowthFinder
{
    public static ImmutableArray<OomGrowth> Find(MachineTimeline[] machines) =>
    [
        .. ProgramRuns.Of(machines)
            .Select(Describe)
            .OfType<OomGrowth>()
            .OrderByDescending(growth => growth.IsRising)
            .ThenByDescending(growth => growth.Kills)
            .ThenBy(growth => growth.Program, StringComparer.Ordinal)
            .ThenBy(growth => growth.Workload, StringComparer.Ordinal)
            .ThenBy(growth => growth.Host, StringComparer.Ordinal),
    ];

    private static OomGrowth? Describe(ProgramRuns program)
    {
        (HistoryEntry Entry, long Bytes)[] kills =
        [
            .. program.Kills.Where(kill => kill.Killed.PeakBytes is not null).Select(kill => (kill.Entry, kill.Killed.PeakBytes!.Value)),
        ];
        if (kills.Length < 2)
        {
            return null;
        }

        bool isRising = true;
        for (int i = 1; i < kills.Length; i++)
        {
            isRising &= kills[i].Bytes > kills[i - 1].Bytes;
        }

        (HistoryEntry first, long firstBytes) = kills[0];
        (HistoryEntry last, long lastBytes) = kills[^1];
        TimeSpan? duration = first.Until(last);
        double? slope = duration is { TotalMinutes: >= 1 } time ? ((double)lastBytes - firstBytes) / time.TotalHours : null;
        return new OomGrowth(
            program.Host, program.Workload, program.Program, kills.Length, firstBytes, lastBytes, kills.Max(kill => kill.Bytes), duration, slope, isRising);
    }
}
