namespace KmsgOom.Envelopes;

/// <summary>What a logger put around a kernel message, and the message.</summary>
internal ref struct Envelope
{
    /// <summary>The kernel's text; escapes of whole records (kmsg) are undone.</summary>
    public ReadOnlySpan<byte> Message;

    /// <summary>The host; empty where the wrapper names none.</summary>
    public ReadOnlySpan<byte> Host;

    /// <summary>Microseconds since boot; negative where the wrapper has none.</summary>
    public long UptimeMicroseconds;

    public WallClock Wall;

    /// <summary>The sequence number of a kmsg record; negative elsewhere.</summary>
    public long Sequence;

    public KernelLogWrappers Wrappers;

    public EnvelopeOrigin Origin;

    /// <summary>Whether the message is a whole record: escapes are undone, and newlines in it are the kernel's.</summary>
    public bool IsRecord;

    /// <summary>Whether other text stands behind the JSON object that the message is of.</summary>
    public bool IsFollowed;

    /// <summary>Whether there are such newlines.</summary>
    public bool IsMultiLine;

    /// <summary>Whether the line has no prefix of its own but is indented to the column where the message before it began.</summary>
    public bool IsContinuation;

    /// <summary>How many lines ago the message stood, where a record has many lines, and its line's offset; null for "this line".</summary>
    public int LinesBack;
    public long? RecordOffset;

    /// <summary>How often the message was mended.</summary>
    public int Mended;

    /// <summary>Whether the message is one of several lines that a record held.</summary>
    public bool IsPart;

    /// <summary>Whether a wrapper that was learned from other lines was taken off.</summary>
    public bool IsUnwrapped;

    /// <summary>Whether the wrapper writes control characters of a name as <c>#ooo</c> (else <c>\xNN</c>).</summary>
    public bool HasOctalEscapes;
}
