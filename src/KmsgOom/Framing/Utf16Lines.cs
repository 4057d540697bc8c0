using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace KmsgOom.Framing;

/// <summary>Turns a line of UTF-16 into UTF-8; what is not valid becomes U+FFFD.</summary>
internal static class Utf16Lines
{
    public static ReadOnlySpan<byte> Transcode(ReadOnlySpan<byte> line, KernelLogEncoding encoding, ScratchBuffer destination)
    {
        char[] characters = ArrayPool<char>.Shared.Rent(Math.Max(1, line.Length / 2));
        int count = line.Length / 2;
        for (int at = 0; at < count; at++)
        {
            ReadOnlySpan<byte> unit = line.Slice(at * 2, 2);
            characters[at] = (char)(encoding == KernelLogEncoding.Utf16LittleEndian
                ? BinaryPrimitives.ReadUInt16LittleEndian(unit)
                : BinaryPrimitives.ReadUInt16BigEndian(unit));
        }

        // A UTF-16 unit makes at most three bytes of UTF-8.
        Span<byte> utf8 = destination.GetSpan(count * 3);
        Utf8.FromUtf16(characters.AsSpan(0, count), utf8, out _, out int written, replaceInvalidSequences: true, isFinalBlock: true);
        ArrayPool<char>.Shared.Return(characters);
        return utf8[..written];
    }
}
