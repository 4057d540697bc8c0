using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>The machine, and where the report stands in the log.</summary>
internal static class OriginText
{
    public static void Write(Screen screen, OomEvent oomEvent)
    {
        if (oomEvent.Kernel is { } kernel)
        {
            string release = string.Join(' ', new[] { kernel.Release, kernel.Version }.Where(part => part is not null));
            string[] parts = [.. new[] { release, kernel.Tainted }.Where(part => !string.IsNullOrEmpty(part)).Select(part => part!)];
            if (parts.Length > 0)
            {
                screen.Field("Kernel", string.Join(", ", parts));
            }

            if (kernel.Hardware is { } hardware)
            {
                screen.Field("Hardware", hardware);
            }
        }

        OomSource source = oomEvent.Source;
        string place = source.Path is null ? "standard input, line " : $"{source.Path}:";
        screen.Field("Source", string.Create(
            CultureInfo.InvariantCulture,
            $"{place}{source.Line} ({Words.Count(source.LineCount, "line")})"));
    }
}
