using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>Compares the scores that kernels up to 5.0 print with those of the table's rows.</summary>
internal static class ScoreChecks
{
    // 1 PiB of 4 KiB pages: no machine has more.
    private const long MaxThousands = 1L << 28;

    public static ImmutableArray<OomScoreCheck> Make(OomEvent oomEvent, in BadnessFormula formula, TotalPages total)
    {
        ImmutableArray<OomScoreCheck>.Builder checks = ImmutableArray.CreateBuilder<OomScoreCheck>();
        foreach (OomVictim victim in oomEvent.Victims)
        {
            if (victim.Score is { } printed)
            {
                checks.Add(Check(oomEvent, in formula, total, AnnouncedTask.PidOfChosen(oomEvent, in victim), printed));
            }
        }

        return checks.ToImmutable();
    }

    private static OomScoreCheck Check(OomEvent oomEvent, in BadnessFormula formula, TotalPages basis, int pid, long printed)
    {
        int row = FindRow(oomEvent, pid);
        string? missing = row < 0 ? "the task's row is not in the log"
            : formula.Era is OomBadnessEra.Unknown or OomBadnessEra.RunTime ? "this kernel's score depends on run time, which is not in the log"
            : basis.Pages is null ? "the memory in total is not in the log"
            : null;
        if (missing is not null)
        {
            return new OomScoreCheck(pid, printed, null, null, missing, null);
        }

        OomTask task = oomEvent.Tasks[row];
        long total = basis.Pages!.Value;
        long computed = Score(in formula, row, total, isRoot: false, task.OomScoreAdj ?? 0);
        long? forRoot = formula.HasRootBonus && task.Uid == 0 ? Score(in formula, row, total, isRoot: true, task.OomScoreAdj ?? 0) : null;
        OomScoreCheck check = new(pid, printed, computed, forRoot, null, null);
        return check.IsExact ? check
            : check with
            {
                MissingInput = formula.Era == OomBadnessEra.PerMille ? "swap and page tables are not in this kernel's table"
                    : basis.Assumption is { } assumption ? $"it was assumed {assumption}" : null,
                FittingTotalPages = FindTotal(in formula, row, task, printed, total),
            };
    }

    private static long Score(in BadnessFormula formula, int row, long total, bool isRoot, int adjustment) =>
        formula.GetScore(formula.GetPoints(formula.GetHeldPages(row), total, isRoot, adjustment), total);

    /// <summary>Finds the smallest total that gives the printed score: swap that the report does not show makes the total larger.</summary>
    private static long? FindTotal(in BadnessFormula formula, int row, OomTask task, long printed, long from)
    {
        if (printed < 0 || printed > int.MaxValue || formula.Era == OomBadnessEra.PerMille)
        {
            return null;
        }

        long held = formula.GetHeldPages(row);

        // Within a thousand pages the adjustment is worth the same; the score falls as the total grows.
        for (long thousands = from / 1000; thousands < Math.Min(MaxThousands, (from / 1000) + 1_000_000); thousands++)
        {
            long low = Math.Max(from, thousands * 1000);
            long high = (thousands * 1000) + 999;
            long points = formula.GetPoints(held, low, isRoot: false, task.OomScoreAdj ?? 0);
            Int128 first = ((Int128)points * 1000 / (printed + 1)) + 1;
            Int128 last = printed == 0 ? high : (Int128)points * 1000 / printed;
            Int128 fitting = Int128.Max(first, low);
            if (fitting <= Int128.Min(last, high))
            {
                return (long)fitting;
            }
        }

        return null;
    }

    private static int FindRow(OomEvent oomEvent, int pid)
    {
        ReadOnlySpan<OomTask> tasks = oomEvent.Tasks.AsSpan();
        for (int row = 0; row < tasks.Length; row++)
        {
            if (tasks[row].Pid == pid || tasks[row].Tgid == pid)
            {
                return row;
            }
        }

        return -1;
    }
}
