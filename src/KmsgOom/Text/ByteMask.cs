using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KmsgOom.Text;

/// <summary>Looks at 64 bytes at a time: one bit for each byte, the first byte in the lowest bit.</summary>
/// <remarks>
/// Besides <see cref="Framing.SkipAhead"/> and <see cref="NumberLanes"/> the only file with vectors. Every text handed in has 64 bytes or more, where nothing else is said; what is behind the line must not matter.
/// </remarks>
internal static class ByteMask
{
    public const int Width = 64;

    /// <summary>What <see cref="NotOfShortKey"/> looks at; its text has as much.</summary>
    public const int ShortWidth = 32;

    /// <summary>Tells where a byte stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<byte> text, byte value)
    {
        // One check of the length, here as below, instead of one for each vector.
        text = text[..Width];

        // Vectors that the processor has: larger ones would be put together from calls.
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.Create(text), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> values = Vector256.Create(value);
            return Join(Vector256.Equals(Vector256.Create(text), values), Vector256.Equals(Vector256.Create(text[32..]), values));
        }

        Vector128<byte> all = Vector128.Create(value);
        return Join(
            Vector128.Equals(Vector128.Create(text), all),
            Vector128.Equals(Vector128.Create(text[16..]), all),
            Vector128.Equals(Vector128.Create(text[32..]), all),
            Vector128.Equals(Vector128.Create(text[48..]), all));
    }

    /// <summary>Tells whether a text begins as another does, up to 64 bytes of it; both have as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start, int length) => BitOperations.TrailingZeroCount(~Same(text, start)) >= length;

    /// <summary>Tells where bytes stand that no key of the statistics has: all but small letters, digits and <c>_</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotOfKey(ReadOnlySpan<byte> text) => NotIn(text, (byte)'a', (byte)'z', (byte)'0', (byte)'9', (byte)'_');

    /// <summary>Tells the same of the first 32 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NotOfShortKey(ReadOnlySpan<byte> text) => ~(Vector256.IsHardwareAccelerated
        ? IsIn(Vector256.Create(text), (byte)'a', (byte)'z', (byte)'0', (byte)'9', (byte)'_').ExtractMostSignificantBits()
        : IsIn(Vector128.Create(text), (byte)'a', (byte)'z', (byte)'0', (byte)'9', (byte)'_').ExtractMostSignificantBits()
            | (IsIn(Vector128.Create(text[16..]), (byte)'a', (byte)'z', (byte)'0', (byte)'9', (byte)'_').ExtractMostSignificantBits() << 16));

    /// <summary>Tells where bytes stand that no usual symbol has: all but letters, digits, <c>_</c> and <c>.</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotOfSymbol(ReadOnlySpan<byte> text)
    {
        text = text[..Width];
        return ~(Vector256.IsHardwareAccelerated
            ? Join(IsOfSymbol(Vector256.Create(text)), IsOfSymbol(Vector256.Create(text[32..])))
            : Join(IsOfSymbol(Vector128.Create(text)), IsOfSymbol(Vector128.Create(text[16..])), IsOfSymbol(Vector128.Create(text[32..])), IsOfSymbol(Vector128.Create(text[48..]))));
    }

    /// <summary>Tells where bytes stand that no register's name has: all but capital letters, digits and <c>_</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotOfRegister(ReadOnlySpan<byte> text) => NotIn(text, (byte)'A', (byte)'Z', (byte)'0', (byte)'9', (byte)'_');

    /// <summary>Tells where bytes stand that no register's value has: all but hexadecimal digits, <c>x</c> and <c>:</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotOfRegisterValue(ReadOnlySpan<byte> text) => NotIn(text, (byte)'a', (byte)'f', (byte)'0', (byte)':', (byte)'x');

    /// <summary>Tells where bytes stand that are no digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotOfNumber(ReadOnlySpan<byte> text)
    {
        text = text[..Width];
        return ~(Vector256.IsHardwareAccelerated
            ? Join(IsOfNumber(Vector256.Create(text)), IsOfNumber(Vector256.Create(text[32..])))
            : Join(IsOfNumber(Vector128.Create(text)), IsOfNumber(Vector128.Create(text[16..])), IsOfNumber(Vector128.Create(text[32..])), IsOfNumber(Vector128.Create(text[48..]))));
    }

    /// <summary>Tells where bytes stand that a name may not hold as they are, among the first 16: a backslash, a bracket, <c>#</c>, an ESC, or a NUL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint OfEscape(ReadOnlySpan<byte> text)
    {
        Vector128<byte> bytes = Vector128.Create(text);
        return (Vector128.Equals(bytes, Vector128.Create((byte)'\\')) | Vector128.Equals(bytes, Vector128.Create((byte)'['))
            | Vector128.Equals(bytes, Vector128.Create((byte)'#')) | Vector128.Equals(bytes, Vector128.Create((byte)0x1B))
            | Vector128.Equals(bytes, Vector128<byte>.Zero)).ExtractMostSignificantBits();
    }

    /// <summary>Tells where bytes stand that a wrapper, an escape or a repair may need: control characters, brackets, a backslash, <c>&lt;</c>, <c>#</c>, all but ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfDisturbance(ReadOnlySpan<byte> text)
    {
        text = text[..Width];
        return Vector256.IsHardwareAccelerated
            ? Join(IsDisturbance(Vector256.Create(text)), IsDisturbance(Vector256.Create(text[32..])))
            : Join(
                IsDisturbance(Vector128.Create(text)), IsDisturbance(Vector128.Create(text[16..])),
                IsDisturbance(Vector128.Create(text[32..])), IsDisturbance(Vector128.Create(text[48..])));
    }

    /// <summary>Takes up to 16 bytes of a text, and NULs behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Head(ReadOnlySpan<byte> text, int length) =>
        Vector128.Create(text) & Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)length));

    /// <summary>Finds a byte among the first ones, which it mostly is; -1 where it is not. The text is longer than that by <see cref="Width"/> at least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    /// <summary>Says where a line ends; <see cref="Width"/> where that is not within the first 64 bytes, so that nobody knows where.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthOfLine(ReadOnlySpan<byte> text) => BitOperations.TrailingZeroCount(Of(text, (byte)'\n'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Same(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        left = left[..Width];
        right = right[..Width];
        return Vector256.IsHardwareAccelerated
            ? Join(Vector256.Equals(Vector256.Create(left), Vector256.Create(right)), Vector256.Equals(Vector256.Create(left[32..]), Vector256.Create(right[32..])))
            : Join(
                Vector128.Equals(Vector128.Create(left), Vector128.Create(right)),
                Vector128.Equals(Vector128.Create(left[16..]), Vector128.Create(right[16..])),
                Vector128.Equals(Vector128.Create(left[32..]), Vector128.Create(right[32..])),
                Vector128.Equals(Vector128.Create(left[48..]), Vector128.Create(right[48..])));
    }

    /// <summary>Tells where bytes stand that are in neither of two ranges and not a further one. All of them are constants where it is called.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NotIn(ReadOnlySpan<byte> text, byte first, byte last, byte otherFirst, byte otherLast, byte single)
    {
        text = text[..Width];
        return ~(Vector256.IsHardwareAccelerated
            ? Join(IsIn(Vector256.Create(text), first, last, otherFirst, otherLast, single), IsIn(Vector256.Create(text[32..]), first, last, otherFirst, otherLast, single))
            : Join(
                IsIn(Vector128.Create(text), first, last, otherFirst, otherLast, single), IsIn(Vector128.Create(text[16..]), first, last, otherFirst, otherLast, single),
                IsIn(Vector128.Create(text[32..]), first, last, otherFirst, otherLast, single), IsIn(Vector128.Create(text[48..]), first, last, otherFirst, otherLast, single)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> IsIn(Vector256<byte> bytes, byte first, byte last, byte otherFirst, byte otherLast, byte single) =>
        IsIn(bytes, first, last) | IsIn(bytes, otherFirst, otherLast) | Vector256.Equals(bytes, Vector256.Create(single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> IsIn(Vector128<byte> bytes, byte first, byte last, byte otherFirst, byte otherLast, byte single) =>
        IsIn(bytes, first, last) | IsIn(bytes, otherFirst, otherLast) | Vector128.Equals(bytes, Vector128.Create(single));

    private static Vector256<byte> IsOfNumber(Vector256<byte> bytes) => IsIn(bytes, (byte)'0', (byte)'9');

    private static Vector128<byte> IsOfNumber(Vector128<byte> bytes) => IsIn(bytes, (byte)'0', (byte)'9');

    private static Vector256<byte> IsOfSymbol(Vector256<byte> bytes) =>
        IsIn(bytes | Vector256.Create((byte)0x20), (byte)'a', (byte)'z') | IsIn(bytes, (byte)'0', (byte)'9')
        | Vector256.Equals(bytes, Vector256.Create((byte)'_')) | Vector256.Equals(bytes, Vector256.Create((byte)'.'));

    private static Vector128<byte> IsOfSymbol(Vector128<byte> bytes) =>
        IsIn(bytes | Vector128.Create((byte)0x20), (byte)'a', (byte)'z') | IsIn(bytes, (byte)'0', (byte)'9')
        | Vector128.Equals(bytes, Vector128.Create((byte)'_')) | Vector128.Equals(bytes, Vector128.Create((byte)'.'));

    // As signed numbers, what is not ASCII comes before the control characters.
    private static Vector256<byte> IsDisturbance(Vector256<byte> bytes) =>
        Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)' ')).AsByte() | IsIn(bytes, (byte)'[', (byte)']')
        | Vector256.Equals(bytes, Vector256.Create((byte)'<')) | Vector256.Equals(bytes, Vector256.Create((byte)'#'));

    private static Vector128<byte> IsDisturbance(Vector128<byte> bytes) =>
        Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | IsIn(bytes, (byte)'[', (byte)']')
        | Vector128.Equals(bytes, Vector128.Create((byte)'<')) | Vector128.Equals(bytes, Vector128.Create((byte)'#'));

    private static Vector256<byte> IsIn(Vector256<byte> bytes, byte first, byte last) =>
        Vector256.Equals(Vector256.Min(bytes - Vector256.Create(first), Vector256.Create((byte)(last - first))), bytes - Vector256.Create(first));

    private static Vector128<byte> IsIn(Vector128<byte> bytes, byte first, byte last) =>
        Vector128.Equals(Vector128.Min(bytes - Vector128.Create(first), Vector128.Create((byte)(last - first))), bytes - Vector128.Create(first));

    private static ulong Join(Vector256<byte> first, Vector256<byte> second) =>
        first.ExtractMostSignificantBits() | ((ulong)second.ExtractMostSignificantBits() << 32);

    private static ulong Join(Vector128<byte> first, Vector128<byte> second, Vector128<byte> third, Vector128<byte> fourth) =>
        first.ExtractMostSignificantBits() | (second.ExtractMostSignificantBits() << 16)
        | ((ulong)(third.ExtractMostSignificantBits() | (fourth.ExtractMostSignificantBits() << 16)) << 32);
}
