using System.Globalization;
using System.Text;

namespace KmsgOom.Cli.Text;

/// <summary>Text from a log, made harmless for a terminal, and how wide it is there.</summary>
/// <remarks>
/// A task calls itself what it likes. Whatever could move the cursor, change colours or reorder text is shown as an
/// escape. A backslash stays: systemd's cgroup names are full of them, and doing this twice then changes nothing.
/// </remarks>
internal static class PrintableText
{
    // Up to here, each character has a column: the first combining ones come behind it.
    private const char LastNarrow = '\u02FF';

    public static string Of(string text)
    {
        int at = 0;
        while (text.AsSpan(at).IndexOfAnyExceptInRange(' ', '~') is >= 0 and int ahead)
        {
            // A lone surrogate is decoded as U+FFFD and comes out as such.
            at += ahead;
            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
            if (IsDangerous(rune) || rune == Rune.ReplacementChar)
            {
                return Escape(text);
            }

            at += length;
        }

        return text;
    }

    /// <summary>Gets a task's name so that empty names and blanks at its ends can be seen.</summary>
    public static string OfName(TaskName name)
    {
        string text = Of(name.ToString());
        return text.Length == 0 || text[0] == ' ' || text[^1] == ' ' ? $"\"{text}\"" : text;
    }

    /// <summary>Gets the number of terminal columns that printable text takes.</summary>
    public static int CountColumns(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyExceptInRange('\0', LastNarrow))
        {
            return text.Length;
        }

        int columns = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            columns += CountColumns(rune);
        }

        return columns;
    }

    public static int CountColumns(Rune rune) => rune.Value switch
    {
        <= LastNarrow => 1,
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
        // East Asian wide and fullwidth blocks, and the emoji.
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) => 2,
        (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) => 2,
        (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => 1,
    };

    /// <summary>Shortens printable text in its middle until it fits.</summary>
    public static string Shorten(string text, int maxColumns)
    {
        if (CountColumns(text) <= maxColumns)
        {
            return text;
        }

        Rune[] runes = [.. text.EnumerateRunes()];
        int head = 0;
        int tail = 0;
        int columns = 1;   // the "…"
        while (true)
        {
            bool fromHead = head <= tail;
            columns += CountColumns(fromHead ? runes[head] : runes[^(tail + 1)]);
            if (columns > maxColumns)
            {
                return $"{string.Concat(runes[..head])}…{string.Concat(runes[^tail..])}";
            }

            _ = fromHead ? head++ : tail++;
        }
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = !IsDangerous(rune) ? escaped.Append(rune) : rune.Value switch
            {
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                <= 0xFF => escaped.Append(CultureInfo.InvariantCulture, $@"\x{rune.Value:x2}"),
                <= 0xFFFF => escaped.Append(CultureInfo.InvariantCulture, $@"\u{rune.Value:x4}"),
                _ => escaped.Append(CultureInfo.InvariantCulture, $@"\U{rune.Value:x8}"),
            };
        }

        return escaped.ToString();
    }

    // Controls of C0 and C1; "format" has the bidi controls, zero-width characters and tags.
    private static bool IsDangerous(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
