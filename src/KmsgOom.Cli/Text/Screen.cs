using System.Text;

namespace KmsgOom.Cli.Text;

/// <summary>Lines of at most 80 columns. Everything that reaches a terminal passes here and is made printable.</summary>
internal sealed class Screen(bool usesColors)
{
    public const int Width = 80;

    private const int LabelWidth = 11;

    private static readonly string NoLabel = new(' ', LabelWidth);

    /// <summary>The columns that are left for text beside a label.</summary>
    public const int FieldWidth = Width - LabelWidth;

    private readonly StringBuilder _text = new();

    /// <summary>Adds a heading that is filled up to the full width.</summary>
    public void Heading(string text)
    {
        foreach (string line in LineWrap.Wrap($"== {PrintableText.Of(text)} ", Width))
        {
            int fill = Width - PrintableText.CountColumns(line) - 1;
            AppendLine(fill > 0 ? $"{line} {new string('=', fill)}" : line, Ink.Title);
        }
    }

    public void Paragraph(string text, Ink ink = Ink.Plain)
    {
        foreach (string line in LineWrap.Wrap(PrintableText.Of(text), Width))
        {
            AppendLine(line, ink);
        }
    }

    /// <summary>Adds text behind a label; an empty label continues the field above.</summary>
    public void Field(string label, string text, Ink ink = Ink.Plain)
    {
        string lead = label.PadRight(LabelWidth);
        foreach (string line in LineWrap.Wrap(PrintableText.Of(text), FieldWidth))
        {
            Append(line.Length > 0 ? lead : lead.TrimEnd(' '), Ink.Label);
            AppendLine(line, ink);
            lead = NoLabel;
        }
    }

    /// <summary>Adds a line as it is; what does not fit is shortened.</summary>
    public void Row(string text, Ink ink = Ink.Plain) =>
        AppendLine(PrintableText.Shorten(PrintableText.Of(text), Width), ink);

    /// <summary>Adds an empty line, unless there is one: a part between two may have nothing to say.</summary>
    public void Blank()
    {
        if (_text.Length < 2 || _text[^1] != '\n' || _text[^2] != '\n')
        {
            _text.Append('\n');
        }
    }

    /// <summary>Takes what was added since the last time.</summary>
    public string Take()
    {
        string text = _text.ToString();
        _text.Clear();
        return text;
    }

    private void AppendLine(string text, Ink ink)
    {
        Append(text.Replace(Words.Glue, ' ').TrimEnd(' '), ink);
        _text.Append('\n');
    }

    private void Append(string text, Ink ink)
    {
        string code = ink switch
        {
            Ink.Label => "\e[36m",
            Ink.Title => "\e[1m",
            Ink.Alarm => "\e[1;31m",
            Ink.Warning => "\e[33m",
            Ink.Good => "\e[32m",
            _ => "",
        };
        _ = usesColors && code.Length > 0 && !string.IsNullOrWhiteSpace(text)
            ? _text.Append(code).Append(text).Append("\e[0m")
            : _text.Append(text);
    }
}
