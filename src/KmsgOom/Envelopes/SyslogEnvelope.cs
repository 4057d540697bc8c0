namespace KmsgOom.Envelopes;

/// <summary>What syslog files and the journal print between the time and the message: <c>host kernel: </c>.</summary>
internal static class SyslogEnvelope
{
    private const int MaxHostLength = 255;

    /// <summary>Takes host and tag; says how many bytes that were, zero for "not this".</summary>
    public static int TakeHostAndTag(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        int first = TokenLength(text);
        if (first == 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> host = default;
        int tagStart = 0;
        if (text[first - 1] != ':')
        {
            if (first > MaxHostLength || first == text.Length)
            {
                return 0;
            }

            host = text[..first];
            tagStart = first + 1;
        }

        // A few programs have blanks in their tag; a tag that does not end within 64 bytes is no tag.
        ReadOnlySpan<byte> tagged = text[tagStart..];
        int end = tagged[..Math.Min(tagged.Length, 64)].IndexOf(": "u8);
        if (end < 0)
        {
            if (tagged.Length is < 1 or > 64 || tagged[^1] != ':')
            {
                return 0;
            }

            end = tagged.Length - 1;
        }

        ReadOnlySpan<byte> tag = tagged[..end];
        envelope.Host = host;
        envelope.Origin = IsKernel(tag) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        return tagStart + Math.Min(end + 2, tagged.Length);
    }

    /// <summary>Takes <c>host kernel: </c> behind an uptime (<c>journalctl -o short-monotonic</c>), where a message could stand as well.</summary>
    public static int TakeHostAndKernel(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        if (text.StartsWith("kernel: "u8))
        {
            envelope.Origin = EnvelopeOrigin.Kernel;
            return "kernel: "u8.Length;
        }

        // Frames and table rows, which come by the thousand, begin with what no host begins with.
        int first = text is [] or [(byte)' ' or (byte)'[', ..] ? 0 : TokenLength(text);
        if (first is 0 or > MaxHostLength)
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = text[Math.Min(first + 1, text.Length)..];
        if (rest.StartsWith("kernel: "u8))
        {
            envelope.Host = text[..first];
            envelope.Origin = EnvelopeOrigin.Kernel;
            return first + 1 + "kernel: "u8.Length;
        }

        // "systemd[1]: " behind a word without colon: a program's line of the same journal.
        int tag = TokenLength(rest);
        if (tag is > 4 and < 64 && rest[tag - 1] == ':' && rest[tag - 2] == ']' && text[first - 1] != ':'
            && rest[..tag].LastIndexOf((byte)'[') is var open and > 0 && tag - open is > 3 and < 12
            && !rest[(open + 1)..(tag - 2)].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            envelope.Host = text[..first];
            envelope.Origin = EnvelopeOrigin.Program;
            return Math.Min(text.Length, first + 1 + tag + 1);
        }

        return 0;
    }

    private static bool IsKernel(ReadOnlySpan<byte> tag) => tag.StartsWith("kernel"u8) && (tag.Length == 6 || tag[6] is (byte)'[' or (byte)' ');

    private static int TokenLength(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOf((byte)' ');
        return at < 0 ? text.Length : at;
    }
}
