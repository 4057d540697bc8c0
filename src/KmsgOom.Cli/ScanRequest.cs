using System.Collections.Immutable;

namespace KmsgOom.Cli;

/// <summary>What the user asked <c>kmsgoom scan</c> to do.</summary>
internal sealed record ScanRequest
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    public ImmutableArray<string> Paths { get; init; } = [];

    public ScanFormat Format { get; init; }

    public bool IsQuiet { get; init; }

    public bool FailsOnOom { get; init; }

    /// <summary>Whether events that are no kernel OOM are shown as well.</summary>
    public bool ShowsAllKinds { get; init; }

    public int? PageSize { get; init; }

    /// <summary>Gets how much is read at the same time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets which events are shown; null for all.</summary>
    public OomFilter? Filter { get; init; }

    /// <summary>Gets whether conclusions are drawn.</summary>
    public bool Analyzes { get; init; }

    /// <summary>Gets the file with the pods of the cluster; null for none.</summary>
    public string? PodsPath { get; init; }

    /// <summary>Gets the memory of the node in bytes; null where the log has to tell.</summary>
    public long? NodeMemoryBytes { get; init; }
}
