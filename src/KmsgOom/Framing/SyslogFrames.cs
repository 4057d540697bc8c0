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

    private const int MaxLengthDigits = 7;

    /// <summary>Tells whether a record or a frame begins here; the length of the frame is zero where it does not tell.</summary>
    public static bool IsStart(ReadOnlySpan<byte> text, out int head, out int length)
    {
        head = length = 0;
        if (text.IsEmpty)
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
            if (head > MaxLengthDigits || head >= text.Length || text[head] != ' ')
            {
                return false;
            }

            head++;
        }

        return IsRecord(text[head..]);
    }

    /// <summary>Finds where the next record begins; negative where none does. What stands before a frame's length is not looked at twice.</summary>
    /// <param name="text">Text that begins inside a record.</param>
    /// <param name="isCounted">Whether that record has its length before it: only then may the next one have, and not a number at the end of the text.</param>
    /// <param name="isAll">Whether nothing follows; else a head that is cut off at the end counts as a beginning that must wait.</param>
    /// <param name="isUndecided">Set where the end of the text may be the beginning of a head.</param>
    public static int IndexOfNext(ReadOnlySpan<byte> text, bool isCounted, bool isAll, out bool isUndecided)
    {
        isUndecided = false;
        int at = 1;
        while (at < text.Length)
        {
            int next = text[at..].IndexOf((byte)'<');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            ReadOnlySpan<byte> head = text[at..];
            if (IsRecord(head))
            {
                // "…text35 <4>1 2026": the number is the next frame's length.
                return isCounted ? BackOverLength(text, at) : at;
            }

            if (!isAll && head.Length < HeadLength)
            {
                isUndecided = true;
                return at;
            }

            at++;
        }

        return -1;
    }

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
        if (time.Length < 16)
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
