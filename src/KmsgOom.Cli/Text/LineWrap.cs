using System.Text;

namespace KmsgOom.Cli.Text;

/// <summary>Breaks text into lines of a width.</summary>
internal static class LineWrap
{
    /// <summary>Breaks at blanks; a word that is too long (a cgroup path, flags) behind a slash or a bar, else anywhere.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        string whole = text.TrimEnd(' ');
        if (PrintableText.CountColumns(whole) <= width)
        {
            return [whole];
        }

        Lines lines = new(text, width);
        int end;
        for (int start = 0; start < text.Length; start = end)
        {
            end = EndBehind(text, start, text.Length, " ");
            lines.AddWord(start, end);
        }

        return lines.End();
    }

    private static int EndBehind(string text, int start, int end, string behind)
    {
        int at = text.AsSpan(start, end - start).IndexOfAny(behind);
        return at < 0 ? end : start + at + 1;
    }

    /// <summary>Puts pieces of a text, one behind the other, into lines; none is wider than a line, but for blanks at its end.</summary>
    private struct Lines(string text, int width)
    {
        private readonly List<string> _made = [];
        private int _start;
        private int _columns;

        public void AddWord(int start, int end)
        {
            ReadOnlySpan<char> word = text.AsSpan(start, end - start).TrimEnd(' ');
            int columns = PrintableText.CountColumns(word);
            if (columns <= width)
            {
                AddPiece(start, columns, end - start - word.Length);
                return;
            }

            int endOfPart;
            for (; start < end; start = endOfPart)
            {
                endOfPart = EndBehind(text, start, end, "/|");
                AddPart(start, endOfPart);
            }
        }

        public readonly List<string> End()
        {
            _made.Add(text.AsSpan(_start).TrimEnd(' ').ToString());
            return _made;
        }

        /// <summary>Adds what may be wider than a line in pieces that are not.</summary>
        private void AddPart(int start, int end)
        {
            int columns = 0;
            for (int at = start; at < end;)
            {
                Rune.DecodeFromUtf16(text.AsSpan(at, end - at), out Rune rune, out int length);
                int runeColumns = PrintableText.CountColumns(rune);
                if (columns + runeColumns > width)
                {
                    AddPiece(start, at);
                    (start, columns) = (at, 0);
                }

                at += length;
                columns += runeColumns;
            }

            AddPiece(start, end);
        }

        private void AddPiece(int start, int end)
        {
            ReadOnlySpan<char> piece = text.AsSpan(start, end - start).TrimEnd(' ');
            AddPiece(start, PrintableText.CountColumns(piece), end - start - piece.Length);
        }

        /// <param name="start">Where the piece begins.</param>
        /// <param name="columns">The columns that it has without the blanks at its end.</param>
        /// <param name="blanks">How many those are; each has a column.</param>
        private void AddPiece(int start, int columns, int blanks)
        {
            if (_columns > 0 && _columns + columns > width)
            {
                _made.Add(text.AsSpan(_start, start - _start).TrimEnd(' ').ToString());
                (_start, _columns) = (start, 0);
            }

            _columns += columns + blanks;
        }
    }
}
