namespace KmsgOom;

/// <summary>The kernel and the machine, from the CPU line and the lines behind it (<c>dump_stack_print_info()</c>).</summary>
public sealed record OomKernel
{
    /// <summary>Gets the release, such as <c>4.15.0-46-generic</c>.</summary>
    public string? Release { get; init; }

    /// <summary>Gets what follows the release, such as <c>#49-Ubuntu</c> or <c>#1 PREEMPT(full)</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Gets "Not tainted" or "Tainted: …" as printed.</summary>
    public string? Tainted { get; init; }

    /// <summary>Gets the hardware name; null where the log has none.</summary>
    public string? Hardware { get; init; }
}
