namespace KmsgOom.Text;

/// <summary>Text that somebody put into quotation marks: JSON, CSV, logfmt.</summary>
internal static class QuotedText
{
    /// <summary>Cuts a line where text begins and, if it stands behind a quotation mark, where the mark comes again: neither escaped nor doubled.</summary>
    public static ReadOnlySpan<byte> UntilClosing(ReadOnlySpan<byte> line, int start)
    {
        byte mark = start > 0 ? line[start - 1] : (byte)0;
        return mark is (byte)'"' or (byte)'\'' ? UntilClosing(line[start..], mark) : line[start..];
    }

    /// <summary>Cuts text at the mark that closes it.</summary>
    public static ReadOnlySpan<byte> UntilClosing(ReadOnlySpan<byte> text, byte mark)
    {
        int at = text.IndexOf(mark);
        while (at >= 0)
        {
            bool isDoubled = at + 1 < text.Length && text[at + 1] == mark;
            if (!isDoubled && (at == 0 || text[at - 1] != '\\'))
            {
                return text[..at];
            }

            int next = at + (isDoubled ? 2 : 1);
            int more = next < text.Length ? text[next..].IndexOf(mark) : -1;
            at = more < 0 ? -1 : next + more;
        }

        return text;
    }
}
