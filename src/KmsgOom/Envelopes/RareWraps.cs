using KmsgOom.Framing;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>Takes rarer wrappers off a line that has none of the ordinary ones: container and CI logs, mails, web pages, pasted lists.</summary>
/// <remarks>
/// A line is such a line where an ordinary wrapper comes to light beneath, or the kernel's words do. Marks that a task name may
/// begin with as well (<c>&gt; </c>, a quote, a tag) prove nothing for the rows between; those are taken for wrapped as long as
/// the last line with a word of interest was wrapped so. Only such lines are remembered, since others may be skipped unread.
/// </remarks>
internal sealed partial class RareWraps(PrefixParser prefixes, DateOnly newest) : IDisposable
{
    private const int MaxLayers = 8;
    private const int MaxBracketLength = 8;

    // "[ pid ]"
    private const int MinRowLength = 7;

    // A time with its zone, and a line end.
    private const int MaxTimeLength = 48;

    private readonly ScratchBuffer _decoded = new();
    private readonly ScratchBuffer _spaced = new();

    private static ReadOnlySpan<byte> Invoked => " invoked oom-killer"u8;

    /// <summary>Takes the wrappers off; false, and nothing changed, where it is no such line.</summary>
    /// <param name="line">The line, or what stands behind its time.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    /// <param name="envelope">What is known of the line; gets the rest.</param>
    public bool TryTake(ReadOnlySpan<byte> line, long offset, ref Envelope envelope)
    {
        StampLength = 0;
        _partialLength = IsAwaitingAt(offset) ? _partialLength : 0;
        bool hasTime = envelope.Wall.IsPresent;
        if (line.IsEmpty || (!hasTime && !MayBegin(line)))
        {
            return TryTakeOther(line, hasTime, ref envelope);
        }

        Wrapping wrapping = new() { Wall = envelope.Wall, HasTime = hasTime };
        Envelope inner = EnvelopeParser.New();
        ReadOnlySpan<byte> text = Decode(line, ref wrapping);
        int prefix = 0;
        ReadOnlySpan<byte> unmarked = default;
        Wrapping beforeMarks = default;
        for (int layer = 0; layer < MaxLayers && prefix == 0 && !text.IsEmpty; layer++)
        {
            if (layer > 0 || hasTime || wrapping.Wrappers != 0)
            {
                inner = EnvelopeParser.New();
                prefix = prefixes.Take(text, ref inner);
                if (IsBareTime(in inner))
                {
                    wrapping.Wall = inner.Wall;
                    wrapping.HasTime = true;
                    wrapping.Wrappers |= KernelLogWrappers.TimePrefix;
                    text = text[prefix..];
                    inner = EnvelopeParser.New();
                    prefix = 0;
                    continue;
                }
            }

            Wrapping before = wrapping;
            int taken = prefix > 0 ? 0 : WrapPeeler.Take(text, newest, ref wrapping);
            if (taken == 0)
            {
                break;
            }

            if (unmarked.IsEmpty && !before.IsWeak && wrapping.IsMarkedBeyond(in before))
            {
                unmarked = text;
                beforeMarks = before;
            }

            text = text[taken..];
            text = (wrapping.Wrappers & KernelLogWrappers.Cri) != 0 ? Continue(line, text, ref wrapping) : Decode(text, ref wrapping);
            if (wrapping.IsPartial)
            {
                _partialEnd = offset + line.Length + MaxTimeLength;
                envelope.Origin = EnvelopeOrigin.Program;
                envelope.Message = default;
                return true;
            }
        }

        if (prefix == 0 && !unmarked.IsEmpty)
        {
            // Behind a time, such a mark is the beginning of a name unless there is a wrapper beneath.
            text = unmarked;
            wrapping = beforeMarks;
        }

        if (prefix == 0 && wrapping.Wrappers != 0 && !hasTime && (TryFindStamp(line, ref envelope) || TryTakeQuoted(line, ref envelope)))
        {
            // Fields in quotation marks, say: the stamp tells better than they do where the message begins.
            envelope.Wall = envelope.Wall.IsPresent ? envelope.Wall : wrapping.Wall;
            return true;
        }

        return Accept(line, text, prefix, hasTime, in wrapping, ref inner, ref envelope) || TryTakeOther(line, hasTime, ref envelope);
    }

    /// <summary>Tells whether nothing but a time stands before a message.</summary>
    public static bool IsBareTime(in Envelope envelope) =>
        envelope.Wall.IsPresent && envelope.Origin == EnvelopeOrigin.Unknown && envelope.UptimeMicroseconds < 0
        && (envelope.Wrappers & (KernelLogWrappers.DmesgIso | KernelLogWrappers.Ctime | KernelLogWrappers.Relative)) == 0;

    /// <summary>
    /// Tells whether a row of a table surely has no wrapper at all: its name holds no stamp (which has a bracket), and the number in its own bracket does not
    /// look like a time.
    /// </summary>
    /// <param name="text">The row, and as many bytes as <see cref="TokenWalk"/> wants.</param>
    /// <param name="length">The length of the row.</param>
    public static bool IsBareRow(ReadOnlySpan<byte> text, int length)
    {
        TokenMask row = TokenMask.Below(length);
        return text[0] == '[' && length is >= MinRowLength and <= TokenWalk.Length && (ByteMask.Of(text, (byte)']') & TokenMask.Below(MinRowLength - 1).Low) == 0
            && (ByteMask.Of(text, (byte)'[') & row.Low) == 1 && (ByteMask.Of(text[ByteMask.Width..], (byte)'[') & row.High) == 0 && !MayBegin(text[..length]);
    }

