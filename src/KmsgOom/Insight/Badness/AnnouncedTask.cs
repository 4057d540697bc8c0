namespace KmsgOom.Insight;

/// <summary>Tells whether a victim was killed in place of its parent, or was announced by the id of one of its threads.</summary>
/// <remarks>
/// Kernel: <c>mm/oom_kill.c</c>, <c>oom_kill_process()</c>, up to 5.0: the announcement prints the task that the search ended at, which may be any thread (often in
/// RHEL 7, whose search goes through threads); then a child with memory of its own is killed in its place, if there is one. The table has one row for each process.
/// </remarks>
internal static class AnnouncedTask
{
    public static AnnouncedKin KinOf(OomEvent oomEvent, in OomVictim victim)
    {
        if (victim.Announced is not { } announced)
        {
            return AnnouncedKin.Unknown;
        }

        OomTask? own = null;
        OomTask? other = null;
        int namesakes = 0;
        foreach (ref readonly OomTask task in oomEvent.Tasks.AsSpan())
        {
            own = task.Pid == victim.Pid || task.Tgid == victim.Pid ? task : own;
            other = task.Pid == announced.Pid || task.Tgid == announced.Pid ? task : other;
            namesakes += task.Name == announced.Name ? 1 : 0;
        }

        if (other is { } row)
        {
            // A row stands for its process, whichever thread of it is printed.
            return own is null ? AnnouncedKin.Unknown : own.Value.Tgid == row.Tgid ? AnnouncedKin.Thread : AnnouncedKin.Parent;
        }

        // A process of its own would have a row. Another of the same name may be the parent, whose thread it is then.
        bool isWhole = own is not null && !oomEvent.IsInterleaved && oomEvent.LostMessages == 0 && !oomEvent.Missing.HasFlag(OomSections.Tasks);
        return isWhole && namesakes == 1 && own!.Value.Name == announced.Name && victim.Name == announced.Name ? AnnouncedKin.Thread : AnnouncedKin.Unknown;
    }

    /// <summary>Gets the pid of the process whose badness decided: the announced one, but for a thread of the victim.</summary>
    public static int PidOfChosen(OomEvent oomEvent, in OomVictim victim) =>
        victim.Announced is { } announced && KinOf(oomEvent, in victim) != AnnouncedKin.Thread ? announced.Pid : victim.Pid;
}
