using System.Buffers;

namespace KmsgOom.Tests.Framing;

/// <summary>Sequences of many segments.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> Of(params ReadOnlySpan<byte[]> pieces)
    {
        Segment first = new(default, 0);
        Segment last = first;
        foreach (byte[] piece in pieces)
        {
            last = last.Append(piece);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>Cuts bytes into segments of one size; <paramref name="withEmpty"/> puts an empty one between any two.</summary>
    public static ReadOnlySequence<byte> Cut(byte[] bytes, int size, bool withEmpty = false)
    {
        List<byte[]> pieces = [];
        for (int at = 0; at < bytes.Length; at += size)
        {
            pieces.Add(bytes[at..Math.Min(bytes.Length, at + size)]);
            if (withEmpty)
            {
                pieces.Add([]);
            }
        }

        return Of([.. pieces]);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
