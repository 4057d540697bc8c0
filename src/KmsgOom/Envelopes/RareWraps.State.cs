namespace KmsgOom.Envelopes;

/// <content>What is remembered of rare wrappers between two lines.</content>
internal sealed partial class RareWraps
{
    /// <summary>Tells whether two will take the same wrappers off the lines from an offset on.</summary>
    public bool IsSameStateAs(RareWraps other, long offset) => _form == other._form && Partial(offset).SequenceEqual(other.Partial(offset))
        && (!IsAwaitingAt(offset) || _partialEnd == other._partialEnd);

    private ReadOnlySpan<byte> Partial(long offset) => IsAwaitingAt(offset) ? _partial.AsSpan(0, _partialLength) : default;
}
