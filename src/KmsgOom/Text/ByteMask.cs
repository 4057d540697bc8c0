using System.Numerics;
using System.Runtime.Intrinsics;

namespace KmsgOom.Text;

/// <summary>Looks at 64 bytes at a time: one bit for each byte, the first byte in the lowest bit.</summary>
/// <remarks>Besides <see cref="Framing.SkipAhead"/> the only file with vectors. Every text handed in has 64 bytes or more; what is behind the line must not matter.</remarks>
internal static class ByteMask
{
    public const int Width = 64;

    /// <summary>Tells where a byte stands.</summary>
    public static ulong Of(ReadOnlySpan<byte> text, byte value) =>
        Vector512.Equals(Vector512.Create(text), Vector512.Create(value)).ExtractMostSignificantBits();

    /// <summary>Tells where bytes stand that no key of the statistics has: all but small letters, digits and <c>_</c>.</summary>
    public static ulong NotOfKey(ReadOnlySpan<byte> text)
    {
        Vector512<byte> bytes = Vector512.Create(text);
        return ~(IsIn(bytes, (byte)'a', (byte)'z') | IsIn(bytes, (byte)'0', (byte)'9') | Vector512.Equals(bytes, Vector512.Create((byte)'_'))).ExtractMostSignificantBits();
    }

    /// <summary>Tells where bytes stand that no usual symbol has: all but letters, digits, <c>_</c> and <c>.</c>.</summary>
    public static ulong NotOfSymbol(ReadOnlySpan<byte> text)
    {
        Vector512<byte> bytes = Vector512.Create(text);
        return ~(IsIn(bytes | Vector512.Create((byte)0x20), (byte)'a', (byte)'z') | IsIn(bytes, (byte)'0', (byte)'9')
            | Vector512.Equals(bytes, Vector512.Create((byte)'_')) | Vector512.Equals(bytes, Vector512.Create((byte)'.'))).ExtractMostSignificantBits();
    }

    /// <summary>Finds a byte among the first ones, which it mostly is; -1 where it is not. The text is longer than that by <see cref="Width"/> at least.</summary>
    public static int IndexOf(ReadOnlySpan<byte> text, byte value, int length)
    {
        for (int at = 0; at < length; at += Width)
        {
            ulong found = Of(text[at..], value);
            if (found != 0)
            {
                return at + BitOperations.TrailingZeroCount(found);
            }
        }

        return -1;
    }

    private static Vector512<byte> IsIn(Vector512<byte> bytes, byte first, byte last) =>
        Vector512.LessThanOrEqual(bytes - Vector512.Create(first), Vector512.Create((byte)(last - first)));
}
