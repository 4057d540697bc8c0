namespace KmsgOom.Text;

/// <summary>Undoes what a web page does to text.</summary>
internal static class HtmlText
{
    private const int MaxTagLength = 128;

    /// <summary>Says how long the tag is that a text begins with, zero where it begins with none; the kernel's own marks (<c>&lt;TASK&gt;</c>) are upper case.</summary>
    public static int TagLength(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'<', ..])
        {
            return 0;
        }

        int start = text is [_, (byte)'/', ..] ? 2 : 1;
        int at = start;
        while (at < text.Length && text[at] is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9'))
        {
            at++;
        }

        ReadOnlySpan<byte> name = text[start..at];
        bool isKnown = name.SequenceEqual("br"u8) || name.SequenceEqual("p"u8) || name.SequenceEqual("pre"u8) || name.SequenceEqual("code"u8)
            || name.SequenceEqual("span"u8) || name.SequenceEqual("div"u8) || name.SequenceEqual("li"u8) || name.SequenceEqual("td"u8)
            || name.SequenceEqual("tr"u8) || name.SequenceEqual("tt"u8) || name.SequenceEqual("font"u8) || name.SequenceEqual("blockquote"u8);
        if (!isKnown || at >= text.Length || text[at] is not ((byte)'>' or (byte)' ' or (byte)'/'))
        {
            return 0;
        }

        return text[..Math.Min(text.Length, MaxTagLength)].IndexOf((byte)'>') + 1;
    }

    /// <summary>Takes a line break's tag off the end of a line.</summary>
    public static ReadOnlySpan<byte> TrimBreak(ReadOnlySpan<byte> line) =>
        line.EndsWith("<br>"u8) ? line[..^4] : line.EndsWith("<br/>"u8) ? line[..^5] : line.EndsWith("<br />"u8) ? line[..^6] : line;

    /// <summary>Undoes the entities that stand for characters of a kernel log, and makes no-break spaces blanks; what is none stays.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">At least as long as <paramref name="text"/>.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0;
        for (int at = 0; at < text.Length; at++)
        {
            byte value = text[at];
            if (value == '&' && TakeEntity(text[at..], out byte character) is var length and > 0)
            {
                value = character;
                at += length - 1;
            }

            destination[written++] = value;
        }

        return written;
    }

    /// <summary>Makes blanks of no-break spaces.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int DecodeSpaces(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0;
        for (int at = 0; at < text.Length; at++)
        {
            bool isSpace = text[at] == 0xC2 && at + 1 < text.Length && text[at + 1] == 0xA0;
            destination[written++] = isSpace ? (byte)' ' : text[at];
            at += isSpace ? 1 : 0;
        }

        return written;
    }

    private static int TakeEntity(ReadOnlySpan<byte> text, out byte character)
    {
        (character, int length) = text switch
        {
            _ when text.StartsWith("&lt;"u8) => ((byte)'<', 4),
            _ when text.StartsWith("&gt;"u8) => ((byte)'>', 4),
            _ when text.StartsWith("&amp;"u8) => ((byte)'&', 5),
            _ when text.StartsWith("&quot;"u8) => ((byte)'"', 6),
            _ when text.StartsWith("&apos;"u8) => ((byte)'\'', 6),
            _ when text.StartsWith("&nbsp;"u8) => ((byte)' ', 6),
            _ => ((byte)0, 0),
        };
        return length > 0 || !text.StartsWith("&#"u8) ? length : TakeNumber(text, out character);
    }

    /// <summary><c>&amp;#39;</c>, <c>&amp;#x27;</c>: characters of one byte only.</summary>
    private static int TakeNumber(ReadOnlySpan<byte> text, out byte character)
    {
        character = 0;
        int value = 0;
        int at = 2;
        int radix = at < text.Length && text[at] is (byte)'x' or (byte)'X' ? 16 : 10;
        at += radix == 16 ? 1 : 0;
        int start = at;
        while (at < text.Length && at - start < 4 && Utf8Cursor.HexValue(text[at]) is var digit and >= 0 && digit < radix)
        {
            value = (value * radix) + digit;
            at++;
        }

        if (at == start || at >= text.Length || text[at] != ';' || value is not ((>= 0x20 and < 0x7F) or 0xA0))
        {
            return 0;
        }

        character = value == 0xA0 ? (byte)' ' : (byte)value;
        return at + 1;
    }
}
