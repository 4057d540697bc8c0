namespace KmsgOom;

/// <summary>One counter of a memory cgroup: "memory: usage …kB, limit …kB, failcnt …", from <c>mem_cgroup_print_oom_meminfo()</c>.</summary>
/// <param name="UsageKiB">What was charged, in KiB. May exceed the limit slightly.</param>
/// <param name="LimitKiB">The limit in KiB, as printed.</param>
/// <param name="FailCount">How often a charge failed; since 6.17 on cgroup v2 the number of <c>max</c> events.</param>
public readonly record struct OomMemcgUsage(long UsageKiB, long LimitKiB, ulong FailCount)
{
    /// <summary>The smallest printed limit that means "no limit" on 64-bit machines: 2^43 KiB.</summary>
    public const long UnlimitedKiB = 1L << 43;

    // PAGE_COUNTER_MAX of a 32-bit kernel with 4 KiB pages, in KiB.
    private const long Unlimited32BitKiB = 8589934588;

    /// <summary>Gets whether there is no limit.</summary>
    public bool IsUnlimited => LimitKiB is >= UnlimitedKiB or Unlimited32BitKiB;
}
