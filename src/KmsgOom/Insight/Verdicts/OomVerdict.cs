using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>What happened and what to do, in few words, with the lines that prove it.</summary>
public sealed record OomVerdict
{
    /// <summary>Gets the cause.</summary>
    public required OomCause Cause { get; init; }

    /// <summary>Gets the verdict in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Gets the lines and numbers that prove it.</summary>
    public ImmutableArray<OomEvidence> Evidence { get; init; } = [];

    /// <summary>Gets what to do, with numbers; empty where nothing in the log suggests anything.</summary>
    public ImmutableArray<string> Advice { get; init; } = [];
}
