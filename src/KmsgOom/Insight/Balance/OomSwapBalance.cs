namespace KmsgOom;

/// <summary>The swap of the machine.</summary>
public sealed record OomSwapBalance
{
    /// <summary>Gets whether swap could have helped.</summary>
    public required OomSwapState State { get; init; }

    /// <summary>Gets the swap space in bytes; null where the log does not print it.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Gets the free swap space in bytes; null where the log does not print it.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Gets the swap space in use in bytes; null where the log does not print both.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>Gets the memory that is in RAM and has a slot in swap, in bytes; null where the log does not print it.</summary>
    public long? CacheBytes { get; init; }

    /// <summary>
    /// Gets what the tasks of the table have in swap, in bytes; null where the table has no such column. The rest belongs to tmpfs, and to tasks that are not
    /// listed.
    /// </summary>
    public long? TableBytes { get; init; }

    /// <summary>Gets what that means, in one or two sentences.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the line that says how much is free.</summary>
    public OomEvidence Evidence { get; init; }
}
