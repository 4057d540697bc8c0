using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>What is known of a line while its rarer wrappers are taken off, layer by layer.</summary>
internal struct Wrapping
{
    public KernelLogWrappers Wrappers;
    public WallClock Wall;
    public EnvelopeOrigin Origin;

    /// <summary>The quote that was opened, and that should be closed at the end; zero where there is none.</summary>
    public byte Quote;

    /// <summary>Whether a time stood before what is left.</summary>
    public bool HasTime;

    /// <summary>Whether the runtime of the container goes on with this line in the next.</summary>
    public bool IsPartial;

    /// <summary>Whether entities were undone; they are undone once.</summary>
    public bool IsDecoded;

    private const KernelLogWrappers Weak = KernelLogWrappers.Quoted | KernelLogWrappers.Pasted | KernelLogWrappers.Html;

    /// <summary>Gets whether nothing but marks was found that a task name could begin with as well.</summary>
    public readonly bool IsWeak => (Wrappers & ~Weak) == 0 && !HasTime;

    /// <summary>Tells whether a mark was taken off that an earlier state had not.</summary>
    public readonly bool IsMarkedBeyond(in Wrapping before) => (Wrappers & ~before.Wrappers & Weak) != 0;

    /// <summary>Takes away what stands behind the text: a closing tag, a closing quote, a comma and other fields, a backslash.</summary>
    public readonly ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        if ((Wrappers & KernelLogWrappers.Html) != 0)
        {
            text = text.TrimEnd((byte)' ');
            while (text is [.., (byte)'>'] && text.LastIndexOf((byte)'<') is var open and >= 0 && HtmlText.TagLength(text[open..]) == text.Length - open)
            {
                text = text[..open].TrimEnd((byte)' ');
            }
        }

        // CSV whose first field it is, if another one is closed behind it: a name may hold such marks too.
        int next = Quote == '"' ? text.IndexOf("\",\""u8) : -1;
        return next > 0 && text[next - 1] != '\\' && text[(next + 3)..].Contains((byte)'"') ? text[..next] : Quote == 0 ? text : Unquote(text, out _);
    }

    /// <summary>Tells whether the quote that was opened is closed at the end.</summary>
    public readonly bool IsClosed(ReadOnlySpan<byte> text)
    {
        Unquote(text, out bool isClosed);
        return isClosed;
    }

    private readonly ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> text, out bool isClosed)
    {
        ReadOnlySpan<byte> rest = text.TrimEnd((byte)' ');
        if (rest is [.., (byte)'\\' or (byte)'+'])
        {
            rest = rest[..^1].TrimEnd((byte)' ');
        }

        rest = rest is [.., (byte)',' or (byte)';'] ? rest[..^1] : rest;
        isClosed = Quote != 0 && rest.Length > 0 && rest[^1] == Quote;
        if (!isClosed)
        {
            return text;
        }

        rest = rest[..^1];
        return rest.EndsWith("\\n"u8) ? rest[..^2] : rest;
    }
}
