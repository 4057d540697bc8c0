namespace KmsgOom.Framing;

/// <summary>Finds the ends of forwarded syslog records, which need no line feed between them.</summary>
/// <remarks>
/// A record begins with its priority and a time: <c>&lt;4&gt;Nov 23 18:17:43 </c>, <c>&lt;4&gt;2026-11-23T18:17:43</c>, <c>&lt;4&gt;1 2026-11-23T18:17:43</c>.
/// A frame may tell its length before that (RFC 6587): <c>123 &lt;4&gt;1 2026-…</c>.
/// </remarks>
internal static class SyslogFrames
{
    /// <summary>What must be at hand to tell whether a record begins: a priority, a version, and the time up to its minutes.</summary>
    public const int HeadLength = 24;

    /// <summary>The same for a frame, with its length and a blank before that.</summary>
    public const int FrameHeadLength = HeadLength + MaxLengthDigits + 2;

    private const int MaxLengthDigits = 5;

    // Eight times what receivers must take: who tells more is not waited for.
    private const int MaxLength = 64 * 1024;

    /// <summary>Tells whether a record or a frame begins here; the length of the frame is zero where it does not tell.</summary>
    public static bool IsStart(ReadOnlySpan<byte> text, out int head, out int length)
    {
        head = length = 0;
        if (text.IsEmpty || text[0] == '0')
        {
            return false;
        }

        while (head < text.Length && head <= MaxLengthDigits && text[head] is >= (byte)'0' and <= (byte)'9')
        {
            length = (length * 10) + (text[head] - '0');
            head++;
        }

        if (head > 0)
        {
            if (head > MaxLengthDigits || length > MaxLength || head >= text.Length || text[head] != ' ')
            {
                return false;
            }

            head++;
        }

        return IsRecord(text[head..]);
    }

    /// <summary>Finds where a record ends: where the next one begins, or with its line; negative where neither is there.</summary>
    /// <param name="text">Text that begins inside the record.</param>
    /// <param name="isCounted">Whether the record has its length before it: only then may the next one have, and not a number at the end of the text.</param>
    /// <param name="isAll">Whether nothing follows; else a head that is cut off at the end counts as a beginning that must wait.</param>
    /// <param name="isUndecided">Set where the end of the text may be the beginning of a head.</param>
    public static int IndexOfEnd(ReadOnlySpan<byte> text, bool isCounted, bool isAll, out bool isUndecided)
    {
        isUndecided = false;
        for (int at = 0; at < text.Length; at++)
        {
            int next = text[at..].IndexOfAny((byte)'<', (byte)'\n');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            ReadOnlySpan<byte> head = text[at..];
            if (head[0] == '\n')
            {
                return at;
            }

            if (at > 0 && IsRecord(head))
            {
                // "…text35 <4>1 2026": the number is the next frame's length.
                return isCounted ? BackOverLength(text, at) : at;
            }

            if (!isAll && head.Length < HeadLength && !head.Contains((byte)'\n'))
            {
                isUndecided = true;
                return at;
            }
        }

        return -1;
    }

    /// <summary>Finds the first frame that follows other text on a line without a blank between, by its length; negative where there is none.</summary>
    /// <remarks>A message that holds line feeds ends so: its last line has no head, but the next frame's behind it.</remarks>
    public static int IndexOfFrame(ReadOnlySpan<byte> line)
    {
        for (int at = 1; at < line.Length && line[at..].IndexOf((byte)'<') is >= 0 and var next; at++)
        {
            at += next;
            if (line[at - 1] != ' ' || !IsRecord(line[at..]))
            {
                continue;
            }

            int length = 0;
            int unit = 1;
            for (int digit = at - 2; digit > 0 && at - digit - 2 < MaxLengthDigits && line[digit] is >= (byte)'0' and <= (byte)'9'; digit--, unit *= 10)
            {
                length += unit * (line[digit] - '0');
                if (line[digit] != '0' && line[digit - 1] is not ((byte)' ' or (byte)'"') && length <= line.Length - at && IsFrameEnd(line[(at + length)..]))
                {
                    return digit;
                }
            }
        }

        return -1;
    }

    /// <summary>Gets the last of the records and frames on a line, without its length; the line where it is none of these.</summary>
    public static ReadOnlySpan<byte> LastRecord(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            bool isStart = IsStart(line, out int head, out int length);
            int next = !isStart ? IndexOfFrame(line)
                : length > 0 && head + length <= line.Length && IsFrameEnd(line[(head + length)..]) ? head + length
                : IndexOfEnd(line[head..], length > 0, isAll: true, out _) is > 0 and var end ? head + end : line.Length;
            if (next <= 0 || next >= line.Length)
            {
                return isStart ? line[head..] : line;
            }

            line = line[next..];
        }
    }

    /// <summary>Tells whether a frame that should end here does: with its line, or before another one.</summary>
    public static bool IsFrameEnd(ReadOnlySpan<byte> rest) => rest.IsEmpty || rest[0] == '\n' || (IsStart(rest, out _, out int length) && length > 0);

    private static int BackOverLength(ReadOnlySpan<byte> text, int at)
    {
        int start = at - 1;
        if (start < 1 || text[start] != ' ')
        {
            return at;
        }

        int digits = start;
        while (digits > 0 && start - digits < MaxLengthDigits && text[digits - 1] is >= (byte)'0' and <= (byte)'9')
        {
            digits--;
        }

        return digits < start ? digits : at;
    }

    private static bool IsRecord(ReadOnlySpan<byte> text)
    {
        int close = text[..Math.Min(text.Length, 5)].IndexOf((byte)'>');
        if (close < 2 || text[0] != '<' || text[1..close].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        ReadOnlySpan<byte> time = text[(close + 1)..];
        time = time.StartsWith("1 "u8) ? time[2..] : time;
        if (time.Length < 16 || time[..16].Contains((byte)'\n'))
        {
            return false;
        }

        // "Nov 23 18:17:43 " or "2026-11-23T18:17"
        bool isRfc3164 = time[3] == ' ' && time[6] == ' ' && time[9] == ':' && time[12] == ':' && time[15] == ' '
            && char.IsAsciiLetterUpper((char)time[0]) && char.IsAsciiLetterLower((char)time[1]) && char.IsAsciiLetterLower((char)time[2]);
        bool isIso = time[4] == '-' && time[7] == '-' && time[10] == 'T' && time[13] == ':' && !time[..4].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return isRfc3164 || isIso;
    }
}
