namespace KmsgOom.Text;

/// <summary>A bit for each of the bytes that <see cref="TokenWalk"/> looks at.</summary>
internal readonly record struct TokenMask(ulong Low, ulong High)
{
    /// <summary>Makes a mask of all bits before a place.</summary>
    public static TokenMask Below(int end) => end >= ByteMask.Width ? new(ulong.MaxValue, Ones(end - ByteMask.Width)) : new(Ones(end), 0);

    /// <summary>Sets a bit.</summary>
    public TokenMask With(int at) => at >= ByteMask.Width ? this with { High = High | (1ul << (at - ByteMask.Width)) } : this with { Low = Low | (1ul << at) };

    /// <summary>Tells whether a bit is set between two places, of which the second is 1 to 64 bytes behind the first.</summary>
    public bool Has(int start, int end)
    {
        ulong from = start >= ByteMask.Width ? High >> (start - ByteMask.Width) : (Low >> start) | (start == 0 ? 0 : High << (ByteMask.Width - start));
        return from << (ByteMask.Width - (end - start)) != 0;
    }

    private static ulong Ones(int count) => count >= ByteMask.Width ? ulong.MaxValue : (1ul << count) - 1;
}
