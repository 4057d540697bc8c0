using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>Counts by one property of events.</summary>
public sealed record OomHistoryTable
{
    /// <summary>Gets the rows: most kills first, then most events, then by name; days and hours in their own order.</summary>
    public ImmutableArray<OomHistoryCount> Rows { get; init; } = [];

    /// <summary>Gets the counts of all names for which there was no room (<see cref="OomHistoryOptions.MaxKeys"/>); its key is null.</summary>
    public OomHistoryCount Other { get; init; }
}
