using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>All that is concluded from an event. What was read is in the event itself.</summary>
public sealed record OomAnalysis
{
    /// <summary>Gets what happened and what to do.</summary>
    public required OomVerdict Verdict { get; init; }

    /// <summary>Gets whose memory it was, and which level of the hierarchy ran out.</summary>
    public required OomWorkloadFinding Workload { get; init; }

    /// <summary>Gets why this task was chosen; null where the event has no task table.</summary>
    public OomRanking? Ranking { get; init; }

    /// <summary>Gets why the allocation failed, zone by zone; null where a cgroup ran out, or no zone was printed.</summary>
    public OomWatermarks? Watermarks { get; init; }

    /// <summary>Gets where the machine's memory went; null where the event has no Mem-Info block.</summary>
    public OomBalance? Machine { get; init; }

    /// <summary>Gets where the cgroup's memory went; null where the event does not have its usage.</summary>
    public OomMemcgBalance? Memcg { get; init; }

    /// <summary>Gets how much each program used, the largest first; null where the event has no task table.</summary>
    public OomPrograms? Programs { get; init; }

    /// <summary>Analyses an event.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <param name="options">What is known beside the log; null for nothing.</param>
    /// <param name="previous">The event before it of the same machine, whose victim may still have been freeing memory; null where there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static OomAnalysis Of(OomEvent oomEvent, OomAnalysisOptions? options = null, OomEvent? previous = null)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        OomWorkloadFinding workload = OomWorkloadFinding.Of(oomEvent, options ?? new OomAnalysisOptions());
        OomBalance? machine = OomBalance.Of(oomEvent);
        OomMemcgBalance? memcg = OomMemcgBalance.Of(oomEvent, previous);
        OomPrograms? programs = ProgramSums.Of(oomEvent, machine, memcg);
        OomWatermarks? watermarks = OomWatermarks.Of(oomEvent);
        return new OomAnalysis
        {
            Verdict = Verdicts.Find(new VerdictInputs(oomEvent, previous, workload, machine, memcg, programs, watermarks)),
            Workload = workload,
            Ranking = OomRanking.Of(oomEvent),
            Watermarks = watermarks,
            Machine = machine,
            Memcg = memcg,
            Programs = programs,
        };
    }
}
