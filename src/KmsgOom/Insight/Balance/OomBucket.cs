namespace KmsgOom;

/// <summary>One part of a balance sheet; no byte is in two parts.</summary>
/// <param name="Name">The name: <c>anon</c>, <c>file</c>, <c>shmem_unmapped</c>, <c>slab_unreclaimable</c>, …, and <c>unexplained</c> for the remainder.</param>
/// <param name="Bytes">The size; only that of <c>unexplained</c> may be negative.</param>
/// <param name="Source">The kernel's counters that it was computed from.</param>
public readonly record struct OomBucket(string Name, long Bytes, string Source);
