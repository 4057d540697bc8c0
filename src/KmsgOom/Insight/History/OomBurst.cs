using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>Two or more events of one machine that followed each other within <see cref="OomHistoryOptions.BurstGap"/>.</summary>
public sealed record OomBurst
{
    /// <summary>Gets the most programs that <see cref="Programs"/> holds.</summary>
    public const int MaxPrograms = 8;

    /// <summary>Gets the host; null where the log names none.</summary>
    public string? Host { get; init; }

    /// <summary>Gets the number of events, 2 or more.</summary>
    public long Events { get; init; }

    /// <summary>Gets the number of processes killed.</summary>
    public long Kills { get; init; }

    /// <summary>Gets the wall-clock time of the first event; null where the log has none.</summary>
    public OomTimestamp? First { get; init; }

    /// <summary>Gets the wall-clock time of the last event; null where the log has none.</summary>
    public OomTimestamp? Last { get; init; }

    /// <summary>Gets the time since boot of the first event; null where the log has none.</summary>
    public TimeSpan? FirstUptime { get; init; }

    /// <summary>Gets the time from the first event to the last.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Gets the names of the killed programs, most kills first, the first <see cref="MaxPrograms"/> of them.</summary>
    public ImmutableArray<string> Programs { get; init; } = [];

    /// <summary>Gets the number of different programs killed.</summary>
    public int ProgramCount { get; init; }

    /// <inheritdoc/>
    public bool Equals(OomBurst? other) =>
        other is not null
        && Host == other.Host
        && Events == other.Events
        && Kills == other.Kills
        && First == other.First
        && Last == other.Last
        && FirstUptime == other.FirstUptime
        && Duration == other.Duration
        && ProgramCount == other.ProgramCount
        && Programs.AsSpan().SequenceEqual(other.Programs.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Host, Events, First, FirstUptime);
}
