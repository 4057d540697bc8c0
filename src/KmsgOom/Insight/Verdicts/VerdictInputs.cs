using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>What a verdict is based on.</summary>
internal sealed record VerdictInputs(
    OomEvent Event, OomEvent? Previous, OomWorkloadFinding Workload, OomBalance? Machine, OomMemcgBalance? Memcg, OomPrograms? Sums, OomWatermarks? Watermarks)
{
    /// <summary>Gets the programs, the largest first; empty where there is no table.</summary>
    public ImmutableArray<OomProgram> Programs => Sums?.Programs ?? [];
}
