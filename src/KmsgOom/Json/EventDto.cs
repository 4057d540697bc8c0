using System.Text.Json;

namespace KmsgOom.Json;

// The shapes of the JSON, for reading only. Everything may be absent here; EventReader says what must not be. Sizes are decimals because a damaged
// log's numbers may exceed 64 bits as bytes.

/// <summary>The top level.</summary>
internal sealed record EventDto
{
    public string? Id { get; set; }

    public int? Revision { get; set; }

    public string? Kind { get; set; }

    public SourceDto? Source { get; set; }

    public string? Host { get; set; }

    public string? Time { get; set; }

    public string? TimeSource { get; set; }

    public decimal? UptimeSeconds { get; set; }

    public string? Scope { get; set; }

    public string? Constraint { get; set; }

    public string? Outcome { get; set; }

    public string[]? Missing { get; set; }

    public string[]? Sections { get; set; }

    public bool Interleaved { get; set; }

    public bool Duplicated { get; set; }

    public long SuppressedBefore { get; set; }

    public long LostMessages { get; set; }

    public KernelDto? Kernel { get; set; }

    public TriggerDto? Trigger { get; set; }

    public string[]? CallTrace { get; set; }

    public OrderedDictionary<string, string>? Registers { get; set; }

    public RepeatedDto<string>[]? RegistersRepeated { get; set; }

    public MemcgDto? Memcg { get; set; }

    public JsonElement? Memory { get; set; }

    public int? PageSizeBytes { get; set; }

    public string? PageSizeSource { get; set; }

    public string[]? OtherTaskColumns { get; set; }

    public TaskDto[]? Tasks { get; set; }

    public VictimDto[]? Victims { get; set; }

    public AnnouncedDto? Announced { get; set; }

    public string? Panic { get; set; }

    public RemarkDto[]? Remarks { get; set; }

    public string[]? UnknownLines { get; set; }
}

/// <summary>An entry of <c>remarks</c>.</summary>
internal sealed record RemarkDto
{
    public string? Kind { get; set; }

    public string? Text { get; set; }
}

/// <summary>The member <c>source</c>.</summary>
internal sealed record SourceDto
{
    public string? Path { get; set; }

    public long Line { get; set; }

    public long ByteOffset { get; set; }

    public int LineCount { get; set; }

    public int ForeignLines { get; set; }
}

/// <summary>The member <c>kernel</c>.</summary>
internal sealed record KernelDto
{
    public string? Release { get; set; }

    public string? Version { get; set; }

    public string? Tainted { get; set; }

    public string? Hardware { get; set; }
}

/// <summary>The member <c>trigger</c>.</summary>
internal sealed record TriggerDto
{
    public string? Comm { get; set; }

    public int? Pid { get; set; }

    public uint? Uid { get; set; }

    public int? Cpu { get; set; }

    public string? GfpMask { get; set; }

    public string[]? GfpFlags { get; set; }

    public string? GfpFlagsSource { get; set; }

    public int? Order { get; set; }

    public int? OomScoreAdj { get; set; }

    public int? OomAdj { get; set; }

    public string? Nodemask { get; set; }

    public string? Cpuset { get; set; }

    public string? MemsAllowed { get; set; }
}

/// <summary>An entry of <c>registers_repeated</c> or <c>values_repeated</c>: a name that stands in the object already.</summary>
internal sealed record RepeatedDto<T>
{
    public int Index { get; set; }

    public string? Name { get; set; }

    public T? Value { get; set; }
}
