using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Takes apart what is one line only because somebody lost the line feeds: a web page, a chat, a list of strings, an array of JSON objects.</summary>
/// <remarks>
/// The kernel's stamps tell where each line begins, or the braces of the objects do, or the quotation marks of strings in a JSON document (an answer of Loki). Such a
/// document may begin with the newest line, and is read from its end then.
/// </remarks>
internal ref struct JoinedLines
{
    // Hardly a line of the kernel is as long, and no report as short.
    public const int MinLength = 512;
    private const int MinLines = 4;

    // Braces prove more than stamps.
    private const int MinObjects = 2;

    // A string that is longer holds more than a line.
    private const int MaxStringLength = 1024;

    // Lists of labels and shards stand before that of the lines.
    private const int MaxArrays = 16;

    // Nanoseconds since 1970.
    private const int MinTimeDigits = 16;

    private readonly ReadOnlySpan<byte> _before;
    private ReadOnlySpan<byte> _rest;

    /// <summary>The quotation mark before the next line; 0 for none.</summary>
    private byte _mark;

    private JoinedLines(ReadOnlySpan<byte> line, int first, JoinedForm form)
    {
        _before = line[..first];
        _rest = line[first..];
        _mark = MarkBefore(line, first);
        Form = form;
    }

    /// <summary>Gets what the lines are.</summary>
    public JoinedForm Form { get; }

    private readonly bool HasMany
    {
        get
        {
            JoinedLines counted = this;
            int count = 0;
            bool areMessages = Form == JoinedForm.Objects;
            while (count < MinLines && counted.TryTake(out ReadOnlySpan<byte> part) && (Form != JoinedForm.Stamped || NextStamp(part, 0) == 0))
            {
                count++;
                areMessages = areMessages && part[0] == '{' && HasMessage(part);
                if (areMessages && count == MinObjects)
                {
                    return true;
                }
            }

            return count == MinLines;
        }
    }

    /// <summary>Tells whether a line may hold many: it is long, or a list of objects.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> line) =>
        line.Length >= MinLength || (line is [.., (byte)']' or (byte)'}'] and ([(byte)'[', (byte)'{' or (byte)' ', ..] or [(byte)'{', ..]));

    /// <summary>Tells whether a line holds a report of many; nearly all lines are too short.</summary>
    public static bool TryBegin(ReadOnlySpan<byte> line, out JoinedLines lines)
    {
        lines = default;
        int word = line.IndexOf(" invoked oom-killer: "u8) is >= 0 and var invoked ? invoked : line.IndexOf(KilledLine.Killed);
        if (word < 0)
        {
            return false;
        }

        if (FindObjects(line) is >= 0 and var first)
        {
            lines = new JoinedLines(line, first, JoinedForm.Objects);
            if (lines.HasMany)
            {
                return true;
            }
        }

        if (line[0] is (byte)'{' or (byte)'[' && IsInShortString(line, word))
        {
            // Of a document that was cut off, the last string has no end: it is no help backwards, but no kill in it may be lost.
            ReadOnlySpan<byte> closed = UntilUnclosed(line);
            bool isBackwards = line[closed.Length..].IndexOf(KilledLine.Killed) < 0 && IsNewestFirst(line);
            lines = isBackwards ? new JoinedLines(closed, 0, JoinedForm.StringsBackwards) : new JoinedLines(line, 0, JoinedForm.Strings);
            if (lines.HasMany)
            {
                return true;
            }
        }

        lines = new JoinedLines(line, Math.Max(0, NextStamp(line, 0)), JoinedForm.Stamped);
        return lines.HasMany;
    }

    /// <summary>Hands out the next line, from its stamp or brace on, or what stands between its quotation marks with its escapes.</summary>
    public bool TryTake(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (Form is JoinedForm.Strings or JoinedForm.StringsBackwards)
        {
            while (TryTakeString(out line, out bool isKey))
            {
                if (!isKey && !line.IsEmpty && line.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                {
                    return true;
                }
            }

            return false;
        }

        if (Form == JoinedForm.Objects)
        {
            // What stands between objects is read as a line if it has a kill, so that none is lost.
            int end = _rest[0] == '{' ? JsonEnvelope.EndOfObject(_rest) : NextObject(_rest) is >= 0 and var open ? open : _rest.Length;
            line = _rest[..end];
            ReadOnlySpan<byte> behind = _rest[end..];
            int more = NextObject(behind);
            bool hasKill = (more < 0 ? behind : behind[..more]).IndexOf(KilledLine.Killed) >= 0;
            _rest = hasKill ? behind : more >= 0 ? behind[more..] : default;
            return true;
        }

        int next = NextStamp(_rest, 1);
        ReadOnlySpan<byte> whole = next < 0 ? _rest : _rest[..next];
        line = Trim(_mark == 0 ? whole : QuotedText.UntilClosing(whole, _mark));
        _mark = next < 0 ? (byte)0 : MarkBefore(_rest, next);
        _rest = next < 0 ? default : _rest[next..];
        return true;
    }

    /// <summary>Takes the next string of a JSON document, or the one before.</summary>
    private bool TryTakeString(out ReadOnlySpan<byte> text, out bool isKey)
    {
        bool isForwards = Form == JoinedForm.Strings;
        int first = isForwards ? QuotedText.NextMark(_rest, 0) : QuotedText.LastMark(_rest, _rest.Length);
        int second = first < 0 ? -1 : isForwards ? QuotedText.NextMark(_rest, first + 1) : QuotedText.LastMark(_rest, first);
        if (second < 0)
        {
            text = first >= 0 && isForwards ? _rest[(first + 1)..] : default;
            isKey = false;
            _rest = default;
            return !text.IsEmpty;
        }

        (int start, int end) = isForwards ? (first + 1, second) : (second + 1, first);
        text = _rest[start..end];
        ReadOnlySpan<byte> behind = _rest[(end + 1)..].TrimStart((byte)' ');
        isKey = behind is [(byte)':', ..];
        _rest = isForwards ? _rest[(end + 1)..] : _rest[..(start - 1)];
        return true;
    }

    /// <summary>
    /// Finds the first of an array of objects that have messages: all of the line, or a member of an object (<c>dmesg --json</c>, the hits of Elasticsearch).
    /// </summary>
    private static int FindObjects(ReadOnlySpan<byte> line)
    {
        if (line[0] is not ((byte)'[' or (byte)'{'))
        {
            return -1;
        }

        // One behind the other, with nothing or a comma between (what Firehose writes).
        int end = line[0] == '{' ? JsonEnvelope.EndOfObject(line) : line.Length;
        if (NextObject(line[end..].TrimStart(", "u8)) == 0 && HasMessage(line[..end]))
        {
            return 0;
        }

        int at = 0;
        for (int arrays = 0; arrays < MaxArrays && line[at..].IndexOf((byte)'[') is >= 0 and var array && at + array < MaxStringLength; arrays++, at += array + 1)
        {
            ReadOnlySpan<byte> one = line[(at + array + 1)..].TrimStart((byte)' ');
            if (!one.StartsWith("{\""u8))
            {
                continue;
            }

            int first = line.Length - one.Length;
            one = one[..JsonEnvelope.EndOfObject(one)];
            if (HasMessage(one))
            {
                return first;
            }
        }

        return -1;
    }

    private static bool HasMessage(ReadOnlySpan<byte> one) =>
        one.IndexOf("\"msg\""u8) >= 0 || one.IndexOf("\"message\""u8) >= 0 || one.IndexOf("\"MESSAGE\""u8) >= 0 || one.IndexOf("\"log\""u8) >= 0;

    /// <summary>Tells whether a word stands in a string that is a line, not a whole log.</summary>
    private static bool IsInShortString(ReadOnlySpan<byte> line, int word)
    {
        int start = QuotedText.LastMark(line, word);
        int end = QuotedText.NextMark(line, word);
        return start >= 0 && end - start is > 0 and <= MaxStringLength;
    }

    /// <summary>Tells by the first two times, which are strings of digits, whether the lines are in the order of an answer of Loki: the newest comes first.</summary>
    private static bool IsNewestFirst(ReadOnlySpan<byte> line)
    {
        JoinedLines strings = new(line, 0, JoinedForm.Strings);
        ReadOnlySpan<byte> before = default;
        while (strings.TryTakeString(out ReadOnlySpan<byte> text, out bool isKey))
        {
            if (isKey || text.Length < MinTimeDigits || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                continue;
            }

            int order = before.IsEmpty ? 0 : before.SequenceCompareTo(text);
            if (order != 0)
            {
                return order > 0 && before.Length == text.Length;
            }

            before = text;
        }

        return false;
    }

    /// <summary>Gets a document up to the mark that nothing closes; all of it where there is none.</summary>
    private static ReadOnlySpan<byte> UntilUnclosed(ReadOnlySpan<byte> line)
    {
        int open = -1;
        for (int mark = QuotedText.NextMark(line, 0); mark >= 0; mark = QuotedText.NextMark(line, mark + 1))
        {
            open = open < 0 ? mark : -1;
        }

        return open < 0 ? line : line[..open];
    }

    private static int NextObject(ReadOnlySpan<byte> text)
    {
        for (int at = 0; text[at..].IndexOf((byte)'{') is >= 0 and var open; at += open + 1)
        {
            if (text[(at + open + 1)..].TrimStart((byte)' ') is [(byte)'"', ..])
            {
                return at + open;
            }
        }

        return -1;
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
