using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>Finds counters by their key.</summary>
public static class OomCounters
{
    /// <summary>Gets the value of a counter as printed.</summary>
    /// <param name="counters">The counters of a machine, a node or a zone.</param>
    /// <param name="key">The key, such as <c>active_anon</c>.</param>
    /// <returns>The value of the first counter with this key; null where none was printed.</returns>
    public static long? Get(this ImmutableArray<OomCounter> counters, string key)
    {
        foreach (ref readonly OomCounter counter in counters.AsSpan())
        {
            if (counter.Key == key)
            {
                return counter.Value;
            }
        }

        return null;
    }
}
