namespace KmsgOom.Json;

/// <summary>One row of the task table.</summary>
internal sealed record TaskDto
{
    public int? Pid { get; set; }

    public uint Uid { get; set; }

    public int Tgid { get; set; }

    public decimal TotalVmBytes { get; set; }

    public decimal RssBytes { get; set; }

    public decimal? RssAnonBytes { get; set; }

    public decimal? RssFileBytes { get; set; }

    public decimal? RssShmemBytes { get; set; }

    public long? PgtablesBytes { get; set; }

    public decimal? SwapBytes { get; set; }

    public short? OomScoreAdj { get; set; }

    public string? Comm { get; set; }

    public OrderedDictionary<string, long>? Other { get; set; }

    public long[]? OtherRepeated { get; set; }
}
