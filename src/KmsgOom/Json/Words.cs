namespace KmsgOom.Json;

/// <summary>The words that stand for the values of the model's enumerations. They are part of the schema.</summary>
internal static class Words
{
    /// <summary>Gets the words of <see cref="OomEventKind"/>.</summary>
    public static WordList Kinds { get; } = new("kind", "oom", "alloc_failure", "vm_fault", "userspace_kill");

    /// <summary>Gets the words of <see cref="OomOutcome"/>.</summary>
    public static WordList Outcomes { get; } = new("outcome", "unfinished", "killed", "group_killed", "already_exiting", "no_victim", "panic");

    /// <summary>Gets the words of <see cref="OomScope"/>.</summary>
    public static WordList Scopes { get; } = new("scope", "unknown", "global", "memcg", "cpuset", "mempolicy");

    /// <summary>Gets the words of <see cref="OomTimeSource"/>.</summary>
    public static WordList TimeSources { get; } = new("time_source", "printed", "year_inferred", "boot");

    /// <summary>Gets the words of <see cref="OomPageSizeSource"/>.</summary>
    public static WordList PageSizeSources { get; } = new("page_size_source", "assumed", "option", "log");

    /// <summary>Gets the words of <see cref="OomReaperOutcome"/>.</summary>
    public static WordList ReaperOutcomes { get; } = new("reaper.outcome", "reaped", "unable");

    /// <summary>Gets the words of <see cref="OomRemarkKind"/>.</summary>
    public static WordList RemarkKinds { get; } = new(
        "remarks.kind", "sysrq", "gpu_memory", "killer_switch", "rate_limit", "statistics", "kill", "reaper", "policy", "allocation", "panic");

    /// <summary>Gets the words of <see cref="OomSections"/>, one a bit.</summary>
    public static WordList Sections { get; } = new("sections", "trigger", "call_trace", "memcg", "mem_info", "tasks", "constraint", "victim");
}
