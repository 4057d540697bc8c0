namespace KmsgOom.Json;

/// <summary>The member <c>memcg</c>.</summary>
internal sealed record MemcgDto
{
    public string? Path { get; set; }

    public string? TaskPath { get; set; }

    public UsageDto? Memory { get; set; }

    public UsageDto? MemorySwap { get; set; }

    public UsageDto? Swap { get; set; }

    public UsageDto? Kmem { get; set; }

    public ProtectionDto? Protection { get; set; }

    public bool OomGroup { get; set; }

    public StatsDto[]? Stats { get; set; }
}

/// <summary>One counter.</summary>
internal sealed record UsageDto
{
    public decimal UsageBytes { get; set; }

    public decimal? LimitBytes { get; set; }

    public bool Unlimited { get; set; }

    public long? LimitPrintedKb { get; set; }

    public ulong Failcnt { get; set; }
}

/// <summary>The member <c>protection</c>.</summary>
internal sealed record ProtectionDto
{
    public decimal MinBytes { get; set; }

    public decimal LowBytes { get; set; }
}

/// <summary>The statistics of one cgroup.</summary>
internal sealed record StatsDto
{
    public string? Path { get; set; }

    public OrderedDictionary<string, long>? Values { get; set; }

    public RepeatedDto<long>[]? ValuesRepeated { get; set; }
}
