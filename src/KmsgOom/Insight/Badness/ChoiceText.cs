using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Says in a sentence why a victim was chosen.</summary>
internal static class ChoiceText
{
    // Kernels whose table has no swap compute scores of so much at most.
    private const int MaxPerMille = 1000;

    public static string Explain(OomEvent oomEvent, OomRankedTask[] tasks, int chosen, int candidates, OomChoice choice, bool isProven, OomBadnessEra era)
    {
        string text = choice switch
        {
            OomChoice.HighestBadness => string.Create(CultureInfo.InvariantCulture, $"rank 1 of {candidates} by badness{DescribeAdjustment(oomEvent, tasks, chosen)}"),
            OomChoice.ChildOfHighest => "its parent was rank 1 by badness, and a child of it was killed in its place",
            OomChoice.AllocatingTask => "it was the one that asked for memory (sysctl vm.oom_kill_allocating_task)",
            OomChoice.GroupMember => "its cgroup dies as a whole (memory.oom.group), and the worst of the table was in it",
            OomChoice.NotTheHighest => string.Create(CultureInfo.InvariantCulture, $"rank {chosen + 1} of {candidates} by the table: {DescribeHigher(oomEvent, tasks, chosen)}"),
            _ when oomEvent.Victims.IsEmpty && candidates == 0 => string.Create(CultureInfo.InvariantCulture, $"nobody could be killed: all {tasks.Length} tasks of the table are exempt (oom_score_adj -1000, or pid 1)"),
            _ when !isProven && era == OomBadnessEra.RunTime => "the table cannot rank it: up to 2.6.35 a score begins with the whole address space and is divided by the time that a task has run, which the log does not have",
            _ when !isProven => "the table cannot rank it: oom_score_adj, which tasks have of several sizes, counts by the memory in total, which the log does not tell",
            _ => oomEvent.Victims.IsEmpty ? "nobody was killed" : "the victim is not in the task table",
        };
        return oomEvent.IsManual ? $"{text}, at the request of a person (SysRq-f)" : text;
    }

    private static string DescribeAdjustment(OomEvent oomEvent, OomRankedTask[] tasks, int chosen)
    {
        int byMemory = TaskRanking.RankByMemory(tasks, chosen);
        int adjustment = oomEvent.Tasks[tasks[chosen].Row].OomScoreAdj ?? 0;
        string spared = DescribeSpared(oomEvent, tasks, chosen);
        string decided = byMemory > 1
                ? string.Create(CultureInfo.InvariantCulture, $"by memory alone it would be rank {byMemory}: {DescribeLarger(oomEvent, tasks, chosen, adjustment)}")
            : adjustment == 0 ? "its oom_score_adj of 0 played no role"
            : string.Create(CultureInfo.InvariantCulture, $"by memory alone too (oom_score_adj {adjustment} changed nothing)");
        return $"; {decided}{spared}";
    }

    private static string DescribeLarger(OomEvent oomEvent, OomRankedTask[] tasks, int chosen, int adjustment) => HaveOthersAnother(oomEvent, tasks, chosen, adjustment)
        ? string.Create(CultureInfo.InvariantCulture, $"its oom_score_adj of {adjustment}, and that of the larger ones, decided")
        : "the larger ones are root's, which counts less";

    private static bool HaveOthersAnother(OomEvent oomEvent, OomRankedTask[] tasks, int chosen, int adjustment)
    {
        foreach (ref readonly OomRankedTask task in tasks.AsSpan())
        {
            if (!task.IsExempt && task.HeldPages > tasks[chosen].HeldPages && (oomEvent.Tasks[task.Row].OomScoreAdj ?? 0) != adjustment)
            {
                return true;
            }
        }

        return false;
    }

    // Whoever was larger and could not be chosen.
    private static string DescribeSpared(OomEvent oomEvent, OomRankedTask[] tasks, int chosen)
    {
        OomRankedTask largest = default;
        foreach (ref readonly OomRankedTask task in tasks.AsSpan())
        {
            bool isLarger = task.IsExempt && task.HeldPages > tasks[chosen].HeldPages;
            largest = isLarger && (!largest.IsExempt || task.HeldPages > largest.HeldPages) ? task : largest;
        }

        return largest.IsExempt
            ? string.Create(CultureInfo.InvariantCulture, $"; {oomEvent.Tasks[largest.Row].Name} (pid {oomEvent.Tasks[largest.Row].Pid}) holds more but is exempt")
            : "";
    }

    private static string DescribeHigher(OomEvent oomEvent, OomRankedTask[] tasks, int chosen)
    {
        OomTask worst = oomEvent.Tasks[tasks[0].Row];
        bool isUnseen = oomEvent.Victims[0].Score is { } score && score > tasks[0].Points && tasks[0].Points <= MaxPerMille && oomEvent.Tasks[tasks[0].Row].SwapEntriesPages is null;
        return isUnseen ? string.Create(CultureInfo.InvariantCulture, $"{worst.Name} (pid {worst.Pid}) has more there, but swap and page tables, which this kernel's table does not have, count too: the printed score is higher than that of any row")
            : tasks[chosen].IsExempt ? "it is exempt from the OOM killer there"
            : tasks[0].Points - tasks[chosen].Points <= Math.Abs(tasks[chosen].Points / 100)
                ? string.Create(CultureInfo.InvariantCulture, $"{worst.Name} (pid {worst.Pid}) is worse by less than 1 %, as counters move between the choice and the print")
            : string.Create(CultureInfo.InvariantCulture, $"{worst.Name} (pid {worst.Pid}) is worse, and the log does not say why it was spared (it may have been exiting, or hidden from the choice)");
    }
}
