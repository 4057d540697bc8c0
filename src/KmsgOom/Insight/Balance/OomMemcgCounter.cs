namespace KmsgOom;

/// <summary>One counter of a memory cgroup against its limit.</summary>
/// <param name="Name">The kernel's word: <c>memory</c>, <c>memory+swap</c>, <c>swap</c>, <c>kmem</c>.</param>
/// <param name="UsageBytes">What was charged, in bytes.</param>
/// <param name="LimitBytes">The limit in bytes; null where there is none.</param>
/// <param name="FailCount">How often a charge failed; since 6.17 on cgroup v2 the number of <c>max</c> events.</param>
/// <param name="IsAtLimit">Whether the usage was at the limit, give or take what CPUs charge ahead.</param>
/// <param name="Evidence">The line.</param>
public readonly record struct OomMemcgCounter(
    string Name, long UsageBytes, long? LimitBytes, ulong FailCount, bool IsAtLimit, OomEvidence Evidence);
