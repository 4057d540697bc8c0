namespace KmsgOom.Framing;

/// <summary>Is told of lines that are passed over unread.</summary>
internal interface ISkipObserver
{
    /// <summary>Tells of complete lines.</summary>
    /// <param name="lines">The lines with their ends.</param>
    /// <param name="offset">Where they begin in the log.</param>
    void OnSkipped(ReadOnlySpan<byte> lines, long offset);
}
