namespace KmsgOom.Framing;

/// <summary>Puts lines together again that a terminal, or <c>fold</c>, cut at its width wherever that was.</summary>
/// <remarks>
/// The rest of a line stands on the next row without a wrapper, and no line is longer than the width. Once that is chance; from the second cut at the
/// same width on, a line of that width is held until it is known what follows. Lengths are those of the lines without their ends.
/// </remarks>
internal sealed class FoldedLines
{
    // Most mail programs break shorter lines, and at blanks.
    private const int MinWidth = 80;
    private const int MaxWidth = 512;

    // Terminals forget the blanks at the end of a row.
    private const int MaxBlanks = 8;

    // No line of the kernel is longer.
    private const int MaxHeldLength = 4096;

    // A large table may have no row of just that length.
    private const int MaxDistance = 1 << 20;

    private byte[] _held = [];
    private int _heldLength;
    private int _lastRowLength;
    private int _width;
    private bool _isSure;
    private long _lastCut;

    /// <summary>Gets whether a line is held.</summary>
    public bool IsHolding => _heldLength > 0;

    /// <summary>Gets the line that is held.</summary>
    public ReadOnlySpan<byte> Held => _held.AsSpan(0, _heldLength);

    /// <summary>Gets where the held line begins in the log.</summary>
    public long HeldOffset { get; private set; }

    /// <summary>Gets the number of the held line's first row.</summary>
    public long HeldNumber { get; private set; }

    /// <summary>Tells whether lines at an offset may be cut.</summary>
    public bool IsLiveAt(long offset) => IsHolding || (_width > 0 && offset - _lastCut <= MaxDistance);

    /// <summary>Notes that a row without a wrapper follows a line with one.</summary>
    /// <param name="length">How long the line before is.</param>
    /// <param name="offset">Where the row without wrapper begins.</param>
    public void NoteCut(int length, long offset)
    {
        if (length is >= MinWidth and <= MaxWidth && !(_isSure && length < _width && IsLiveAt(offset)))
        {
            _isSure = length == _width && IsLiveAt(offset);
            _width = length;
            _lastCut = offset;
        }
    }

    /// <summary>Forgets the width where a line is longer.</summary>
    public void ForgetIfLonger(int length) => _width = length > _width ? 0 : _width;

    /// <summary>Tells whether a row may be cut off from the rest of its line.</summary>
    public bool MayBeCut(int length) => _width > 0 && (length == _width || (_isSure && length < _width && length > _width - MaxBlanks));

    /// <summary>Holds the first row of a line.</summary>
    public void Hold(ReadOnlySpan<byte> row, long number, long offset)
    {
        if (_held.Length == 0)
        {
            _held = new byte[MaxHeldLength];
        }

        (HeldNumber, HeldOffset, _heldLength) = (number, offset, 0);
        Append(row);
    }

    /// <summary>Adds a row without a wrapper to the line that is held; false where the width is not proven by it, nor before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="isProof">Whether a second cut at the width proves it: rows of a table are of one length without being cut.</param>
    public bool TryAppend(ReadOnlySpan<byte> row, long offset, bool isProof)
    {
        int blanks = _width - _lastRowLength;
        if (_width == 0 || (!_isSure && !isProof) || _heldLength + blanks + row.Length > MaxHeldLength)
        {
            return false;
        }

        _held.AsSpan(_heldLength, blanks).Fill((byte)' ');
        _heldLength += blanks;
        _isSure = true;
        _lastCut = offset;
        Append(row);
        return true;
    }

    /// <summary>Lets go of the line that was held; its bytes stay until the next is held.</summary>
    public void Release() => _heldLength = _lastRowLength = 0;

    /// <summary>Forgets the log.</summary>
    public void Reset()
    {
        Release();
        _width = 0;
        _isSure = false;
        _lastCut = 0;
    }

    /// <summary>Tells whether two hold the same, and will hold the same lines from an offset on.</summary>
    public bool IsSameStateAs(FoldedLines other, long offset) => IsLiveAt(offset)
        ? other.IsLiveAt(offset) && (_width, _isSure, _lastCut, _lastRowLength) == (other._width, other._isSure, other._lastCut, other._lastRowLength)
            && Held.SequenceEqual(other.Held) && (!IsHolding || HeldOffset == other.HeldOffset)
        : !other.IsLiveAt(offset);

    private void Append(ReadOnlySpan<byte> row)
    {
        row.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += row.Length;
        _lastRowLength = row.Length;
    }
}
