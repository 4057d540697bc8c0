using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>Why this process and not another.</summary>
internal static class RankingText
{
    public static void Write(Screen screen, OomRanking? ranking)
    {
        // Where the victim is not in the table there is nothing to tell.
        if (ranking is null or { Choice: OomChoice.Unknown, CandidateCount: > 0, VictimRankByMemory: null })
        {
            return;
        }

        screen.Field("Why it", ranking.Reason);
        foreach (OomScoreCheck check in ranking.Scores.Take(2))
        {
            screen.Field("", Describe(check, ranking));
        }

        if (!ranking.Assumptions.IsEmpty)
        {
            screen.Field("", $"assuming {string.Join(", ", ranking.Assumptions)}");
        }
    }

    private static string Describe(OomScoreCheck check, OomRanking ranking)
    {
        string score = Invariant($"printed score {check.Printed}");
        return check switch
        {
            { IsExact: true } => Invariant($"{score} recomputes exactly from the table{(check.Printed == check.Computed ? "" : ", with root's bonus")}, as a share of {ranking.TotalPages} pages"),
            { Computed: null } => $"{score} cannot be recomputed: {check.MissingInput}",
            { FittingTotalPages: { } total } => Invariant($"{score}, by the table {check.Computed}; it fits {total} pages of memory and swap in place of {ranking.TotalPages}"),
            { MissingInput: { } missing } => Invariant($"{score}, by the table {check.Computed}: {missing}"),
            _ => Invariant($"{score}, by the table {check.Computed}: unexplained"),
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
