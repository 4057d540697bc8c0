using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace KmsgOom.Insight;

/// <summary>Ranks the rows of a task table as the event's kernel does.</summary>
internal static class TaskRanking
{
    private const int NeverKilled = -1000;

    public static OomRanking Make(OomEvent oomEvent)
    {
        BadnessFormula formula = new(oomEvent, BadnessFormula.FindEra(oomEvent));
        TotalPages total = TotalPages.Of(oomEvent);
        ImmutableArray<OomScoreCheck> scores = ScoreChecks.Make(oomEvent, in formula, total);

        // uid 0 is not CAP_SYS_ADMIN: in a container it usually has not got it. The printed score of such a task knows better.
        bool rootHasBonus = formula.HasRootBonus
            && (scores.Any(check => check.ComputedForRoot is not null) ? scores.Any(check => check.Printed == check.ComputedForRoot) : oomEvent.Scope != OomScope.Memcg);
        OomRankedTask[] tasks = Rank(oomEvent, in formula, total.Pages, rootHasBonus);
        int candidates = CountCandidates(tasks);
        int chosen = FindChosen(oomEvent, tasks);
        bool isProven = IsProven(oomEvent, tasks, chosen, formula.Era, total.Pages);
        OomChoice choice = Choose(oomEvent, tasks, chosen, isProven);
        return new OomRanking
        {
            Era = formula.Era,
            TotalPages = total.Pages,
            TotalPagesSource = total.Pages is null ? "" : total.Source,
            Assumptions = FindAssumptions(oomEvent, in formula, total, rootHasBonus),
            Tasks = ImmutableCollectionsMarshal.AsImmutableArray(tasks),
            CandidateCount = candidates,
            VictimRank = chosen < 0 || !isProven ? null : chosen + 1,
            VictimRankByMemory = chosen < 0 ? null : RankByMemory(tasks, chosen),
            Choice = choice,
            Reason = ChoiceText.Explain(oomEvent, tasks, chosen, candidates, choice, isProven, formula.Era),
            Scores = scores,
            Evidence = FindEvidence(oomEvent, tasks, chosen),
        };
    }

    /// <summary>Gets the place that a task would have if nothing but its memory counted.</summary>
    public static int RankByMemory(OomRankedTask[] tasks, int chosen)
    {
        int rank = 1;
        foreach (ref readonly OomRankedTask task in tasks.AsSpan())
        {
            rank += !task.IsExempt && task.HeldPages > tasks[chosen].HeldPages ? 1 : 0;
        }

        return rank;
    }

    private static int CountCandidates(OomRankedTask[] tasks)
    {
        int count = 0;
        foreach (ref readonly OomRankedTask task in tasks.AsSpan())
        {
            count += task.IsExempt ? 0 : 1;
        }

        return count;
    }

    private static OomRankedTask[] Rank(OomEvent oomEvent, in BadnessFormula formula, long? totalPages, bool rootHasBonus)
    {
        HashSet<int> victims = [.. oomEvent.Victims.Select(victim => victim.Pid)];
        OomRankedTask[] tasks = new OomRankedTask[oomEvent.Tasks.Length];
        for (int row = 0; row < tasks.Length; row++)
        {
            ref readonly OomTask task = ref oomEvent.Tasks.ItemRef(row);
            long held = formula.GetHeldPages(row);
            long points = totalPages is { } total ? formula.GetPoints(held, total, rootHasBonus && task.Uid == 0, task.OomScoreAdj ?? 0) : held;
            bool isExempt = task.OomScoreAdj == NeverKilled || task.Tgid == 1 || IsOldNeverKilled(oomEvent, row);
            tasks[row] = new OomRankedTask(row, points, held, isExempt, victims.Contains(task.Pid) || victims.Contains(task.Tgid));
        }

        // Among equals the last of the list wins since 5.3, the first before.
        int direction = formula.Era == OomBadnessEra.SignedPages || KernelVersion.Parse(oomEvent.Kernel?.Release)?.IsAtLeast(5, 3) == true ? -1 : 1;
        Array.Sort(tasks, (left, right) =>
            left.IsExempt != right.IsExempt ? left.IsExempt.CompareTo(right.IsExempt)
            : left.Points != right.Points ? right.Points.CompareTo(left.Points)
            : direction * left.Row.CompareTo(right.Row));
        return tasks;
    }

    // oom_adj of -17, OOM_DISABLE, before oom_score_adj came.
    private static bool IsOldNeverKilled(OomEvent oomEvent, int row) =>
        oomEvent.Tasks[row].OomScoreAdj is null && oomEvent.GetOther(row, "oom_adj") == -17;

