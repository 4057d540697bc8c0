namespace KmsgOom;

/// <summary>The free blocks of one order in a zone.</summary>
/// <param name="Order">The order: a block has 2^order pages.</param>
/// <param name="Count">The number of blocks.</param>
/// <param name="Types">The letters of the migrate types that have such blocks (<c>UMEHCI</c>, <c>R</c> up to 4.3); empty where none were printed (before 3.8).</param>
public readonly record struct OomBuddy(int Order, long Count, string Types);
