namespace KmsgOom.Envelopes;

/// <content>What is remembered of the record that is being put together.</content>
internal sealed partial class RecordParser
{
    /// <summary>Gets whether no record is open or just over.</summary>
    public bool IsIdle => !_isDone && _form == RecordForm.None;

    /// <summary>Tells whether two parsers will put the same records together.</summary>
    public bool IsSameStateAs(RecordParser other)
    {
        if (_isSeen != other._isSeen || IsOpen != other.IsOpen || _isDone != other._isDone)
        {
            return false;
        }

        return !IsOpen || (_isDone ? IsSameNext(other) : IsSameRecord(other));
    }

    private bool IsSameNext(RecordParser other) =>
        _nextForm == other._nextForm && _nextOffset == other._nextOffset && _nextLine.AsSpan(0, _nextLength).SequenceEqual(other._nextLine.AsSpan(0, other._nextLength));

    private bool IsSameRecord(RecordParser other) =>
        _form == other._form && _start == other._start && _uptime == other._uptime && _wall == other._wall && _origin == other._origin
        && _sequence == other._sequence && _depth == other._depth && _isCut == other._isCut && _hasMessage == other._hasMessage
        && _isTooLong == other._isTooLong && _isInMessage == other._isInMessage && _isInBytes == other._isInBytes && _emptyLength == other._emptyLength
        && _bytesEnd == other._bytesEnd && MessageOffset == other.MessageOffset && LinesSinceMessage == other.LinesSinceMessage
        && _host.AsSpan(0, _hostLength).SequenceEqual(other._host.AsSpan(0, other._hostLength)) && Text.SequenceEqual(other.Text);
}
