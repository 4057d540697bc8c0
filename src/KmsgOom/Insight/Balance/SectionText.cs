using System.Buffers;
using System.Text;

namespace KmsgOom.Insight;

/// <summary>The lines of a section as one text in lower case: a sheet looks up some twenty words in it.</summary>
internal sealed class SectionText
{
    private const int MaxWord = 64;

    private readonly byte[] _text;

    /// <summary>Where the text of each line ends.</summary>
    private readonly (int Line, int End)[] _ends;

    public SectionText(KeptLines lines, OomSections section)
    {
        (int first, int last) = lines.GetLinesOf(section);
        _ends = new (int, int)[last - first];
        int length = 0;
        int count = 0;
        for (int at = first; at < last; at++)
        {
            if (lines.GetSection(at) == section)
            {
                length += lines.GetUtf8(at).Length + 1;
                _ends[count++] = (at, length);
            }
        }

        _text = new byte[length];
        int start = 0;
        foreach ((int line, int end) in _ends.AsSpan(0, count))
        {
            lines.GetUtf8(line).CopyTo(_text.AsSpan(start));
            _text[end - 1] = (byte)'\n';
            start = end;
        }

        // It stops at what is not ASCII; that is in no word.
        for (int lowered = 0; Ascii.ToLowerInPlace(_text.AsSpan(lowered), out int done) != OperationStatus.Done; lowered += done + 1)
        {
        }
    }

    /// <summary>
    /// Finds the first line in which a word has a number that is not zero, whatever its case: <c>free</c> is not in <c>free_pcp:7</c> nor in <c>kfree:7</c>.
    /// </summary>
    /// <param name="word">The word in lower case.</param>
    /// <returns>The line of <see cref="KeptLines"/>, the first with zero where all have; -1 where there is none.</returns>
    public int Find(string word)
    {
        Span<byte> room = stackalloc byte[MaxWord];
        ReadOnlySpan<byte> wanted = room[..Encoding.ASCII.GetBytes(word, room)];
        int start = 0;
        int zero = -1;
        while (_text.AsSpan(start).IndexOf(wanted) is >= 0 and int ahead)
        {
            int at = start + ahead;
            int end = at + wanted.Length;
            if ((at == 0 || !IsWord(_text[at - 1])) && !IsWord(_text[end]) && FirstDigit(at, end) is var digit and not 0)
            {
                if (digit != '0')
                {
                    return LineAt(at);
                }

                zero = zero < 0 ? LineAt(at) : zero;
            }

            start = at + 1;
        }

        return zero;
    }

    /// <summary>
    /// Gets the first digit of the number behind a word (<c>anon 7</c>, <c>free:7kB</c>, <c>usage 7kB</c>), or before it (<c>7 total pagecache pages</c>); 0
    /// where it has none.
    /// </summary>
    private byte FirstDigit(int start, int end)
    {
        ReadOnlySpan<byte> behind = _text.AsSpan(end).TrimStart(": ="u8);
        if (behind.Length < _text.Length - end && behind is [>= (byte)'0' and <= (byte)'9', ..])
        {
            return behind[0];
        }

        ReadOnlySpan<byte> before = _text.AsSpan(0, start);
        before = before is [.., (byte)' '] ? before[..^1] : default;
        int number = before.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
        return number < before.Length ? before[number] : (byte)0;
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
