namespace KmsgOom.Framing;

/// <content>What a line reader remembers between two lines.</content>
internal sealed partial class LineReader
{
    /// <summary>Begins in the middle of a log, at the beginning of a line.</summary>
    /// <param name="offset">Where the line begins.</param>
    /// <param name="lines">The lines before it.</param>
    public void StartAt(long offset, long lines)
    {
        Reset();
        (Bytes, Lines, _isStarted) = (offset, lines, true);
    }

    /// <summary>Tells whether two readers of one log will go on alike.</summary>
    public bool IsSameStateAs(LineReader other) =>
        Bytes == other.Bytes && Lines == other.Lines && Encoding == other.Encoding && _searched == other._searched && _isStarted == other._isStarted
        && _isDroppingRest == other._isDroppingRest && _isInsideLine == other._isInsideLine && _isInRecord == other._isInRecord;
}
