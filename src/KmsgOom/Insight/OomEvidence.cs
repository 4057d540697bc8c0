namespace KmsgOom;

/// <summary>One line that proves a conclusion.</summary>
/// <remarks>Evidence of an event that was read from a log keeps that event's lines; <see cref="Text"/> is made when somebody asks for the first time.</remarks>
public readonly record struct OomEvidence
{
    /// <summary>The text, or the lines of the event, of which no string needs to be made where nobody asks for one.</summary>
    private readonly object? _source;
    private readonly int _at;

    /// <summary>Makes evidence.</summary>
    /// <param name="Line">The line in the log, 1-based; 0 where the number does not come from a line, or the event was read from JSON, which has no lines.</param>
    /// <param name="Text">The kernel's text as printed or, where <paramref name="Line"/> is 0, the numbers in our words.</param>
    public OomEvidence(long Line, string Text)
    {
        this.Line = Line;
        _source = Text;
    }

    internal OomEvidence(KeptLines lines, int at)
    {
        Line = lines.GetNumber(at);
        (_source, _at) = (lines, at);
    }

    /// <summary>Gets the line in the log, 1-based; 0 where the number does not come from a line, or the event was read from JSON, which has no lines.</summary>
    public long Line { get; init; }

    /// <summary>Gets the kernel's text as printed or, where <see cref="Line"/> is 0, the numbers in our words.</summary>
    public string Text
    {
        get => _source is KeptLines lines ? lines.GetTrimmed(_at) : (string)_source!;
        init => _source = value;
    }

    /// <summary>Gets both values.</summary>
    public void Deconstruct(out long Line, out string Text) => (Line, Text) = (this.Line, this.Text);

    /// <inheritdoc/>
    public bool Equals(OomEvidence other) =>
        Line == other.Line && ((_source is KeptLines && _source == other._source && _at == other._at) || string.Equals(Text, other.Text, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Line, Text);

    /// <summary>Gets the text in UTF-8, which may have damages; false where it takes the string, which has no blanks around it.</summary>
    internal bool TryGetUtf8(out ReadOnlySpan<byte> utf8)
    {
        utf8 = _source is KeptLines lines ? lines.GetUtf8(_at) : default;
        return utf8 is [> (byte)' ' and < 0x80, .., > (byte)' ' and < 0x80];
    }
}
