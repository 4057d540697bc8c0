namespace KmsgOom.Envelopes;

/// <content>What an envelope parser remembers between two lines.</content>
internal sealed partial class EnvelopeParser
{
    /// <summary>Takes the wrappers seen since this was called last.</summary>
    public KernelLogWrappers TakeWrappers()
    {
        KernelLogWrappers wrappers = Wrappers;
        Wrappers = KernelLogWrappers.None;
        return wrappers;
    }

    /// <summary>Tells whether two parsers will take the same wrappers off the lines from an offset on; what they have counted does not matter.</summary>
    public bool IsSameStateAs(EnvelopeParser other, long offset) =>
        _colouredLines == other._colouredLines && _records.IsSameStateAs(other._records) && _rare.IsSameStateAs(other._rare, offset) && HasSameLast(other);

    private bool HasSameLast(EnvelopeParser other)
    {
        if (_lastPrefixLength == 0 && other._lastPrefixLength == 0)
        {
            // Nothing of the last line is looked at; its layout goes with its prefix.
            return _layout.IsSameAs(other._layout);
        }

        return _lastPrefixLength == other._lastPrefixLength && _lastOffset == other._lastOffset && _lastUptime == other._lastUptime && _lastWall == other._lastWall
            && _lastWrappers == other._lastWrappers && _lastOrigin == other._lastOrigin
            && _lastHost.AsSpan(0, _lastHostLength).SequenceEqual(other._lastHost.AsSpan(0, other._lastHostLength))
            && _layout.IsSameAs(other._layout);
    }
}