    /// <summary>Finds the place of the first victim, or of the parent that was chosen; -1 where it is not in the table.</summary>
    private static int FindChosen(OomEvent oomEvent, OomRankedTask[] tasks)
    {
        if (oomEvent.Victims.IsEmpty)
        {
            return -1;
        }

        int pid = AnnouncedTask.PidOfChosen(oomEvent, oomEvent.Victims[0]);
        int at = Array.FindIndex(tasks, task => oomEvent.Tasks[task.Row].Pid == pid);
        return at >= 0 ? at : Array.FindIndex(tasks, task => oomEvent.Tasks[task.Row].Tgid == pid);
    }

    /// <summary>
    /// Tells whether the table can show the victim's place: adjustments are shares of a total that the log may not have, and old scores depend on run time.
    /// </summary>
    private static bool IsProven(OomEvent oomEvent, OomRankedTask[] tasks, int chosen, OomBadnessEra era, long? totalPages)
    {
        if (chosen >= 0 && era == OomBadnessEra.RunTime)
        {
            return false;
        }

        if (chosen < 0 || totalPages is not null)
        {
            return true;
        }

        int adjustment = oomEvent.Tasks[tasks[chosen].Row].OomScoreAdj ?? 0;
        foreach (ref readonly OomRankedTask task in tasks.AsSpan())
        {
            int other = oomEvent.Tasks[task.Row].OomScoreAdj ?? 0;
            if (!task.IsExempt && (chosen == 0 ? other > adjustment : other != adjustment))
            {
                return false;
            }
        }

        return true;
    }

    private static OomChoice Choose(OomEvent oomEvent, OomRankedTask[] tasks, int chosen, bool isProven)
    {
        if (oomEvent.Victims.IsEmpty)
        {
            return OomChoice.Unknown;
        }

        if (oomEvent.KeptLines.Find(OomSections.Victim, "(oom_kill_allocating_task)") >= 0)
        {
            return OomChoice.AllocatingTask;
        }

        if (chosen < 0 || !isProven)
        {
            return OomChoice.Unknown;
        }

        if (chosen == 0 && !tasks[0].IsExempt)
        {
            return AnnouncedTask.PidOfChosen(oomEvent, oomEvent.Victims[0]) == oomEvent.Victims[0].Pid ? OomChoice.HighestBadness : OomChoice.ChildOfHighest;
        }

        // The kill lines of a group may begin with any of its members.
        return oomEvent.Memcg is { OomGroup: true } && tasks[0].IsVictim ? OomChoice.GroupMember
            : oomEvent.Trigger?.Pid == oomEvent.Victims[0].Pid && oomEvent.KeptLines.Count == 0 ? OomChoice.Unknown
            : OomChoice.NotTheHighest;
    }

    private static ImmutableArray<string> FindAssumptions(OomEvent oomEvent, in BadnessFormula formula, TotalPages total, bool rootHasBonus)
    {
        ImmutableArray<string>.Builder assumptions = ImmutableArray.CreateBuilder<string>();
        if (total.Assumption is { } assumption)
        {
            assumptions.Add(assumption);
        }

        if (oomEvent.Kernel?.Release is null)
        {
            assumptions.Add("the kernel's version, by the shape of the report");
        }

        if (formula.HasRootBonus && HasRoot(oomEvent))
        {
            assumptions.Add(rootHasBonus ? "that tasks of uid 0 have the bonus of root" : "that tasks of uid 0 do not have the bonus of root");
        }

        return assumptions.ToImmutable();
    }

    private static bool HasRoot(OomEvent oomEvent)
    {
        foreach (ref readonly OomTask task in oomEvent.Tasks.AsSpan())
        {
            if (task.Uid == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<OomEvidence> FindEvidence(OomEvent oomEvent, OomRankedTask[] tasks, int chosen)
    {
        ImmutableArray<OomEvidence>.Builder evidence = ImmutableArray.CreateBuilder<OomEvidence>();
        if (chosen >= 0)
        {
            OomTask task = oomEvent.Tasks[tasks[chosen].Row];
            evidence.Add(EvidenceFinder.FindRow(oomEvent, task.Pid)
                ?? new OomEvidence(0, string.Create(CultureInfo.InvariantCulture, $"pid {task.Pid}: {tasks[chosen].HeldPages} pages held, oom_score_adj {task.OomScoreAdj ?? 0}")));
        }

        evidence.AddRange(Verdicts.VictimEvidence(oomEvent));

        return evidence.ToImmutable();
    }
}
