using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>
/// Writes numbers divided by a power of two, as <c>double.ToString</c> does (half goes to the even digit), which takes arithmetic of large numbers for it.
/// </summary>
internal static class BinaryFraction
{
    private const long MaxExact = 1L << 53;

    public static string Of(long value, int shift, bool hasTenths)
    {
        if (value is <= -MaxExact or >= MaxExact)
        {
            return (value / (double)(1L << shift)).ToString(hasTenths ? "F1" : "F0", CultureInfo.InvariantCulture);
        }

        ulong scaled = (ulong)Math.Abs(value) * (hasTenths ? 10UL : 1);
        ulong digits = scaled >> shift;
        ulong rest = scaled - (digits << shift);
        ulong half = (1UL << shift) >> 1;
        digits += rest > half || (rest == half && rest > 0 && digits % 2 == 1) ? 1UL : 0;
        string sign = value < 0 ? "-" : "";
        return hasTenths
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{digits / 10}.{digits % 10}")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{digits}");
    }
}
