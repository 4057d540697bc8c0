using System.Text;

namespace KmsgOom.Cli.Text;

/// <summary>Breaks text into lines of a width.</summary>
internal static class LineWrap
{
    /// <summary>Breaks at blanks; a word that is too long (a cgroup path, flags) behind a slash or a bar, else anywhere.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string whole = text.TrimEnd(' ');
        return PrintableText.CountColumns(whole) <= width ? [whole] : Break(text, width);
    }

    private static IEnumerable<string> Break(string text, int width)
    {
        StringBuilder line = new();
        int columns = 0;
        foreach (string piece in Split(text, width))
        {
            int pieceColumns = PrintableText.CountColumns(piece);
            if (columns > 0 && columns + PrintableText.CountColumns(piece.TrimEnd(' ')) > width)
            {
                yield return line.ToString().TrimEnd(' ');
                line.Clear();
                columns = 0;
            }

            line.Append(piece);
            columns += pieceColumns;
        }

        yield return line.ToString().TrimEnd(' ');
    }

    // The pieces, joined, are the text; none is wider than a line, but for blanks at its end.
    private static IEnumerable<string> Split(string text, int width)
    {
        foreach (string word in Cut(text, " "))
        {
            if (PrintableText.CountColumns(word.TrimEnd(' ')) <= width)
            {
                yield return word;
                continue;
            }

            foreach (string part in Cut(word, "/|").SelectMany(part => CutHard(part, width)))
            {
                yield return part;
            }
        }
    }

    private static IEnumerable<string> Cut(string text, string behind)
    {
        int start = 0;
        while (start < text.Length)
        {
            int length = text.AsSpan(start).IndexOfAny(behind) + 1;
            length = length == 0 ? text.Length - start : length;
            yield return text.Substring(start, length);
            start += length;
        }
    }

    private static IEnumerable<string> CutHard(string text, int width)
    {
        StringBuilder part = new();
        int columns = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int runeColumns = PrintableText.CountColumns(rune);
            if (columns + runeColumns > width)
            {
                yield return part.ToString();
                part.Clear();
                columns = 0;
            }

            part.Append(rune);
            columns += runeColumns;
        }

        yield return part.ToString();
    }
}
