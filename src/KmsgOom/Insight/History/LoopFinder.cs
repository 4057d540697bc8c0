using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>Finds programs that are restarted and killed again.</summary>
internal static class LoopFinder
{
    private const int MinKills = 4;
    private const int MaxRatio = 3;

    private static readonly TimeSpan Together = TimeSpan.FromSeconds(1);

    public static ImmutableArray<OomRestartLoop> Find(MachineTimeline[] machines) =>
    [
        .. ProgramRuns.Of(machines)
            .SelectMany(FindIn)
            .OrderByDescending(loop => loop.Kills)
            .ThenBy(loop => loop.Program, StringComparer.Ordinal)
            .ThenBy(loop => loop.Workload, StringComparer.Ordinal)
            .ThenBy(loop => loop.Host, StringComparer.Ordinal),
    ];

    private static IEnumerable<OomRestartLoop> FindIn(ProgramRuns program)
    {
        List<HistoryEntry> loop = [];
        List<TimeSpan> intervals = [];
        foreach ((HistoryEntry entry, _) in program.Kills)
        {
            TimeSpan? interval = loop is [.., HistoryEntry last] ? last.Until(entry) : null;
            if (interval < Together)
            {
                continue;
            }

            if (interval is { } now && intervals is [.., TimeSpan before] && !AreSimilar(before, now))
            {
                if (intervals.Count + 1 >= MinKills)
                {
                    yield return Describe(program, loop, intervals);
                }

                // The kill before this one may begin the next loop.
                loop = [loop[^1]];
                intervals = [];
            }
            else if (interval is null && loop.Count > 0)
            {
                if (intervals.Count + 1 >= MinKills)
                {
                    yield return Describe(program, loop, intervals);
                }

                loop = [];
                intervals = [];
            }

            if (loop.Count > 0)
            {
                intervals.Add(interval!.Value);
            }

            loop.Add(entry);
        }

        if (intervals.Count + 1 >= MinKills)
        {
            yield return Describe(program, loop, intervals);
        }
    }

    private static bool AreSimilar(TimeSpan before, TimeSpan now) =>
        (Int128)now.Ticks <= (Int128)before.Ticks * MaxRatio && (Int128)before.Ticks <= (Int128)now.Ticks * MaxRatio;

    private static OomRestartLoop Describe(ProgramRuns program, List<HistoryEntry> loop, List<TimeSpan> intervals) => new(
        program.Host, program.Workload, program.Program, loop.Count, IntervalList.Summarize(intervals), loop[0].Time, loop[^1].Time);
}
