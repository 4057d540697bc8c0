namespace KmsgOom.Text;

/// <summary>The FNV-1a hash of 64 bits: stable across runs and machines, which <see cref="HashCode"/> is not.</summary>
internal static class Fnv1a
{
    public const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    public static ulong Add(ulong hash, long value)
    {
        for (int shift = 0; shift < 64; shift += 8)
        {
            hash = (hash ^ (byte)(value >> shift)) * Prime;
        }

        return hash;
    }
}
