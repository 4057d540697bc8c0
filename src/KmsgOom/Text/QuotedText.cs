namespace KmsgOom.Text;

/// <summary>Text that somebody put into quotation marks: JSON, CSV, logfmt.</summary>
internal static class QuotedText
{
    /// <summary>Cuts a line where text begins and, if it stands behind a quotation mark, or in a field that has begun with one, where that closes.</summary>
    public static ReadOnlySpan<byte> UntilClosing(ReadOnlySpan<byte> line, int start)
    {
        byte mark = start > 0 ? line[start - 1] : (byte)0;
        mark = mark == '\'' || line[..start].Count((byte)'"') % 2 == 0 ? mark : (byte)'"';
        ReadOnlySpan<byte> rest = line[start..];
        ReadOnlySpan<byte> text = mark is (byte)'"' or (byte)'\'' ? UntilClosing(rest, mark) : rest;

        // The line feed that a program's string ends with is written out.
        return text.Length < rest.Length && text.EndsWith("\\n"u8) ? text[..^2] : text;
    }

    /// <summary>Cuts text at the mark that closes it: neither escaped nor doubled, and what follows belongs to no text.</summary>
    public static ReadOnlySpan<byte> UntilClosing(ReadOnlySpan<byte> text, byte mark)
    {
        int at = text.IndexOf(mark);
        while (at >= 0)
        {
            bool isDoubled = at + 1 < text.Length && text[at + 1] == mark;
            if (!isDoubled && !IsEscaped(text, at) && MayFollow(text[(at + 1)..]))
            {
                return text[..at];
            }

            int next = at + (isDoubled ? 2 : 1);
            int more = next < text.Length ? text[next..].IndexOf(mark) : -1;
            at = more < 0 ? -1 : next + more;
        }

        return text;
    }

    /// <summary>Finds the next double mark that is not escaped, in text that begins with no escape; negative where there is none.</summary>
    public static int NextMark(ReadOnlySpan<byte> text, int from)
    {
        for (int at = from; at < text.Length && text[at..].IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var next; at += next + 2)
        {
            if (text[at + next] == '"')
            {
                return at + next;
            }
        }

        return -1;
    }

    /// <summary>Finds the last double mark before a position that is not escaped; negative where there is none.</summary>
    public static int LastMark(ReadOnlySpan<byte> text, int before)
    {
        int mark;
        do
        {
            mark = text[..before].LastIndexOf((byte)'"');
            before = mark;
        }
        while (mark > 0 && IsEscaped(text, mark));
        return mark;
    }

    private static bool IsEscaped(ReadOnlySpan<byte> text, int at) => (at - text[..at].LastIndexOfAnyExcept((byte)'\\') - 1) % 2 != 0;

    /// <summary>Tells what stands behind a closing mark: nothing, a sign that parts or closes, or a blank and another field.</summary>
    private static bool MayFollow(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] is (byte)',' or (byte)';' or (byte)'}' or (byte)']' or (byte)'\t')
        {
            return true;
        }

        int equals = rest[0] == ' ' ? rest.IndexOf((byte)'=') : -1;
        return equals > 1 && !rest[1..equals].ContainsAny((byte)' ', (byte)',', (byte)'(');
    }
}
