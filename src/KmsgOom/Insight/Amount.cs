using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Writes sizes for people: three digits and a binary unit.</summary>
internal static class Amount
{
    private static readonly string[] Units = [" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"];

    public static string Of(Int128 bytes)
    {
        double value = (double)bytes;
        int unit = 0;
        while (Math.Abs(value) >= 1023.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        bool hasTenths = Math.Abs(value) < 99.95 && unit > 0 && value != Math.Round(value);
        return bytes >= long.MinValue && bytes <= long.MaxValue
            ? BinaryFraction.Of((long)bytes, unit * 10, hasTenths, Units[unit])
            : value.ToString(hasTenths ? "F1" : "F0", CultureInfo.InvariantCulture) + Units[unit];
    }

    public static string Share(Int128 part, Int128 whole) =>
        whole > 0 ? ((double)part * 100 / (double)whole).ToString("F0", CultureInfo.InvariantCulture) + " %" : "an unknown share";
}
