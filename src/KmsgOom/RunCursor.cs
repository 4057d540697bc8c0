using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;

namespace KmsgOom;

/// <summary>Where a run stands in the bytes at hand.</summary>
internal ref struct RunCursor(ReadOnlySpan<byte> rest, long offset, long number)
{
    private readonly ReadOnlySpan<byte> _rest = rest;
    private readonly long _offset = offset;

    /// <summary>What stands before the message of the next line, if <see cref="IsWrapperOff"/>.</summary>
    public RunPrefix Prefix = new();

    /// <summary>Gets whether the wrapper of the next line was taken off already.</summary>
    public bool IsWrapperOff { get; private set; }

    /// <summary>Gets the bytes of the lines that were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Gets where the last of them began in the log.</summary>
    public long LastOffset { get; private set; }

    /// <summary>Gets the uptime of the last of them; negative where it has none.</summary>
    public long LastUptime { get; private set; } = -1;

    /// <summary>Gets the number of the next line.</summary>
    public long Number { get; private set; } = number;

    /// <summary>Gets where the next line begins in the log.</summary>
    public readonly long Offset => _offset + Taken;

    /// <summary>Gets whether a line of a length and what is read behind it are there for sure.</summary>
    public readonly bool Has(int length) => _rest.Length - Taken >= length;

    /// <summary>Gets the next line, and all that is behind it.</summary>
    public readonly ReadOnlySpan<byte> Text
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _rest[Taken..];
    }

    /// <summary>Moves behind a line, which is the report's.</summary>
    /// <param name="envelopes">Gets to know of the line.</param>
    /// <param name="prefix">What stood before its message.</param>
    /// <param name="length">Its length, without its end.</param>
    /// <param name="offset">Where it begins in the log.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pass(EnvelopeParser envelopes, in RunPrefix prefix, int length, long offset)
    {
        LastOffset = offset;
        LastUptime = prefix.UptimeMicroseconds;
        envelopes.Pass(in prefix, offset);
        Taken += length + 1;
        Number++;
        IsWrapperOff = false;
    }

    /// <summary>Stops at the message of the next line; where no wrapper stands before it, somebody must still look whether there is none.</summary>
    public void StopBehind(in RunPrefix prefix) => (Prefix, IsWrapperOff) = (prefix, prefix.Length > 0);
}
