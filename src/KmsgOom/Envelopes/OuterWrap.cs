using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>
/// Remembers what stood before the kernel's stamp in the line before: the further lines of a message have blanks in place of the stamp (dmesg), and another
/// tool (<c>cat -n</c>, <c>pdsh</c>, a CI's times) wraps them all the same.
/// </summary>
internal sealed class OuterWrap
{
    private const int MaxLength = 256;
    private const int MaxHostLength = 256;

    // "</code></li>"
    private const int MaxTailLength = 64;

    // "[  +0.000123] "; what is shorter has no time ("<4>", "kernel: "), and as many blanks say nothing.
    private const int MinStampLength = 14;

    private readonly byte[] _outer = new byte[MaxLength];
    private readonly byte[] _tail = new byte[MaxTailLength];
    private readonly byte[] _host = new byte[MaxHostLength];
    private int _outerLength;
    private int _tailLength;
    private int _hostLength;
    private bool _isInJson;
    private long _offset;
    private long _uptime;
    private WallClock _wall;
    private KernelLogWrappers _wrappers;
    private EnvelopeOrigin _origin;

    /// <summary>The length of the stamp and of the blank behind it; zero where nothing is remembered.</summary>
    private int _stampLength;

    /// <summary>Gets whether a line is remembered.</summary>
    public bool IsPresent => _stampLength > 0;

    private ReadOnlySpan<byte> Outer => _outer.AsSpan(0, _outerLength);

    private ReadOnlySpan<byte> Tail => _tail.AsSpan(0, _tailLength);

    private ReadOnlySpan<byte> Host => _host.AsSpan(0, _hostLength);

    /// <summary>Remembers a line.</summary>
    /// <param name="outer">What stands before the stamp; nothing in the message of a JSON object.</param>
    /// <param name="tail">What stands behind the message: a closing tag or quotation mark.</param>
    /// <param name="isInJson">Whether it is such a message.</param>
    /// <param name="stampLength">How many bytes the stamp is.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    /// <param name="envelope">The line.</param>
    public void Remember(ReadOnlySpan<byte> outer, ReadOnlySpan<byte> tail, bool isInJson, int stampLength, long offset, scoped in Envelope envelope)
    {
        if (stampLength < MinStampLength || outer.Length > MaxLength || envelope.Host.Length > MaxHostLength)
        {
            Forget();
            return;
        }

        outer.CopyTo(_outer);
        _tailLength = tail.Length <= MaxTailLength ? tail.Length : 0;
        tail[.._tailLength].CopyTo(_tail);
        envelope.Host.CopyTo(_host);
        (_outerLength, _hostLength, _isInJson, _stampLength, _offset) = (outer.Length, envelope.Host.Length, isInJson, stampLength, offset);
        (_uptime, _wall, _wrappers, _origin) = (envelope.UptimeMicroseconds, envelope.Wall, envelope.Wrappers, envelope.Origin);
    }

    public void Forget() => _stampLength = 0;

    /// <summary>Tells whether two will take the same lines for further ones.</summary>
    public bool IsSameAs(OuterWrap other) => _stampLength == 0
        ? other._stampLength == 0
        : (_stampLength, _isInJson, _offset) == (other._stampLength, other._isInJson, other._offset) && Outer.SequenceEqual(other.Outer) && Tail.SequenceEqual(other.Tail) && Host.SequenceEqual(other.Host)
            && (_uptime, _wall, _wrappers, _origin) == (other._uptime, other._wall, other._wrappers, other._origin);

    /// <summary>Tells whether a text begins with as many blanks as the shortest stamp has bytes, so that it may be a further line.</summary>
    public static bool MayContinue(ReadOnlySpan<byte> text) => text.Length > MinStampLength && !text[..MinStampLength].ContainsAnyExcept((byte)' ');

    /// <summary>Takes the wrapper and the blanks off a further line of the message; false, and nothing changed, where it is none.</summary>
    public bool TryContinue(ReadOnlySpan<byte> line, bool isInJson, long offset, ref Envelope envelope)
    {
        int start = _stampLength == 0 || _isInJson != isInJson || offset - _offset > EnvelopeParser.MaxLookBehind ? -1 : LengthOfOuter(line);
        int end = start + _stampLength;
        if (start < 0 || line.Length <= end || line[start..end].ContainsAnyExcept((byte)' '))
        {
            return false;
        }

        ReadOnlySpan<byte> message = QuotedText.UntilClosing(line, end);
        envelope.Message = message.EndsWith(Tail) ? message[..^_tailLength] : message;
        envelope.IsContinuation = true;
        envelope.UptimeMicroseconds = _uptime;
        envelope.Wall = _wall;
        envelope.Host = Host;
        envelope.Wrappers = _wrappers;
        envelope.Origin = _origin;
        return true;
    }

    /// <summary>Says how long the same wrapper is before this line, negative where it is another: numbers of lines and times have other digits, and other widths.</summary>
    private int LengthOfOuter(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> outer = Outer;

        // The blanks at the end are followed by those in place of the stamp.
        int last = outer.TrimEnd((byte)' ').Length;
        int at = 0;
        int there = 0;
        while (at < last)
        {
            byte value = outer[at];
            if (value is not ((byte)' ' or (>= (byte)'0' and <= (byte)'9')))
            {
                if (there >= line.Length || line[there] != value)
                {
                    return -1;
                }

                at++;
                there++;
                continue;
            }

            int run = CountRun(outer[at..last], value);
            int runThere = CountRun(line[there..], value);
            if (runThere == 0)
            {
                return -1;
            }

            at += run;
            there += runThere;
        }

        int blanks = outer.Length - last;
        return line.Length >= there + blanks && !line.Slice(there, blanks).ContainsAnyExcept((byte)' ') ? there + blanks : -1;
    }

    /// <summary>Says how many blanks, or how many digits, a text begins with.</summary>
    private static int CountRun(ReadOnlySpan<byte> text, byte like)
    {
        int end = like == ' ' ? text.IndexOfAnyExcept((byte)' ') : text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
