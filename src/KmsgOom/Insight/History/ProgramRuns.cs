namespace KmsgOom.Insight;

/// <summary>The kills of one program of one workload on one machine, in the order of time.</summary>
/// <param name="Host">The host; null where there is none.</param>
/// <param name="Workload">The workload; null where there is none.</param>
/// <param name="Program">The program's name.</param>
/// <param name="Kills">The events in which it was killed, and how.</param>
internal sealed record ProgramRuns(string? Host, string? Workload, string Program, (HistoryEntry Entry, KilledProgram Killed)[] Kills)
{
    /// <summary>Gets those that were killed in two events or more.</summary>
    public static IEnumerable<ProgramRuns> Of(MachineTimeline[] machines)
    {
        foreach (MachineTimeline machine in machines)
        {
            IEnumerable<IGrouping<(string? Workload, string Name), (HistoryEntry Entry, KilledProgram Killed)>> groups = machine.Entries
                .SelectMany(entry => entry.Programs, (entry, killed) => (entry, killed))
                .GroupBy(kill => (kill.entry.Workload, kill.killed.Name));
            foreach (IGrouping<(string? Workload, string Name), (HistoryEntry Entry, KilledProgram Killed)> group in groups)
            {
                if (group.Skip(1).Any())
                {
                    yield return new ProgramRuns(machine.Host, group.Key.Workload, group.Key.Name, [.. group]);
                }
            }
        }
    }
}
