namespace KmsgOom.Envelopes;

/// <summary>What stands before a message in a run of lines: as little of an <see cref="Envelope"/> as changes from line to line.</summary>
internal struct RunPrefix
{
    public RunPrefix()
    {
    }

    public int Length;

    /// <summary>Microseconds since boot; negative where the wrapper has none.</summary>
    public long UptimeMicroseconds = -1;

    /// <summary>The sequence number of a kmsg record; negative elsewhere.</summary>
    public long Sequence = -1;

    /// <summary>Whether the line goes on with the message before and has its time.</summary>
    public bool IsContinuation;
}
