using System.Collections.Immutable;

namespace KmsgOom.Cli;

/// <summary>What the user asked <c>kmsgoom stats</c> to do.</summary>
internal sealed record StatsRequest
{
    public ImmutableArray<string> Paths { get; init; } = [];

    public StatsFormat Format { get; init; }

    public StatsTable By { get; init; }

    /// <summary>How many rows a list has; null for what suits the format.</summary>
    public int? Top { get; init; }

    public bool IsQuiet { get; init; }

    /// <summary>Whether events that are no kernel OOM count as well.</summary>
    public bool CountsAllKinds { get; init; }

    public int? PageSize { get; init; }

    /// <summary>Gets how much is read at the same time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;
}
