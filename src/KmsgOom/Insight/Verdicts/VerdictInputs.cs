using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>What a verdict is based on.</summary>
internal sealed record VerdictInputs(
    OomEvent Event, OomEvent? Previous, OomWorkloadFinding Workload, OomBalance? Machine, OomMemcgBalance? Memcg, OomPrograms? Sums, OomWatermarks? Watermarks)
{
    /// <summary>Gets the programs, those that hold most of the memory first (what they have in swap takes none); empty where there is no table.</summary>
    public ImmutableArray<OomProgram> Programs { get; } = [.. (Sums?.Programs ?? []).OrderByDescending(program => program.RssBytes)];
}
