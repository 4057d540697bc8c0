using System.Buffers;

namespace KmsgOom.Framing;

/// <summary>The buffers of one call: a sequence and how far its first segment is used up.</summary>
/// <remarks>Slicing a sequence costs as much as parsing a short line; this does it once per segment.</remarks>
internal ref struct LineSource
{
    private ReadOnlySequence<byte> _sequence;

    public LineSource(ReadOnlySequence<byte> sequence)
    {
        _sequence = sequence;
        First = sequence.FirstSpan;
    }

    /// <summary>The first segment of what is left when <see cref="Position"/> was last zero.</summary>
    public ReadOnlySpan<byte> First { get; private set; }

    /// <summary>How much of <see cref="First"/> is used up.</summary>
    public int Position { get; set; }

    public readonly ReadOnlySequence<byte> Remaining => _sequence.Slice(Position);

    public void Advance(long count)
    {
        _sequence = _sequence.Slice(Position + count);
        First = _sequence.FirstSpan;
        Position = 0;
    }
}
