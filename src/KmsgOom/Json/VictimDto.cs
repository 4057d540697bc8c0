namespace KmsgOom.Json;

/// <summary>One victim.</summary>
internal sealed record VictimDto
{
    public int? Pid { get; set; }

    public string? Comm { get; set; }

    public long? Score { get; set; }

    public AnnouncedDto? Announced { get; set; }

    public decimal? UptimeSeconds { get; set; }

    public string? Time { get; set; }

    public string? TimeSource { get; set; }

    public decimal? TotalVmBytes { get; set; }

    public decimal? AnonRssBytes { get; set; }

    public decimal? FileRssBytes { get; set; }

    public decimal? ShmemRssBytes { get; set; }

    public decimal? RssBytes { get; set; }

    public long? RssPages { get; set; }

    public uint? Uid { get; set; }

    public decimal? PgtablesBytes { get; set; }

    public int? OomScoreAdj { get; set; }

    public ReaperDto? Reaper { get; set; }
}

/// <summary>The member <c>announced</c>.</summary>
internal sealed record AnnouncedDto
{
    public int? Pid { get; set; }

    public string? Comm { get; set; }

    public long? Score { get; set; }
}

/// <summary>The member <c>reaper</c>.</summary>
internal sealed record ReaperDto
{
    public string? Outcome { get; set; }

    public decimal? UptimeSeconds { get; set; }

    public decimal? AnonRssBytes { get; set; }

    public decimal? FileRssBytes { get; set; }

    public decimal? ShmemRssBytes { get; set; }
}
