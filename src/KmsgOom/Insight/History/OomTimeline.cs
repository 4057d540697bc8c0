using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>
/// The events with a wall-clock time in equal buckets, as fine as <see cref="MaxBuckets"/> allows. Times are those that the log prints, whatever their zone.
/// </summary>
public sealed record OomTimeline
{
    /// <summary>The greatest number of buckets; of centuries there may be more.</summary>
    public const int MaxBuckets = 31;

    /// <summary>Gets how long a bucket is.</summary>
    public OomTimelineUnit Unit { get; init; }

    /// <summary>Gets the buckets from the first event's to the last event's, those without events included; empty where no event has a date.</summary>
    public ImmutableArray<OomTimelineBucket> Buckets { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(OomTimeline? other) => other is not null && Unit == other.Unit && Buckets.AsSpan().SequenceEqual(other.Buckets.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Unit, Buckets.Length);
}
