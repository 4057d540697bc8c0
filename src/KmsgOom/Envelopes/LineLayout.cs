using System.Runtime.CompilerServices;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>The prefix of the line before, up to its microseconds: the lines of a report mostly have the very same, and then nothing is parsed twice.</summary>
/// <remarks>It serves any wrapper whose message stands right behind <c>[12345.678901] </c>, with or without a syslog header before that.</remarks>
internal sealed class LineLayout
{
    // Microseconds, bracket and blank.
    private const int TailLength = sizeof(ulong);

    // A syslog header with a host name of usual length, and the kernel's seconds; longer ones take the long way.
    private const int MaxLength = 128;

    private readonly byte[] _prefix = new byte[MaxLength];
    private int _length;
    private long _seconds;
    private int _hostStart;
    private int _hostLength;
    private WallClock _wall;
    private KernelLogWrappers _wrappers;
    private EnvelopeOrigin _origin;
    private bool _hasOctalEscapes;

    /// <summary>Gets whether the uptime is all that stands before the message, so that a host may stand behind it.</summary>
    public bool IsUptimeOnly => _wrappers == KernelLogWrappers.Uptime;

    /// <summary>Gets whether there is a prefix that no forwarded record begins with.</summary>
    public bool IsOfWholeLines => _length > 0 && _prefix[0] is (byte)'[' or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z');

    /// <summary>Gets the wall clock of the prefix.</summary>
    public WallClock Wall => _wall;

    /// <summary>Forgets the prefix.</summary>
    public void Forget() => _length = 0;

    /// <summary>Tells whether two remember the same; what was read from a prefix follows from it.</summary>
    public bool IsSameAs(LineLayout other) =>
        (_length == 0 || _wall == other._wall) && _prefix.AsSpan(0, _length).SequenceEqual(other._prefix.AsSpan(0, other._length));

    /// <summary>Remembers the prefix of a line, if its message stands right behind the kernel's stamp.</summary>
    public void Remember(ReadOnlySpan<byte> line, int prefixLength, in Envelope envelope)
    {
        // With a printk caller or a delta behind the stamp the wrapper is the same but longer: such lines take the long way.
        int length = prefixLength - TailLength;
        _length = 0;
        if (envelope.UptimeMicroseconds < 0 || envelope.Sequence >= 0 || length is <= 0 or > MaxLength || line[length - 1] != '.'
            || !Swar.TryReadMicroseconds(line, length, out long microseconds))
        {
            return;
        }

        int host = 0;
        if (!envelope.Host.IsEmpty && (!line[..length].Overlaps(envelope.Host, out host)))
        {
            return;
        }

        line[..length].CopyTo(_prefix);
        _length = length;
        _seconds = envelope.UptimeMicroseconds - microseconds;
        (_hostStart, _hostLength) = (host, envelope.Host.Length);
        _wall = envelope.Wall;
        _wrappers = envelope.Wrappers;
        _origin = envelope.Origin;
        _hasOctalEscapes = envelope.HasOctalEscapes;
    }

    /// <summary>Takes the prefix off a line that has the same but for the microseconds.</summary>
    public bool TryTake(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        if (!TryTake(line, out int length, out long uptime))
        {
            return false;
        }

        Describe(line, length, uptime, ref envelope);
        return true;
    }

    /// <summary>Tells what such a prefix says, whose length and uptime are known.</summary>
    public void Describe(ReadOnlySpan<byte> line, int length, long uptimeMicroseconds, ref Envelope envelope)
    {
        envelope.UptimeMicroseconds = uptimeMicroseconds;
        envelope.Host = line.Slice(_hostStart, _hostLength);
        envelope.Wall = _wall;
        envelope.Wrappers = _wrappers;
        envelope.Origin = _origin;
        envelope.HasOctalEscapes = _hasOctalEscapes;
        envelope.Message = line[length..];
    }

    /// <summary>Tells the length and the uptime of such a prefix.</summary>
    public bool TryTake(ReadOnlySpan<byte> line, out int length, out long uptimeMicroseconds)
    {
        int seconds = _length;
        length = seconds + TailLength;
        uptimeMicroseconds = 0;
        if (seconds == 0 || line.Length < length || !line.StartsWith(_prefix.AsSpan(0, seconds)) || !Swar.TryReadMicroseconds(line, seconds, out long microseconds))
        {
            return false;
        }

        uptimeMicroseconds = _seconds + microseconds;
        return true;
    }

    /// <summary>Tells the same of a line behind which there is room for <see cref="ByteMask"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeInRun(ReadOnlySpan<byte> text, int lineLength, out int length, out long uptimeMicroseconds)
    {
        int seconds = _length;
        length = seconds + TailLength;
        uptimeMicroseconds = 0;
        if (seconds == 0 || lineLength < length || !(seconds <= ByteMask.Width ? ByteMask.StartsWith(text, _prefix, seconds) : text.StartsWith(_prefix.AsSpan(0, seconds)))
            || !Swar.TryReadMicroseconds(text, seconds, out long microseconds))
        {
            return false;
        }

        uptimeMicroseconds = _seconds + microseconds;
        return true;
    }
}
