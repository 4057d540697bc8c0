namespace KmsgOom.Envelopes;

/// <summary>Who wrote a line.</summary>
internal enum EnvelopeOrigin : byte
{
    /// <summary>The line has no wrapper that could tell: bare text.</summary>
    Unknown,

    /// <summary>The kernel.</summary>
    Kernel,

    /// <summary>A program: another tag stands where a kernel line has <c>kernel:</c>, or a kmsg facility other than 0.</summary>
    Program,
}
