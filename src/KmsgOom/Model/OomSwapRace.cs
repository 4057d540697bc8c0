namespace KmsgOom;

/// <summary>The two races that kernels up to 2.6.26 counted in the swap cache.</summary>
/// <param name="NoEntry">The entry was gone.</param>
/// <param name="Exists">The entry was there already.</param>
public readonly record struct OomSwapRace(long NoEntry, long Exists);
