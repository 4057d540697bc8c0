namespace KmsgOom.Cli.Text;

/// <summary>What a piece of text is; the colour follows from it.</summary>
internal enum Ink
{
    Plain,
    Label,
    Title,
    Alarm,
    Warning,
    Good,
}
