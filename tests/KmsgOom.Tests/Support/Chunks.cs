using System.Buffers;
using System.Collections.Immutable;

namespace KmsgOom.Tests.Support;

/// <summary>Bytes in pieces, and the events that come out of them.</summary>
internal static class Chunks
{
    /// <summary>Makes a sequence of segments of a given length, each with poison around it that shows reads past its ends.</summary>
    public static ReadOnlySequence<byte> InSegments(byte[] bytes, int length)
    {
        Segment? first = null;
        Segment? last = null;
        for (int at = 0; at < bytes.Length || first is null; at += length)
        {
            int count = Math.Min(length, bytes.Length - at);
            byte[] poisoned = new byte[count + 2];
            poisoned.AsSpan().Fill(0xFF);
            bytes.AsSpan(at, count).CopyTo(poisoned.AsSpan(1));
            last = new Segment(poisoned.AsMemory(1, count), last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    /// <summary>Parses a log that comes in pieces of a given length; what is left of a piece is handed in again with the next.</summary>
    public static ImmutableArray<OomEvent> ParseInPieces(byte[] log, int length, OomParserOptions options)
    {
        List<int> cuts = [];
        for (int cut = length; cut < log.Length; cut += length)
        {
            cuts.Add(cut);
        }

        return ParseCut(log, [.. cuts], options);
    }

    /// <summary>Parses a log line by line, with nothing passed over unread.</summary>
    public static ImmutableArray<OomEvent> ParseWithoutSkipping(byte[] log, OomParserOptions options)
    {
        using OomParser patient = new(options) { CanSkip = false };
        return ParseCut(patient, log, []);
    }

    /// <summary>Parses a log that is cut at some positions.</summary>
    public static ImmutableArray<OomEvent> ParseCut(byte[] log, ReadOnlySpan<int> cuts, OomParserOptions options)
    {
        using OomParser parser = new(options);
        return ParseCut(parser, log, cuts);
    }

    /// <summary>Parses a log that is cut at some positions, with a parser that may have been used before.</summary>
    public static ImmutableArray<OomEvent> ParseCut(OomParser parser, byte[] log, ReadOnlySpan<int> cuts)
    {
        ImmutableArray<OomEvent>.Builder events = ImmutableArray.CreateBuilder<OomEvent>();
        parser.Reset();
        int consumed = 0;
        for (int piece = 0; piece <= cuts.Length; piece++)
        {
            bool isLast = piece == cuts.Length;
            int end = isLast ? log.Length : cuts[piece];
            ReadOnlySequence<byte> sequence = new(log, consumed, end - consumed);
            long before = sequence.Length;
            while (parser.TryRead(ref sequence, isLast, out OomEventView oomEvent))
            {
                events.Add(oomEvent.ToEvent());
            }

            consumed += (int)(before - sequence.Length);
        }

        Assert.Equal(log.Length, consumed);
        return events.ToImmutable();
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
