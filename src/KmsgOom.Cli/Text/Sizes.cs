using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>Sizes for a person. Doubles, because a damaged log may hold numbers whose product overflows.</summary>
internal static class Sizes
{
    public static string FromKiB(long kib) => FromMiB(kib / 1024.0);

    public static string FromBytes(long bytes) => bytes is >= 0 and < 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes} byte{(bytes == 1 ? "" : "s")}")
        : FromMiB(bytes / 1048576.0);

    /// <summary>Gets the size in MiB and, for those who compare it with the log, in the kernel's kB.</summary>
    public static string FromKiBWithExact(long kib) => kib == 0
        ? "0"
        : string.Create(CultureInfo.InvariantCulture, $"{FromKiB(kib)} ({kib} kB)");

    /// <summary>Gets the bare number of MiB for a table: one decimal below 100, none above.</summary>
    public static string ToMiBNumber(double mib) => mib == 0 ? "0" : Number(mib);

    public static double PagesToMiB(long pages, int pageSize) => pages * (pageSize / 1048576.0);

    public static string FromMiB(double mib) => Math.Abs(mib) switch
    {
        0 => "0",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{mib * 1024:F0} KiB"),
        < 10 * 1024 => $"{Number(mib)} MiB",
        < 10 * 1024 * 1024 => $"{Number(mib / 1024)} GiB",
        _ => $"{Number(mib / 1024 / 1024)} TiB",
    };

    private static string Number(double value)
    {
        double rounded = Math.Round(value, 1, MidpointRounding.AwayFromZero);
        return Math.Abs(rounded) < 100
            ? rounded.ToString("F1", CultureInfo.InvariantCulture)
            : Math.Round(value, MidpointRounding.AwayFromZero).ToString("F0", CultureInfo.InvariantCulture);
    }
}
