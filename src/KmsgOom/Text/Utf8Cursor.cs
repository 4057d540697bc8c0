using System.Runtime.CompilerServices;

namespace KmsgOom.Text;

/// <summary>Walks over a line from left to right; each <c>TryTake</c> either moves on or leaves everything as it was.</summary>
internal ref struct Utf8Cursor(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    public int Position { get; set; }

    public readonly bool IsAtEnd => Position >= _text.Length;

    public readonly ReadOnlySpan<byte> Rest => _text[Position..];

    public readonly TextRange RestRange => new(Position, _text.Length - Position);

    /// <summary>Gets the next byte, or NUL at the end (NUL never stands in a kernel line).</summary>
    public readonly byte Peek => Position < _text.Length ? _text[Position] : (byte)0;

    // Inlined, since a literal that is known there is compared in a few instructions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ReadOnlySpan<byte> literal)
    {
        if (!Rest.StartsWith(literal))
        {
            return false;
        }

        Position += literal.Length;
        return true;
    }

    public bool TryTake(byte literal)
    {
        if (Peek != literal || IsAtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Skips blanks and tabs, if there are any.</summary>
    public void SkipBlanks() => Position += Swar.CountBlanks(Rest);

    public bool TrySkipPast(ReadOnlySpan<byte> literal)
    {
        int at = Rest.IndexOf(literal);
        if (at < 0)
        {
            return false;
        }

        Position += at + literal.Length;
        return true;
    }

    /// <summary>Takes what stands before the first <paramref name="literal"/> and moves behind it.</summary>
    public bool TryTakeUntil(byte literal, out TextRange range) => TryTakeTo(Rest.IndexOf(literal), 1, out range);

    /// <summary>Takes what stands before the first <paramref name="literal"/> and moves behind it.</summary>
    public bool TryTakeUntil(ReadOnlySpan<byte> literal, out TextRange range) => TryTakeTo(Rest.IndexOf(literal), literal.Length, out range);

    /// <summary>Takes what stands before the last <paramref name="literal"/> and moves behind it: what stands before may hold anything.</summary>
    public bool TryTakeUntilLast(ReadOnlySpan<byte> literal, out TextRange range) => TryTakeTo(Rest.LastIndexOf(literal), literal.Length, out range);

    /// <summary>Takes everything up to the next blank or the end; false where that is nothing.</summary>
    public bool TryTakeToken(out TextRange token)
    {
        int start = Position;
        int at = Rest.IndexOf((byte)' ');
        int length = at < 0 ? _text.Length - start : at;
        token = new TextRange(start, length);
        Position = start + length;
        return length > 0;
    }

    public bool TryTakeUInt64(out ulong value)
    {
        if (_text.Length - Position >= sizeof(ulong) && Swar.TryReadLeading(_text[Position..], out long small, out int length))
        {
            value = (ulong)small;
            Position += length;
            return true;
        }

        return TryTakeAnyUInt64(out value);
    }

    private bool TryTakeAnyUInt64(out ulong value)
    {
        ulong result = (ulong)Swar.ReadDigits(Rest, out int count);
        if (count <= Swar.MaxDigits)
        {
            value = result;
            Position += count;
            return count > 0;
        }

        result = 0;
        int at = Position;
        while (at < _text.Length && (uint)(_text[at] - '0') is var digit and <= 9)
        {
            if (result > (ulong.MaxValue - digit) / 10)
            {
                value = 0;
                return false;
            }

            result = (result * 10) + digit;
            at++;
        }

        value = result;
        Position = at;
        return true;
    }

    public bool TryTakeInt64(out long value)
    {
        int start = Position;
        if (_text.Length - start >= sizeof(ulong) && Swar.TryReadLeading(_text[start..], out value, out int length))
        {
            Position = start + length;
            return true;
        }

        return TryTakeAnyInt64(out value);
    }

    private bool TryTakeAnyInt64(out long value)
    {
        int start = Position;
        bool negative = Peek == '-';
        int digits = negative ? start + 1 : start;
        Position = digits;
        long result = Swar.ReadDigits(_text[digits..], out int count);

        // Only numbers that may not fit pay for the check.
        if (count > Swar.MaxDigits)
        {
            if (!TryTakeUInt64(out ulong large) || large > long.MaxValue + (negative ? 1ul : 0ul))
            {
                Position = start;
                value = 0;
                return false;
            }

            value = negative ? unchecked(-(long)large) : (long)large;
            return true;
        }

        Position = count > 0 ? digits + count : start;
        value = negative ? -result : result;
        return count > 0;
    }

    public bool TryTakeInt32(out int value)
    {
        int start = Position;
        if (TryTakeInt64(out long wide) && wide is >= int.MinValue and <= int.MaxValue)
        {
            value = (int)wide;
            return true;
        }

        Position = start;
        value = 0;
        return false;
    }

    /// <summary>Takes a user id, which kernels print signed or unsigned.</summary>
    public bool TryTakeUid(out uint value)
    {
        int start = Position;
        if (TryTakeInt64(out long wide) && wide is >= int.MinValue and <= uint.MaxValue)
        {
            value = unchecked((uint)wide);
            return true;
        }

        Position = start;
        value = 0;
        return false;
    }

    public bool TryTakeHex(out uint value)
    {
        int start = Position;
        ulong result = 0;
        while (Position < _text.Length && HexValue(_text[Position]) is var digit and >= 0 && result <= uint.MaxValue)
        {
            result = (result << 4) | (uint)digit;
            Position++;
        }

        value = (uint)result;
        if (Position > start && result <= uint.MaxValue)
        {
            return true;
        }

        Position = start;
        return false;
    }

    public static int HexValue(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };

    private bool TryTakeTo(int at, int literalLength, out TextRange range)
    {
        range = at < 0 ? default : new TextRange(Position, at);
        Position += at < 0 ? 0 : at + literalLength;
        return at >= 0;
    }
}
