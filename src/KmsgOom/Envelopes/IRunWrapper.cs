namespace KmsgOom.Envelopes;

/// <summary>Takes off what stands before the lines of a run; a type each, so that each has a loop of its own.</summary>
internal interface IRunWrapper
{
    /// <summary>
    /// Takes the wrapper off a line that has the same as the line before, if that can be told at once; nothing is remembered before
    /// <see cref="EnvelopeParser.Pass"/>.
    /// </summary>
    /// <remarks>It looks at no message: the caller takes only those in which no other wrapper could hide, or asks <see cref="EnvelopeParser.TryParseInRun"/>.</remarks>
    /// <param name="envelopes">What is known of the lines before.</param>
    /// <param name="text">The line, and as many bytes behind it as <see cref="LineRun"/> leaves.</param>
    /// <param name="length">The length of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    /// <param name="prefix">Gets what stands before the message.</param>
    static abstract bool TryTake(EnvelopeParser envelopes, ReadOnlySpan<byte> text, int length, long offset, ref RunPrefix prefix);

    /// <summary>The same of a line whose end is not known, and that is none of a record's further lines; false where it takes <see cref="TryTake"/> to tell.</summary>
    /// <param name="envelopes">What is known of the lines before.</param>
    /// <param name="text">The line, and as many bytes behind it as <see cref="LineRun"/> leaves.</param>
    /// <param name="prefix">Gets what stands before the message.</param>
    static abstract bool TryTakePlain(EnvelopeParser envelopes, ReadOnlySpan<byte> text, ref RunPrefix prefix);
}
