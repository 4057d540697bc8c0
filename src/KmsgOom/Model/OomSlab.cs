namespace KmsgOom;

/// <summary>A slab cache whose memory cannot be reclaimed, from <c>dump_unreclaimable_slab()</c>.</summary>
/// <param name="Name">The cache.</param>
/// <param name="UsedKiB">What its objects take.</param>
/// <param name="TotalKiB">What it takes.</param>
public readonly record struct OomSlab(string Name, long UsedKiB, long TotalKiB);
