using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>
/// Writes numbers divided by a power of two, as <c>double.ToString</c> does (half goes to the even digit), which takes arithmetic of large numbers for it.
/// </summary>
internal static class BinaryFraction
{
    private const long MaxExact = 1L << 53;

    // A sign, the digits of MaxExact, a point, a tenth and a unit; longer text is right as well.
    private const int UsualLength = 32;

    /// <param name="value">The number.</param>
    /// <param name="shift">The power of two.</param>
    /// <param name="hasTenths">Whether there is a digit behind the point.</param>
    /// <param name="unit">What is written behind it.</param>
    public static string Of(long value, int shift, bool hasTenths, string unit = "")
    {
        if (value is <= -MaxExact or >= MaxExact)
        {
            return (value / (double)(1L << shift)).ToString(hasTenths ? "F1" : "F0", CultureInfo.InvariantCulture) + unit;
        }

        ulong scaled = (ulong)Math.Abs(value) * (hasTenths ? 10UL : 1);
        ulong digits = scaled >> shift;
        ulong rest = scaled - (digits << shift);
        ulong half = (1UL << shift) >> 1;
        digits += rest > half || (rest == half && rest > 0 && digits % 2 == 1) ? 1UL : 0;
        string sign = value < 0 ? "-" : "";
        return hasTenths
            ? string.Create(CultureInfo.InvariantCulture, stackalloc char[UsualLength], $"{sign}{digits / 10}.{digits % 10}{unit}")
            : string.Create(CultureInfo.InvariantCulture, stackalloc char[UsualLength], $"{sign}{digits}{unit}");
    }
}
