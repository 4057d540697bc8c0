namespace KmsgOom.Framing;

/// <summary>Puts lines together again that a terminal, or <c>fold</c>, cut at its width wherever that was.</summary>
/// <remarks>
/// The rest of a line stands on the next without a wrapper, and no line is longer than the width. Once that is chance; from the second cut at the
/// same width on, a line of that width is held until it is known what follows.
/// </remarks>
internal sealed class FoldedLines
{
    // Mail programs break shorter lines, at blanks.
    private const int MinWidth = 80;
    private const int MaxWidth = 512;

    // Terminals forget the blanks at the end of a row.
    private const int MaxBlanks = 8;

    // No line of the kernel is longer.
    private const int MaxHeldLength = 4096;

    // No row of a large table may be as long as the width.
    private const int MaxDistance = 1 << 20;

    private byte[] _held = [];
    private int _heldLength;

    /// <summary>Where the row of the line held last ends, but for blanks: a whole width behind the row before.</summary>
    private int _heldRow;
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

    /// <summary>Notes that a line without a wrapper follows one with it.</summary>
    /// <param name="length">How long the line before is.</param>
    /// <param name="offset">Where the line without wrapper begins.</param>
    public void Note(long length, long offset)
    {
        if (length is >= MinWidth and <= MaxWidth && !(_isSure && length < _width && IsLiveAt(offset)))
        {
            _isSure = length == _width && IsLiveAt(offset);
            _width = (int)length;
            _lastCut = offset;
        }
    }

    /// <summary>Forgets the width where a line is longer.</summary>
    public void Look(long length) => _width = length > _width ? 0 : _width;

    /// <summary>Tells whether a row may be the beginning of a line.</summary>
    public bool MayBeCut(long length) => _width > 0 && length <= _width && length > _width - MaxBlanks;

    /// <summary>Holds the first row of a line.</summary>
    public void Hold(ReadOnlySpan<byte> row, long length, long number, long offset)
    {
        if (_held.Length == 0)
        {
            _held = new byte[MaxHeldLength];
        }

        (HeldNumber, HeldOffset, _heldLength, _heldRow) = (number, offset, 0, 0);
        Append(row, length);
    }

    /// <summary>Adds a row without a wrapper; false where it does not belong to the line.</summary>
    public bool TryAppend(ReadOnlySpan<byte> row, long length, long offset)
    {
        bool isFull = _heldRow == _width;
        if (row.IsEmpty || _width == 0 || (!isFull && !_isSure) || _heldLength + _width - _heldRow + row.Length > MaxHeldLength)
        {
            return false;
        }

        _held.AsSpan(_heldLength, _width - _heldRow).Fill((byte)' ');
        _heldLength += _width - _heldRow;
        _isSure |= isFull;
        _lastCut = offset;
        Append(row, length);
        return true;
    }

    /// <summary>Lets go of the line that was held; its bytes stay until the next is held.</summary>
    public void Release() => _heldLength = 0;

    public void Reset()
    {
        _heldLength = _width = 0;
        _isSure = false;
        _lastCut = 0;
    }

    /// <summary>Tells whether two parsers hold the same, and will hold the same lines from an offset on.</summary>
    public bool IsSameStateAs(FoldedLines other, long offset) => IsLiveAt(offset)
        ? other.IsLiveAt(offset) && (_width, _isSure, _lastCut, _heldRow) == (other._width, other._isSure, other._lastCut, other._heldRow) && Held.SequenceEqual(other.Held)
            && (!IsHolding || HeldOffset == other.HeldOffset)
        : !other.IsLiveAt(offset);

    private void Append(ReadOnlySpan<byte> row, long length)
    {
        row.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += row.Length;
        _heldRow = (int)length;
    }
}
