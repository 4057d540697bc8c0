using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Reads the amounts of Kubernetes: <c>123Mi</c>, <c>1.5Gi</c>, <c>129M</c>, <c>1e9</c>, <c>128974848000m</c>.</summary>
internal static class KubernetesQuantity
{
    /// <summary>Reads an amount in whole units, rounded up as the API server does.</summary>
    public static bool TryParse(string text, out long value)
    {
        int end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1]))
        {
            end--;
        }

        value = 0;
        if (GetFactor(text[end..]) is not { } factor
            || !decimal.TryParse(text.AsSpan(0, end), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        try
        {
            value = (long)decimal.Ceiling(number * factor);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static decimal? GetFactor(string suffix) => suffix switch
    {
        "" => 1,
        "m" => 0.001m,
        "k" => 1_000m,
        "M" => 1_000_000m,
        "G" => 1_000_000_000m,
        "T" => 1_000_000_000_000m,
        "P" => 1_000_000_000_000_000m,
        "E" => 1_000_000_000_000_000_000m,
        "Ki" => 1L << 10,
        "Mi" => 1L << 20,
        "Gi" => 1L << 30,
        "Ti" => 1L << 40,
        "Pi" => 1L << 50,
        "Ei" => 1L << 60,
        _ => null,
    };
}
