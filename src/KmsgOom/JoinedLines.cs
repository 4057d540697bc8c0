using KmsgOom.Envelopes;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Takes apart what is one line only because somebody lost the line feeds: a web page, a chat, a list of strings, an array of JSON objects.</summary>
/// <remarks>The kernel's stamps tell where each line begins, or the braces of the objects do.</remarks>
internal ref struct JoinedLines
{
    // Shorter than any report; the kernel's own lines are, too.
    private const int MinLength = 512;
    private const int MinLines = 4;

    private readonly bool _areObjects;
    private readonly ReadOnlySpan<byte> _before;
    private ReadOnlySpan<byte> _rest;

    private JoinedLines(ReadOnlySpan<byte> line, int first, bool areObjects)
    {
        _before = line[..first];
        _rest = line[first..];
        _areObjects = areObjects;
    }

    private static ReadOnlySpan<byte> Object => "{\""u8;

    /// <summary>Tells whether a line holds a report of many; nearly all lines are too short.</summary>
    public static bool TryBegin(ReadOnlySpan<byte> line, out JoinedLines lines)
    {
        lines = default;
        if (line.Length < MinLength || (line.IndexOf(" invoked oom-killer: "u8) < 0 && line.IndexOf("Killed process "u8) < 0))
        {
            return false;
        }

        // An object alone ends with its brace, and holds a record.
        bool areObjects = line[0] is (byte)'[' or (byte)'{' && line.IndexOf("[{\""u8) is >= 0 and < MinLength;
        int first = areObjects ? line.IndexOf(Object) : NextStamp(line, 0);
        if (areObjects && line[0] == '{')
        {
            first += 1 + line[(first + 1)..].IndexOf(Object);
        }

        int at = first;
        for (int count = 1; count < MinLines && at >= 0; count++)
        {
            at = areObjects ? NextObject(line, at + 1) : NextStamp(line, at + 1);
        }

        if (at < 0)
        {
            return false;
        }

        lines = new JoinedLines(line, first, areObjects);
        return true;
    }

    /// <summary>Hands out the next line, from its stamp on.</summary>
    public bool TryTake(out ReadOnlySpan<byte> line)
    {
        if (_rest.IsEmpty)
        {
            line = default;
            return false;
        }

        int next = _areObjects ? NextObject(_rest, 1) : NextStamp(_rest, 1);
        ReadOnlySpan<byte> whole = _before is [.., (byte)'"' or (byte)'\''] ? QuotedText.UntilClosing(_rest, _before[^1]) : _rest;
        line = Trim(whole[..Math.Min(whole.Length, next < 0 ? _rest.Length : next)]);
        _rest = next < 0 ? default : _rest[next..];
        return true;
    }

    /// <summary>Takes off what belongs to the next line's wrapper, and the sign for a newline.</summary>
    private readonly ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (_areObjects)
        {
            // The last one is followed by the end of the array, and of what it is in.
            int end = line.LastIndexOf("}]"u8);
            end = end < 0 || line[end..].Contains((byte)'"') ? line.LastIndexOf((byte)'}') : end;
            return line[..(end + 1)];
        }

        int wrap = _before.TrimStart("\"'[{("u8).Length;
        line = wrap > 0 && wrap < line.Length && LearnedWrap.IsLike(_before[^wrap..], line[^wrap..]) ? line[..^wrap] : line;
        line = line.TrimEnd(" \r\t"u8);
        return line.EndsWith("\\n"u8) || line.EndsWith("\\r"u8) ? line[..^2] : line.EndsWith("#012"u8) ? line[..^4] : line;
    }

    /// <summary>Finds the object behind another: "},{", with or without blanks.</summary>
    private static int NextObject(ReadOnlySpan<byte> text, int from)
    {
        for (int at = from; at < text.Length; at++)
        {
            int more = text[at..].IndexOf(Object);
            if (more < 0)
            {
                return -1;
            }

            at += more;
            if (text[..at].TrimEnd(" \n"u8) is [.., (byte)'}', (byte)','])
            {
                return at;
            }
        }

        return -1;
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
