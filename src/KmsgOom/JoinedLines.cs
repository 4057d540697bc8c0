using KmsgOom.Envelopes;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Takes apart what is one line only because somebody lost the line feeds: a web page, a chat, a list of strings, an array of JSON objects.</summary>
/// <remarks>The kernel's stamps tell where each line begins, or the braces of the objects do.</remarks>
internal ref struct JoinedLines
{
    // Hardly a line of the kernel is as long, and no report as short.
    public const int MinLength = 512;
    private const int MinLines = 4;

    private readonly ReadOnlySpan<byte> _before;
    private ReadOnlySpan<byte> _rest;

    /// <summary>The quotation mark before the next line; 0 for none.</summary>
    private byte _mark;

    private JoinedLines(ReadOnlySpan<byte> line, int first, bool areObjects)
    {
        _before = line[..first];
        _rest = line[first..];
        _mark = MarkBefore(line, first);
        AreObjects = areObjects;
    }

    /// <summary>Gets whether the lines are JSON objects; else each begins with its stamp.</summary>
    public bool AreObjects { get; }

    private static ReadOnlySpan<byte> Object => "{\""u8;

    /// <summary>Tells whether a line holds a report of many; nearly all lines are too short.</summary>
    public static bool TryBegin(ReadOnlySpan<byte> line, out JoinedLines lines)
    {
        lines = default;
        if (line.IndexOf(" invoked oom-killer: "u8) < 0 && line.IndexOf("Killed process "u8) < 0)
        {
            return false;
        }

        int array = FindArray(line);
        lines = new JoinedLines(line, array < 0 ? Math.Max(0, NextStamp(line, 0)) : array + line[array..].IndexOf(Object), areObjects: array >= 0);
        JoinedLines counted = lines;
        int count = 0;
        while (count < MinLines && counted.TryTake(out ReadOnlySpan<byte> part) && (counted.AreObjects || NextStamp(part, 0) == 0))
        {
            count++;
        }

        return count == MinLines;
    }

    /// <summary>Hands out the next line, from its stamp or brace on.</summary>
    public bool TryTake(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (AreObjects)
        {
            int end = JsonEnvelope.EndOfObject(_rest);
            line = _rest[..end];
            int more = _rest[end..].IndexOf(Object);
            _rest = more >= 0 && _rest.Slice(end, more).IndexOfAnyExcept((byte)',', (byte)' ') < 0 ? _rest[(end + more)..] : default;
            return true;
        }

        int next = NextStamp(_rest, 1);
        ReadOnlySpan<byte> whole = next < 0 ? _rest : _rest[..next];
        line = Trim(_mark == 0 ? whole : QuotedText.UntilClosing(whole, _mark));
        _mark = next < 0 ? (byte)0 : MarkBefore(_rest, next);
        _rest = next < 0 ? default : _rest[next..];
        return true;
    }

    /// <summary>Finds an array of objects that have messages: all of the line, or the one member of an object (<c>dmesg --json</c>).</summary>
    private static int FindArray(ReadOnlySpan<byte> line)
    {
        int array = line[0] switch
        {
            (byte)'[' => 0,
            (byte)'{' => line.IndexOf((byte)'['),
            _ => -1,
        };
        ReadOnlySpan<byte> head = array < 0 ? default : line[..array];
        int first = array < 0 ? -1 : line[array..].IndexOf(Object);
        if (first is < 1 or > 2 || head.Count((byte)'"') is not (0 or 2))
        {
            return -1;
        }

        ReadOnlySpan<byte> one = line[(array + first)..];
        one = one[..JsonEnvelope.EndOfObject(one)];
        return one.IndexOf("\"msg\""u8) >= 0 || one.IndexOf("\"message\""u8) >= 0 || one.IndexOf("\"MESSAGE\""u8) >= 0 || one.IndexOf("\"log\""u8) >= 0 ? array : -1;
    }

    private static byte MarkBefore(ReadOnlySpan<byte> text, int at) => at > 0 && text[at - 1] is (byte)'"' or (byte)'\'' ? text[at - 1] : (byte)0;

    /// <summary>Takes off what belongs to the next line's wrapper, and the sign for a newline.</summary>
    private readonly ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> wrap = _before.TrimStart("\"'[{("u8);
        int start = line.Length - wrap.Length;
        while (start > 0 && start < line.Length && char.IsAsciiDigit((char)line[start - 1]) && char.IsAsciiDigit((char)line[start]))
        {
            // A number that has grown.
            start--;
        }

        line = wrap.Length > 0 && start > 0 && LearnedWrap.IsLike(wrap, line[start..]) ? line[..start] : line;
        line = line.TrimEnd(" \r\t"u8);
        line = line.EndsWith("\\n"u8) ? line[..^2] : line.EndsWith("#012"u8) ? line[..^4] : line;
        return line.EndsWith("\\r"u8) ? line[..^2] : line;
    }

    private static int NextStamp(ReadOnlySpan<byte> text, int from)
    {
        for (int open = from; open < text.Length; open++)
        {
            int more = text[open..].IndexOf((byte)'[');
            if (more < 0)
            {
                return -1;
            }

            open += more;
            Envelope unused = EnvelopeParser.New();
            if (DmesgEnvelope.TakeUptime(text[open..], ref unused) > 0)
            {
                return open;
            }
        }

        return -1;
    }
}
