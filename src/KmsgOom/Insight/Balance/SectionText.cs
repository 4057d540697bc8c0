using System.Buffers;
using System.Text;

namespace KmsgOom.Insight;

/// <summary>The lines of a section as one text in lower case: a sheet looks up some twenty words in it.</summary>
internal sealed class SectionText
{
    private const int MaxWord = 64;
    private const int UsualLines = 80;

    private readonly byte[] _text;
    private readonly List<(int Line, int End)> _ends;

    public SectionText(KeptLines lines, OomSections section)
    {
        _ends = new List<(int, int)>(UsualLines);
        int length = 0;
        for (int at = 0; at < lines.Count; at++)
        {
            if (lines.GetSection(at) == section)
            {
                length += lines.GetUtf8(at).Length + 1;
                _ends.Add((at, length));
            }
        }

        _text = new byte[length];
        int start = 0;
        foreach ((int line, int end) in _ends)
        {
            lines.GetUtf8(line).CopyTo(_text.AsSpan(start));
            _text[end - 1] = (byte)'\n';
            start = end;
        }

        // It stops at what is not ASCII; that is in no word.
        for (int lowered = 0; Ascii.ToLowerInPlace(_text.AsSpan(lowered), out int count) != OperationStatus.Done; lowered += count + 1)
        {
        }
    }

    /// <summary>Finds the first line that has a word, whatever its case: <c>free</c> is not in <c>free_pcp:7</c> nor in <c>kfree:7</c>.</summary>
    /// <param name="word">The word in lower case.</param>
    /// <returns>The line of <see cref="KeptLines"/>; -1 where there is none.</returns>
    public int Find(string word)
    {
        Span<byte> room = stackalloc byte[MaxWord];
        ReadOnlySpan<byte> wanted = room[..Encoding.ASCII.GetBytes(word, room)];
        int start = 0;
        while (_text.AsSpan(start).IndexOf(wanted) is >= 0 and int ahead)
        {
            int at = start + ahead;
            if ((at == 0 || !IsWord(_text[at - 1])) && !IsWord(_text[at + wanted.Length]))
            {
                return LineAt(at);
            }

            start = at + 1;
        }

        return -1;
    }

    private static bool IsWord(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter == '_';

    private int LineAt(int position)
    {
        int at = 0;
        while (_ends[at].End <= position)
        {
            at++;
        }

        return _ends[at].Line;
    }
}
