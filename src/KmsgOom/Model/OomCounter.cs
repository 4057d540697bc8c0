namespace KmsgOom;

/// <summary>One counter of the Mem-Info block.</summary>
/// <param name="Key">The kernel's word in lower case, <c>isolated_anon</c> for <c>isolated(anon)</c>; unknown ones are kept.</param>
/// <param name="Value">The value as printed.</param>
/// <param name="Unit">What it counts.</param>
public readonly record struct OomCounter(string Key, long Value, OomUnit Unit);
