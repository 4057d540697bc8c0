using KmsgOom.Framing;

namespace KmsgOom.Envelopes;

/// <content>What is remembered of rare wrappers between two lines.</content>
internal sealed partial class RareWraps
{
    private const int MaxPartialLength = 64 * 1024;

    private byte[] _partial = [];
    private int _partialLength;

    /// <summary>Where the line behind the last piece begins at the latest: line ends and the wrapper are not counted to the byte.</summary>
    private long _partialEnd;

    /// <summary>The wrappers of the last line with a word of interest, if it was wrapped in a rare way.</summary>
    private KernelLogWrappers _form;

    /// <summary>Gets how many bytes the ordinary wrapper is that came to light in the last line that was taken; zero where none did.</summary>
    public int StampLength { get; private set; }

    /// <summary>Gets whether no wrapper and no piece is remembered.</summary>
    public bool IsIdle => _partialLength == 0 && _form == KernelLogWrappers.None;

    /// <summary>Tells whether the line at an offset may go on with a piece before it.</summary>
    public bool IsAwaitingAt(long offset) => _partialLength > 0 && offset <= _partialEnd;

    /// <summary>Tells whether two will take the same wrappers off the lines from an offset on.</summary>
    public bool IsSameStateAs(RareWraps other, long offset) => _form == other._form && Partial(offset).SequenceEqual(other.Partial(offset))
        && (!IsAwaitingAt(offset) || _partialEnd == other._partialEnd);

    public void Reset()
    {
        _form = KernelLogWrappers.None;
        _partialLength = 0;
    }

    /// <summary>Puts the pieces together that a container runtime cuts a long line into.</summary>
    private ReadOnlySpan<byte> Continue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> text, scoped ref Wrapping wrapping)
    {
        bool begins = _partialLength == 0;
        if ((begins && (!wrapping.IsPartial || SkipAhead.Find(line, out _) < 0)) || _partialLength + text.Length > MaxPartialLength)
        {
            _partialLength = 0;
            wrapping.IsPartial = false;
            return text;
        }

        if (_partial.Length == 0)
        {
            _partial = new byte[MaxPartialLength];
        }

        text.CopyTo(_partial.AsSpan(_partialLength));
        _partialLength += text.Length;
        if (wrapping.IsPartial)
        {
            return text;
        }

        ReadOnlySpan<byte> whole = _partial.AsSpan(0, _partialLength);
        _partialLength = 0;
        return whole;
    }

    private ReadOnlySpan<byte> Partial(long offset) => IsAwaitingAt(offset) ? _partial.AsSpan(0, _partialLength) : default;
}
