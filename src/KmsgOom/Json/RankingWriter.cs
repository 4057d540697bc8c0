using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes <c>analysis.ranking</c>.</summary>
internal static class RankingWriter
{
    private const int MaxTasks = 10;

    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent, OomRanking ranking)
    {
        writer.WriteStartObject(AnalysisNames.Ranking);
        writer.WriteString(AnalysisNames.Choice, SnakeCase.Of(ranking.Choice));
        writer.WriteString(AnalysisNames.Reason, ranking.Reason);
        writer.WriteString(AnalysisNames.Era, SnakeCase.Of(ranking.Era));
        if (ranking.TotalPages is { } total)
        {
            writer.WriteBytes(AnalysisNames.TotalBytes, total, oomEvent.PageSize);
            writer.WriteString(AnalysisNames.TotalSource, ranking.TotalPagesSource);
        }

        writer.WriteTexts(AnalysisNames.Assumptions, ranking.Assumptions.AsSpan());
        if (ranking is { VictimRank: { } rank, VictimRankByMemory: { } byMemory })
        {
            writer.WriteNumber(AnalysisNames.VictimRank, rank);
            writer.WriteNumber(AnalysisNames.VictimRankByMemory, byMemory);
        }

        writer.WriteNumber(Names.Tasks, ranking.Tasks.Length);
        writer.WriteNumber(AnalysisNames.Candidates, ranking.CandidateCount);
        writer.WriteStartArray(AnalysisNames.Top);
        foreach (OomRankedTask ranked in ranking.Tasks.AsSpan()[..Math.Min(MaxTasks, ranking.Tasks.Length)])
        {
            WriteTask(writer, oomEvent, ranked);
        }

        writer.WriteEndArray();
        WriteScores(writer, oomEvent, ranking);
        writer.WriteEvidence(ranking.Evidence.AsSpan());
        writer.WriteEndObject();
    }

    private static void WriteTask(Utf8JsonWriter writer, OomEvent oomEvent, OomRankedTask ranked)
    {
        ref readonly OomTask task = ref oomEvent.Tasks.ItemRef(ranked.Row);
        writer.WriteStartObject();
        writer.WriteNumber(Names.Pid, task.Pid);
        writer.WriteName(Names.Comm, task.Name);
        writer.WriteNumber(AnalysisNames.Points, ranked.Points);
        writer.WriteBytes(AnalysisNames.HeldBytes, ranked.HeldPages, oomEvent.PageSize);
        writer.WriteOptional(Names.OomScoreAdj, task.OomScoreAdj);
        writer.WriteSet(AnalysisNames.Exempt, ranked.IsExempt);
        writer.WriteSet(AnalysisNames.Victim, ranked.IsVictim);

        writer.WriteEndObject();
    }

    private static void WriteScores(Utf8JsonWriter writer, OomEvent oomEvent, OomRanking ranking)
    {
        if (ranking.Scores.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(AnalysisNames.Scores);
        foreach (OomScoreCheck check in ranking.Scores)
        {
            writer.WriteStartObject();
            writer.WriteNumber(Names.Pid, check.Pid);
            writer.WriteNumber(AnalysisNames.Printed, check.Printed);
            writer.WriteOptional(AnalysisNames.Computed, check.Computed);
            writer.WriteOptional(AnalysisNames.ComputedForRoot, check.ComputedForRoot);
            writer.WriteBoolean(AnalysisNames.Exact, check.IsExact);
            writer.WriteOptional(AnalysisNames.MissingInput, check.MissingInput);

            if (check.FittingTotalPages is { } fitting)
            {
                writer.WriteBytes(AnalysisNames.FitsTotalBytes, fitting, oomEvent.PageSize);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
