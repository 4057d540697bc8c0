using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>The quantities of Kubernetes: <c>123Mi</c>, <c>1.5Gi</c>, <c>128974848</c>, <c>129e6</c>, <c>100M</c>, <c>1500m</c>; exact.</summary>
/// <remarks>
/// Kubernetes: <c>k8s.io/apimachinery/pkg/api/resource/quantity.go</c>: a sign, digits with at most one point, then a binary or decimal suffix or a decimal
/// exponent.
/// </remarks>
internal static class KubernetesQuantity
{
    // A decimal holds 28 digits; what is larger is no amount of memory.
    private const int MaxExponent = 27;

    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("", 1m), ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
    ];

    /// <summary>Reads a quantity; null where it is none, or too large for a decimal.</summary>
    public static decimal? Parse(string text)
    {
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || (end == 0 && text[end] is '+' or '-')))
        {
            end++;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text.AsSpan(0, end), Style, CultureInfo.InvariantCulture, out decimal number) || FindFactor(text[end..]) is not { } factor)
        {
            return null;
        }

        try
        {
            return number * factor;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>Reads an amount of memory in bytes, rounded up as Kubernetes does (<c>Quantity.Value()</c>); null where it is none, negative or too large.</summary>
    public static long? ParseBytes(string text) =>
        Parse(text) is { } number and >= 0 && decimal.Ceiling(number) is <= long.MaxValue and var bytes ? (long)bytes : null;

    private static decimal? FindFactor(string suffix)
    {
        foreach ((string known, decimal factor) in Suffixes)
        {
            if (known == suffix)
            {
                return factor;
            }
        }

        // "1e3", "1E-3"; "1E" alone is the suffix.
        if (suffix.Length < 2
            || suffix[0] is not ('e' or 'E')
            || !int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent)
            || exponent is < -MaxExponent or > MaxExponent)
        {
            return null;
        }

        decimal power = 1;
        for (int count = Math.Abs(exponent); count > 0; count--)
        {
            power *= 10;
        }

        return exponent < 0 ? 1 / power : power;
    }
}
