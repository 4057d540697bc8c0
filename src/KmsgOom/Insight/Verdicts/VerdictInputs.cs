using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>What a verdict is based on.</summary>
internal sealed record VerdictInputs(
    OomEvent Event, OomEvent? Previous, OomWorkloadFinding Workload, OomBalance? Machine, OomBalance? Memcg, ImmutableArray<OomProgram> Programs);
