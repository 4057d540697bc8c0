using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>The memory statistics of one cgroup. Up to 5.2 each descendant has its own and none includes its children.</summary>
/// <param name="Path">The cgroup.</param>
/// <param name="Values">The values in printed order; unknown keys are kept.</param>
public sealed record OomMemcgStats(string Path, ImmutableArray<OomMemcgStat> Values)
{
    /// <summary>Gets the value of a key; null where it was not printed.</summary>
    /// <param name="key">The kernel's word, such as <c>anon</c>.</param>
    public long? this[string key]
    {
        get
        {
            foreach (ref readonly OomMemcgStat stat in Values.AsSpan())
            {
                if (stat.Key == key)
                {
                    return stat.Value;
                }
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(OomMemcgStats? other) =>
        other is not null && Path == other.Path && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Values.Length);
}
