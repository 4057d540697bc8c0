using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>All tasks of one name together.</summary>
/// <param name="Name">The name.</param>
/// <param name="TaskCount">How many tasks have it.</param>
/// <param name="RssPages">Their resident memory in pages; pages that they share count for each of them.</param>
/// <param name="PrivateRssPages">The part of it that is anonymous, which tasks do not share (but for forks); null before 6.8, whose tables do not tell.</param>
/// <param name="SwapPages">Their swap in pages; null before 3.6.</param>
/// <param name="PageTablePages">Their page tables in pages; null where the table does not tell.</param>
/// <param name="VictimCount">How many of them were killed.</param>
public readonly record struct OomProgram(TaskName Name, int TaskCount, long RssPages, long? PrivateRssPages, long? SwapPages, long? PageTablePages, int VictimCount)
{
    /// <summary>Sums the task table by name: how much each program used, all its workers together.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <returns>The programs, the largest first; empty where the event has no table.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static ImmutableArray<OomProgram> Of(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        HashSet<int> victims = [.. oomEvent.Victims.Select(victim => victim.Pid)];
        Dictionary<TaskName, OomProgram> programs = [];
        foreach (OomTask task in oomEvent.Tasks.AsSpan())
        {
            OomProgram sum = programs.GetValueOrDefault(task.Name);
            programs[task.Name] = new OomProgram(
                task.Name,
                sum.TaskCount + 1,
                Add(sum.RssPages, task.RssPages),
                AddKnown(sum.PrivateRssPages, task.RssAnonPages),
                AddKnown(sum.SwapPages, task.SwapEntriesPages),
                AddKnown(sum.PageTablePages, task.PageTablesBytes / oomEvent.PageSize),
                sum.VictimCount + (victims.Contains(task.Pid) ? 1 : 0));
        }

        // By what is gone when they are: resident memory and swap; among equals by name, so that the order is always the same.
        return [.. programs.Values
            .OrderByDescending(program => Add(program.RssPages, program.SwapPages ?? 0))
            .ThenBy(program => program.Name.ToString(), StringComparer.Ordinal)];
    }

    private static long Add(long left, long right) => (long)Int128.Clamp((Int128)left + right, long.MinValue, long.MaxValue);

    private static long? AddKnown(long? sum, long? value) => value is { } known ? Add(sum ?? 0, known) : sum;
}
