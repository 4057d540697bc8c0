using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>Sizes for a person. Doubles, because a damaged log may hold numbers whose product overflows.</summary>
internal static class Sizes
{
    // Longer ones are right as well.
    private const int MaxUsual = 24;

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
        < 1 => KiB(mib * 1024),
        < 10 * 1024 => Number(mib, " MiB"),
        < 10 * 1024 * 1024 => Number(mib / 1024, " GiB"),
        _ => Number(mib / 1024 / 1024, " TiB"),
    };

    // Integers are written in a tenth of the time that doubles take.
    private static string KiB(double kib) => kib == (long)kib
        ? string.Create(CultureInfo.InvariantCulture, stackalloc char[MaxUsual], $"{(long)kib} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{kib:F0} KiB");

    private static string Number(double value, string unit = "")
    {
        double tenths = Math.Round(value, 1, MidpointRounding.AwayFromZero) * 10;
        if (Math.Abs(tenths) < 1000)
        {
            long whole = (long)Math.Round(tenths);
            return string.Create(CultureInfo.InvariantCulture, stackalloc char[MaxUsual], $"{(double.IsNegative(tenths) ? "-" : "")}{Math.Abs(whole / 10)}.{Math.Abs(whole % 10)}{unit}");
        }

        double rounded = Math.Round(value, MidpointRounding.AwayFromZero);
        return Math.Abs(rounded) < long.MaxValue / 2
            ? string.Create(CultureInfo.InvariantCulture, stackalloc char[MaxUsual], $"{(long)rounded}{unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{rounded:F0}{unit}");
    }
}
