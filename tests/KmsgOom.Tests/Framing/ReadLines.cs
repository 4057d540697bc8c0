using System.Buffers;
using KmsgOom.Framing;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Framing;

/// <summary>What a <see cref="LineReader"/> makes of bytes, read to their end.</summary>
internal sealed record ReadLines(
    string Lines, string Offsets, long Bytes, long Count, long Overlong, KernelLogEncoding Encoding)
{
    /// <summary>Reads all bytes in one call.</summary>
    public static ReadLines Whole(ReadOnlySequence<byte> bytes, int maxLineBytes)
    {
        using LineReader reader = new(maxLineBytes);
        Collector collector = new();
        collector.Read(reader, bytes, isFinalBlock: true);
        return collector.Result(reader);
    }

    /// <summary>Reads the bytes as a pipe gives them: what was left, and <paramref name="size"/> bytes more.</summary>
    public static ReadLines InCrumbs(byte[] bytes, int size, int maxLineBytes)
    {
        using LineReader reader = new(maxLineBytes);
        Collector collector = new();
        byte[] left = [];
        for (int at = 0; at < bytes.Length; at += size)
        {
            left = [.. left, .. bytes[at..Math.Min(bytes.Length, at + size)]];
            left = collector.Read(reader, Segments.Cut(left, 3), isFinalBlock: false);
        }

        collector.Read(reader, Segments.Cut(left, 3), isFinalBlock: true);
        return collector.Result(reader);
    }

    private sealed class Collector
    {
        private readonly List<string> _lines = [];
        private readonly List<long> _offsets = [];

        public byte[] Read(LineReader reader, ReadOnlySequence<byte> bytes, bool isFinalBlock)
        {
            LineSource source = new(bytes);
            while (reader.TryRead(ref source, isFinalBlock, out ReadOnlySpan<byte> line))
            {
                _lines.Add(Latin1.Text(line));
                _offsets.Add(reader.LineOffset);
            }

            return source.Remaining.ToArray();
        }

        public ReadLines Result(LineReader reader) =>
            new(string.Join('|', _lines), string.Join(',', _offsets), reader.Bytes, reader.Lines, reader.OverlongLines, reader.Encoding);
    }
}
