using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes <c>analysis.ranking</c>.</summary>
internal static class RankingWriter
{
    private const int MaxTasks = 10;

    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent, OomRanking ranking)
    {
        writer.WriteStartObject("ranking"u8);
        writer.WriteString("choice"u8, SnakeCase.Of(ranking.Choice));
        writer.WriteString("reason"u8, ranking.Reason);
        writer.WriteString("era"u8, SnakeCase.Of(ranking.Era));
        if (ranking.TotalPages is { } total)
        {
            writer.WriteNumber("total_bytes"u8, (decimal)total * oomEvent.PageSize);
            writer.WriteString("total_source"u8, ranking.TotalPagesSource);
        }

        AnalysisWriter.WriteTexts(writer, "assumptions"u8, ranking.Assumptions.AsSpan());
        if (ranking is { VictimRank: { } rank, VictimRankByMemory: { } byMemory })
        {
            writer.WriteNumber("victim_rank"u8, rank);
            writer.WriteNumber("victim_rank_by_memory"u8, byMemory);
        }

        writer.WriteNumber("tasks"u8, ranking.Tasks.Length);
        writer.WriteNumber("candidates"u8, ranking.CandidateCount);
        writer.WriteStartArray("top"u8);
        foreach (OomRankedTask ranked in ranking.Tasks.AsSpan()[..Math.Min(MaxTasks, ranking.Tasks.Length)])
        {
            WriteTask(writer, oomEvent, ranked);
        }

        writer.WriteEndArray();
        WriteScores(writer, oomEvent, ranking);
        AnalysisWriter.WriteEvidence(writer, ranking.Evidence.AsSpan());
        writer.WriteEndObject();
    }

    private static void WriteTask(Utf8JsonWriter writer, OomEvent oomEvent, OomRankedTask ranked)
    {
        OomTask task = oomEvent.Tasks[ranked.Row];
        writer.WriteStartObject();
        writer.WriteNumber("pid"u8, task.Pid);
        writer.WriteString("comm"u8, task.Name.ToString());
        writer.WriteNumber("points"u8, ranked.Points);
        writer.WriteNumber("held_bytes"u8, (decimal)ranked.HeldPages * oomEvent.PageSize);
        if (task.OomScoreAdj is { } adjustment)
        {
            writer.WriteNumber("oom_score_adj"u8, adjustment);
        }

        if (ranked.IsExempt)
        {
            writer.WriteBoolean("exempt"u8, true);
        }

        if (ranked.IsVictim)
        {
            writer.WriteBoolean("victim"u8, true);
        }

        writer.WriteEndObject();
    }

    private static void WriteScores(Utf8JsonWriter writer, OomEvent oomEvent, OomRanking ranking)
    {
        if (ranking.Scores.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("scores"u8);
        foreach (OomScoreCheck check in ranking.Scores)
        {
            writer.WriteStartObject();
            writer.WriteNumber("pid"u8, check.Pid);
            writer.WriteNumber("printed"u8, check.Printed);
            WriteNumber(writer, "computed"u8, check.Computed);
            WriteNumber(writer, "computed_for_root"u8, check.ComputedForRoot);
            writer.WriteBoolean("exact"u8, check.IsExact);
            if (check.MissingInput is { } missing)
            {
                writer.WriteString("missing_input"u8, missing);
            }

            if (check.FittingTotalPages is { } fitting)
            {
                writer.WriteNumber("fits_total_bytes"u8, (decimal)fitting * oomEvent.PageSize);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