    /// <summary>Tells whether nothing rare stands before a line, as long as <see cref="IsIdle"/>.</summary>
    public bool IsBare(ReadOnlySpan<byte> line)
    {
        Envelope none = EnvelopeParser.New();
        return !MayBegin(line) && !TryTakeOther(line, hasTime: false, ref none);
    }

    public void Dispose()
    {
        _decoded.Dispose();
        _spaced.Dispose();
    }

    /// <summary>Tells from the first byte whether a rare wrapper may begin here; what begins like most kernel lines must be told apart fast.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> line) => line[0] switch
    {
        (byte)' ' or (byte)'\t' or (byte)'>' or (byte)'|' or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'<' or (byte)'&' or (byte)'@' or (byte)'*' or (byte)'-' or (byte)'#' or 0x1B or 0xC2 => true,
        (byte)'[' => line.Length > 10 && (line[3] == ':' || line[5] == '-' || line[1] is 0xC2 or (byte)'&'),
        >= (byte)'0' and <= (byte)'9' => line.Length > 10 && (line[2] is (byte)':' or (byte)'-' || line[4] == '-' || line[..4].Contains((byte)'|')),
        (byte)'k' => line.StartsWith("kern."u8),
        _ => line.Length > 2 && line[1] == '/',
    };

    /// <summary>Undoes entities where the kernel's priority or stamp is written with them, or the page was seen before.</summary>
    private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> text, scoped ref Wrapping wrapping)
    {
        if (text.Length > 2 && text[0] == '[' && text[1..Math.Min(text.Length, MaxBracketLength)].IndexOf("\u00A0"u8) >= 0)
        {
            Span<byte> spaced = _spaced.GetSpan(text.Length);
            text = spaced[..HtmlText.DecodeSpaces(text, spaced)];
            wrapping.Wrappers |= KernelLogWrappers.Pasted;
        }

        bool isHtml = (wrapping.Wrappers & KernelLogWrappers.Html) != 0 || ((_form & KernelLogWrappers.Html) != 0 && text.Contains((byte)'&'));
        if ((!isHtml && !text.StartsWith("&lt;"u8) && !text.StartsWith("[&nbsp;"u8) && !text.StartsWith("&gt; "u8)) || wrapping.IsDecoded || !text.Contains((byte)'&'))
        {
            return text;
        }

        Span<byte> decoded = _decoded.GetSpan(text.Length);
        wrapping.IsDecoded = true;
        wrapping.Wrappers |= KernelLogWrappers.Html;
        return decoded[..HtmlText.Decode(text, decoded)];
    }

    private bool Accept(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> text, int prefix, bool hasTime, scoped in Wrapping wrapping, ref Envelope inner, ref Envelope envelope)
    {
        _partialLength = 0;
        bool isProven = prefix > 0 || (wrapping.Wrappers != 0 && !wrapping.IsWeak);
        if (!isProven && (wrapping.Wrappers == 0 || (wrapping.Wrappers == KernelLogWrappers.Pasted && !wrapping.IsClosed(text))))
        {
            // Indented text, and nothing else.
            return false;
        }

        bool isOfInterest = SkipAhead.Find(line, out _) >= 0;
        if (!isProven)
        {
            // A trigger begins with a name, which may begin with such a mark; unless it is too long for a name.
            int invoked = line.IndexOf(Invoked);
            isProven = (wrapping.Wrappers & ~KernelLogWrappers.Pasted) == (_form & ~KernelLogWrappers.Pasted)
                || (isOfInterest && (invoked is < 0 or > TaskName.MaxLength || wrapping.IsClosed(text)));
        }

        // A task may be called like a stamp.
        if (!isProven || (hasTime && prefix == 0 && wrapping.Wrappers == 0) || text[prefix..].StartsWith(Invoked[1..]))
        {
            return false;
        }

        _form = isOfInterest ? wrapping.Wrappers : _form;
        StampLength = prefix;
        ReadOnlySpan<byte> host = inner.Host.IsEmpty ? envelope.Host : inner.Host;

        // What tells how long the line before was ago has no time: that of the wrapper is another clock's.
        WallClock wall = inner.Wall.IsPresent || (inner.Wrappers & KernelLogWrappers.Relative) != 0 ? inner.Wall : wrapping.Wall;
        EnvelopeOrigin origin = inner.Origin == EnvelopeOrigin.Unknown && inner.UptimeMicroseconds < 0 ? wrapping.Origin : inner.Origin;
        ReadOnlySpan<byte> message = inner.Sequence >= 0 ? inner.Message : text[prefix..];
        envelope = inner;
        envelope.Host = host;
        envelope.Wall = wall;
        envelope.Origin = origin;
        envelope.Wrappers |= wrapping.Wrappers;
        envelope.Message = wrapping.TrimEnd(message);
        return true;
    }

    /// <summary>Takes an unknown wrapper off; what has none at all, and is of interest, ends the memory of the wrapper before.</summary>
    private bool TryTakeOther(ReadOnlySpan<byte> line, bool hasTime, ref Envelope envelope)
    {
        if (line.Length > 0 && ((!hasTime && TryTakeFile(line, ref envelope)) || ((!hasTime || BeginsWithWords(line)) && TryFindStamp(line, ref envelope)) || TryFindTag(line, ref envelope)))
        {
            return true;
        }

        if (_form != KernelLogWrappers.None && SkipAhead.Find(line, out _) >= 0)
        {
            _form = KernelLogWrappers.None;
        }

        return false;
    }
}
