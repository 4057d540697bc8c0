using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KmsgOom.Text;

/// <summary>Reads blanks and digits eight bytes at a time ("SIMD within a register"): their number is decided without a branch per byte.</summary>
internal static class Swar
{
    /// <summary>How many digits a long is sure to hold; no kernel prints more.</summary>
    public const int MaxDigits = 18;

    private const ulong Blanks = 0x2020202020202020;
    private const ulong Zeros = 0x3030303030303030;

    /// <summary>Counts the blanks and tabs at the beginning; mostly there is none, or one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountBlanks(ReadOnlySpan<byte> text) =>
        text.IsEmpty || !IsBlank(text[0]) ? 0
        : text.Length == 1 || !IsBlank(text[1]) ? 1 : CountManyBlanks(text);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBlank(byte character) => character is (byte)' ' or (byte)'\t';

    private static int CountManyBlanks(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (text.Length - at >= sizeof(ulong))
        {
            ulong others = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]) ^ Blanks;
            if (others != 0)
            {
                at += BitOperations.TrailingZeroCount(others) >> 3;
                break;
            }

            at += sizeof(ulong);
        }

        while ((uint)at < (uint)text.Length && IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads the digits at the beginning; the value of more than <see cref="MaxDigits"/> means nothing.</summary>
    public static long ReadDigits(ReadOnlySpan<byte> text, out int count)
    {
        count = 0;
        long value = 0;
        if (text.Length >= sizeof(ulong))
        {
            ulong digits = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ Zeros;

            int length = BitOperations.TrailingZeroCount(NotOfDigits(digits)) >> 3;
            if (length == 0)
            {
                return 0;
            }

            // Leading zeros take the place of what is not there.
            value = Combine(digits << ((sizeof(ulong) - length) * 8));
            count = length;
            if (length < sizeof(ulong))
            {
                return value;
            }
        }

        while ((uint)count < (uint)text.Length && (uint)(text[count] - '0') is var digit and <= 9)
        {
            value = (value * 10) + digit;
            count++;
        }

        return value;
    }

    /// <summary>Reads one to seven digits at the beginning, behind which there is no other; the text has eight bytes or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadLeading(ReadOnlySpan<byte> text, out long value, out int count)
    {
        ulong digits = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ Zeros;
        count = BitOperations.TrailingZeroCount(NotOfDigits(digits)) >> 3;
        value = Combine(digits << ((sizeof(ulong) - count) * 8));
        return (uint)(count - 1) < sizeof(ulong) - 1;
    }

    /// <summary>Reads <c>123456] </c>, the end of the kernel's stamp; behind the place there are eight bytes or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadMicroseconds(ReadOnlySpan<byte> text, int at, out long microseconds)
    {
        ulong stamp = BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(at, sizeof(ulong)));
        ulong digits = (stamp ^ Zeros) << 16;
        microseconds = Combine(digits);
        return stamp >> 48 == (((ulong)' ' << 8) | ']') && NotOfDigits(digits) == 0;
    }

    /// <summary>Reads a number of one to eight digits; where it begins there are eight bytes or more, whatever stands behind the number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadShort(ReadOnlySpan<byte> text, int at, int width, out long value)
    {
        // Leading zeros take the place of what is not there.
        ulong digits = (BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(at, sizeof(ulong))) ^ Zeros) << ((sizeof(ulong) - width) * 8);
        value = Combine(digits);
        return (uint)(width - 1) < sizeof(ulong) && NotOfDigits(digits) == 0;
    }

    /// <summary>Reads a number of one to sixteen digits; where it begins there are sixteen bytes or more, whatever stands behind the number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadMedium(ReadOnlySpan<byte> text, int at, int width, out long value)
    {
        if (width <= sizeof(ulong))
        {
            return TryReadShort(text, at, width, out value);
        }

        bool isRead = TryReadShort(text, at, width - sizeof(ulong), out long high) & TryReadShort(text, at + width - sizeof(ulong), sizeof(ulong), out long low);
        value = (high * 100_000_000) + low;
        return isRead;
    }

    // A byte is a digit if it is below ten: adding 0x76 sets its top bit otherwise, as does a top bit of its own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NotOfDigits(ulong digits) => ((digits & 0x7F7F7F7F7F7F7F7F) + 0x7676767676767676 | digits) & 0x8080808080808080;

    /// <summary>Makes a number of eight digits, the first in the lowest byte: pairs, then fours, then all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Combine(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        return (long)((((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
    }
}
