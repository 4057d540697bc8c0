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
        _colouredLines == other._colouredLines && _records.IsSameStateAs(other._records) && _rare.IsSameStateAs(other._rare, offset)
        && _outer.IsSameAs(other._outer) && HasSameLast(other);

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

    private void Remember(int prefix, long offset, ReadOnlySpan<byte> line, in Envelope envelope)
    {
        _outer.Forget();
        _layout.Remember(line, prefix, in envelope);
        _lastWrappers = envelope.Wrappers;
        _lastOffset = offset;
        _lastPrefixLength = prefix;
        _lastUptime = envelope.UptimeMicroseconds;
        _lastWall = envelope.Wall;
        _lastOrigin = envelope.Origin;
        _lastHostLength = envelope.Host.Length;
        envelope.Host.CopyTo(_lastHost);
        Count(in envelope);
    }

    /// <summary>Lets nothing be continued: the last line had no prefix.</summary>
    private void ForgetLast()
    {
        _lastPrefixLength = 0;
        _layout.Forget();
    }

    /// <summary>Remembers a rarer wrapper for the further lines of the message, if the kernel's stamp stands behind it.</summary>
    private void RememberOuter(ReadOnlySpan<byte> line, long offset, in Envelope envelope)
    {
        if (_rare.StampLength > 0 && line.Overlaps(envelope.Message, out int start) && start >= _rare.StampLength)
        {
            _outer.Remember(line[..(start - _rare.StampLength)], line[(start + envelope.Message.Length)..], isInJson: false, _rare.StampLength, offset, in envelope);
        }
    }
}
