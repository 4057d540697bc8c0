namespace KmsgOom.Text;

/// <summary>A piece of a text by position; the default value is "absent", which is not the same as an empty piece.</summary>
internal readonly record struct TextRange
{
    // One more than the length, so that the default value means "absent".
    private readonly int _lengthPlusOne;

    public TextRange(int start, int length)
    {
        Start = start;
        _lengthPlusOne = length + 1;
    }

    public int Start { get; }

    public int Length => _lengthPlusOne - 1;

    public bool IsPresent => _lengthPlusOne > 0;

    public TextRange Shift(int by) => IsPresent ? new TextRange(Start + by, Length) : default;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) => IsPresent ? text.Slice(Start, Length) : default;
}
