using System.Numerics;

namespace KmsgOom.Text;

/// <summary>Walks over what blanks part in the first 128 bytes of a text, which has as many: where each token begins and ends, decided for all at once.</summary>
internal ref struct TokenWalk
{
    /// <summary>How far it looks; what goes on there has no end.</summary>
    public const int Length = 2 * ByteMask.Width;

    /// <summary>A bit for each byte at which a token begins or ends.</summary>
    private ulong _low;
    private ulong _high;

    public TokenWalk(ReadOnlySpan<byte> text)
    {
        ulong low = ~ByteMask.Of(text, (byte)' ');
        ulong high = ~ByteMask.Of(text[ByteMask.Width..], (byte)' ');
        _low = low ^ (low << 1);
        _high = high ^ ((high << 1) | (low >> 63));
    }

    /// <summary>Takes the next place; <see cref="Length"/> where there is none.</summary>
    public int Next()
    {
        int at;
        if (_low != 0)
        {
            at = BitOperations.TrailingZeroCount(_low);
            _low &= _low - 1;
            return at;
        }

        at = BitOperations.TrailingZeroCount(_high) + ByteMask.Width;
        _high &= _high - 1;
        return at;
    }
}
