namespace KmsgOom.Text;

/// <summary>Undoes the escapes that loggers put in place of bytes they cannot print.</summary>
internal static class Escapes
{
    /// <summary>Undoes <c>\xNN</c> (kmsg, dmesg); what is not such an escape stays.</summary>
    /// <param name="escaped">The text.</param>
    /// <param name="destination">At least as long as <paramref name="escaped"/>; may be the same memory.</param>
    /// <returns>The number of bytes written.</returns>
    public static int DecodeHex(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        int written = 0;
        int at = 0;
        while (true)
        {
            int length = escaped[at..].IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = length < 0 ? escaped[at..] : escaped.Slice(at, length);
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (length < 0)
            {
                return written;
            }

            at += length;
            byte value = escaped[at++];
            if (at + 2 < escaped.Length && escaped[at] == 'x'
                && Utf8Cursor.HexValue(escaped[at + 1]) is var high and >= 0
                && Utf8Cursor.HexValue(escaped[at + 2]) is var low and >= 0)
            {
                value = (byte)((high << 4) | low);
                at += 3;
            }

            destination[written++] = value;
        }
    }

    /// <summary>Takes out <c>ESC [ … m</c>, the colours of <c>dmesg -L</c>, also where a pager wrote the escape as <c>ESC</c> or <c>^[</c>.</summary>
    /// <param name="coloured">The text.</param>
    /// <param name="destination">At least as long as <paramref name="coloured"/>; may be the same memory.</param>
    /// <returns>The number of bytes written.</returns>
    public static int TakeOutColour(ReadOnlySpan<byte> coloured, Span<byte> destination)
    {
        int written = 0;
        for (int at = 0; at < coloured.Length; at++)
        {
            int begin = ColourStart(coloured[at..]);
            if (begin > 0)
            {
                int end = at + begin;
                while (end < coloured.Length && coloured[end] is (>= (byte)'0' and <= (byte)'9') or (byte)';')
                {
                    end++;
                }

                if (end < coloured.Length && coloured[end] is (byte)'m' or (byte)'K')
                {
                    at = end;
                    continue;
                }
            }

            destination[written++] = coloured[at];
        }

        return written;
    }

    /// <summary>Says how long the beginning of a colour is, zero where there is none.</summary>
    public static int ColourStart(ReadOnlySpan<byte> text) => text switch
    {
        [0x1B, (byte)'[', ..] => 2,
        [(byte)'^', (byte)'[', (byte)'[', ..] => 3,
        [(byte)'E', (byte)'S', (byte)'C', (byte)'[', ..] => 4,
        _ => 0,
    };

    /// <summary>Tells whether a tool has coloured a line: from its first byte on, its stamp, or its message.</summary>
    public static bool IsColoured(ReadOnlySpan<byte> line) => IsColoured(line, line.IndexOf((byte)0x1B));

    /// <summary>Tells the same where somebody has looked for the first escape; negative where there is none.</summary>
    public static bool IsColoured(ReadOnlySpan<byte> line, int escape) => escape == 0 || ColourStart(line) > 0 || (escape > 0 && IsStampColoured(line[escape..])) || IsMessageColoured(line);

    /// <summary>Tells whether a text begins with a coloured stamp, as <c>dmesg -L</c> makes it: <c>ESC[32m[   77.123456] ESC[0m</c>.</summary>
    private static bool IsStampColoured(ReadOnlySpan<byte> text) =>
        ColourStart(text) > 0 && text[2..].TrimStart("0123456789;"u8) is [(byte)'m', (byte)'[' or (>= (byte)'0' and <= (byte)'9'), ..];

    /// <summary>
    /// Tells whether all that stands behind the header of a line has one colour, as <c>journalctl</c> writes for terminals:
    /// <c>host kernel: ESC[0;1;33m…ESC[0m</c>.
    /// </summary>
    private static bool IsMessageColoured(ReadOnlySpan<byte> line)
    {
        if (!line.EndsWith("[0m"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line;
        while (rest.IndexOf(": "u8) is >= 0 and int colon)
        {
            rest = rest[(colon + 2)..];
            if (ColourStart(rest) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Undoes <c>#ooo</c> (rsyslog, three octal digits); what is not such an escape stays: rsyslog writes control characters so, and 8-bit ones, but no others.
    /// </summary>
    /// <param name="escaped">The text.</param>
    /// <param name="destination">At least as long as <paramref name="escaped"/>; may be the same memory.</param>
    /// <returns>The number of bytes written.</returns>
    public static int DecodeOctal(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        int written = 0;
        for (int at = 0; at < escaped.Length; at++)
        {
            byte value = escaped[at];
            if (value == '#' && at + 3 < escaped.Length
                && escaped[at + 1] is >= (byte)'0' and <= (byte)'3'
                && escaped[at + 2] is >= (byte)'0' and <= (byte)'7'
                && escaped[at + 3] is >= (byte)'0' and <= (byte)'7')
            {
                int decoded = ((escaped[at + 1] - '0') << 6) | ((escaped[at + 2] - '0') << 3) | (escaped[at + 3] - '0');
                bool isEscape = decoded is < ' ' or >= 0x7F;
                value = isEscape ? (byte)decoded : value;
                at += isEscape ? 3 : 0;
            }

            destination[written++] = value;
        }

        return written;
    }

    /// <summary>Makes newlines of an escape; all other bytes stay.</summary>
    /// <param name="escaped">The text.</param>
    /// <param name="escape">How the newline is written.</param>
    /// <param name="destination">At least as long as <paramref name="escaped"/>.</param>
    /// <returns>The number of bytes written.</returns>
    public static int DecodeNewlines(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> escape, Span<byte> destination)
    {
        int written = 0;
        for (int at = escaped.IndexOf(escape); at >= 0; at = escaped.IndexOf(escape))
        {
            escaped[..at].CopyTo(destination[written..]);
            written += at;
            destination[written++] = (byte)'\n';
            escaped = escaped[(at + escape.Length)..];
        }

        escaped.CopyTo(destination[written..]);
        return written + escaped.Length;
    }

    /// <summary>Undoes <c>=XX</c> (quoted-printable); what is not such an escape stays.</summary>
    /// <param name="escaped">The text.</param>
    /// <param name="destination">At least as long as <paramref name="escaped"/>.</param>
    /// <returns>The number of bytes written.</returns>
    public static int DecodeQuotedPrintable(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        int written = 0;
        for (int at = 0; at < escaped.Length; at++)
        {
            byte value = escaped[at];
            if (value == '=' && at + 2 < escaped.Length
                && Utf8Cursor.HexValue(escaped[at + 1]) is var high and >= 0
                && Utf8Cursor.HexValue(escaped[at + 2]) is var low and >= 0)
            {
                value = (byte)((high << 4) | low);
                at += 2;
            }

            destination[written++] = value;
        }

        return written;
    }
}
