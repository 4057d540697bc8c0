namespace KmsgOom;

/// <summary>What the swap cache did since boot, up to 5.19, from <c>show_swap_cache_info()</c>.</summary>
/// <param name="Added">Pages added.</param>
/// <param name="Deleted">Pages deleted.</param>
/// <param name="Found">Lookups that found their page.</param>
/// <param name="Searched">All lookups.</param>
/// <param name="Race">Lookups that lost a race; null after 2.6.26.</param>
public readonly record struct OomSwapCache(long Added, long Deleted, long Found, long Searched, OomSwapRace? Race);
