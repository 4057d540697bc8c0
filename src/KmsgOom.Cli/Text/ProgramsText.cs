using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>What programs hold, all their tasks together, in bytes and pages.</summary>
internal static class ProgramsText
{
    private const int MaxRows = 5;

    public static void Write(Screen screen, OomPrograms? programs)
    {
        if (programs is null)
        {
            return;
        }

        screen.Row($"  {"program",-16}{"tasks",7}{"rss",12}{"pages",13}{"swap",11}{"tables",11}{"share",8}", Ink.Label);
        foreach (OomProgram program in programs.Programs.Take(MaxRows))
        {
            screen.Row(Format(programs, program, PrintableText.OfName(program.Name)));
        }

        screen.Row(Format(programs, programs.Total, "all"));
        screen.Field("Shared", programs.SharedText);
        screen.Field("Pages", programs.PageSizeText);
    }

    private static string Format(OomPrograms programs, OomProgram program, string name)
    {
        string share = programs.PercentOf(program) is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:F0} %") : "";
        string swap = program.SwapBytes is { } swapped ? Sizes.FromBytes(swapped) : "-";
        string tables = program.PageTablesBytes is { } bytes ? Sizes.FromBytes(bytes) : "-";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-16}{program.Count,7}{Sizes.FromBytes(program.RssBytes),12}{program.RssPages,13}{swap,11}{tables,11}{share,8}");
    }
}
