using System.Collections.Immutable;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Why this task: the kernel's own arithmetic, replayed over the task table.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>oom_badness()</c> and <c>select_bad_process()</c>, in the version of the event.</remarks>
public sealed record OomRanking
{
    /// <summary>Gets the formula.</summary>
    public required OomBadnessEra Era { get; init; }

    /// <summary>Gets the memory that scores are shares of, in pages; null where the log does not tell: then adjustments are left out.</summary>
    public long? TotalPages { get; init; }

    /// <summary>Gets what <see cref="TotalPages"/> was computed from; empty where it is null.</summary>
    public required string TotalPagesSource { get; init; }

    /// <summary>Gets what had to be assumed; empty where nothing had.</summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];

    /// <summary>Gets all tasks, the worst first; those that cannot be chosen last.</summary>
    public required ImmutableArray<OomRankedTask> Tasks { get; init; }

    /// <summary>Gets how many tasks could have been chosen.</summary>
    public required int CandidateCount { get; init; }

    /// <summary>
    /// Gets the place of the first victim among them, 1-based (of its parent, where that was chosen); null where it is not in the table, or the table cannot
    /// tell: adjustments differ, and <see cref="TotalPages"/> is null.
    /// </summary>
    public int? VictimRank { get; init; }

    /// <summary>Gets the place it would have had by its memory alone, 1-based; null where it is not in the table.</summary>
    public int? VictimRankByMemory { get; init; }

    /// <summary>Gets how the victim came to be chosen.</summary>
    public required OomChoice Choice { get; init; }

    /// <summary>Gets why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets the printed scores, recomputed; empty since 5.1, which print none.</summary>
    public ImmutableArray<OomScoreCheck> Scores { get; init; } = [];

    /// <summary>Gets the lines that prove it.</summary>
    public ImmutableArray<OomEvidence> Evidence { get; init; } = [];

    /// <summary>Ranks the tasks of an event.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <returns>The ranking; null where the event has no task table, or is none of the kernel's OOM killer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static OomRanking? Of(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return oomEvent is { Kind: OomEventKind.Oom, Tasks.IsEmpty: false } ? TaskRanking.Make(oomEvent) : null;
    }
}
