using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>One part of a balance sheet.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Its size in bytes, 0 or more.</param>
/// <param name="Sources">The kernel's counters that it was computed from, such as <c>slab_unreclaimable</c>.</param>
/// <param name="Evidence">The lines that print them.</param>
/// <param name="Note">What to know about it, such as that it is a bound; null where it is just the counter.</param>
public sealed record OomBucket(
    OomBucketKind Kind, long Bytes, ImmutableArray<string> Sources, ImmutableArray<OomEvidence> Evidence, string? Note = null);
