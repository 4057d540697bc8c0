namespace KmsgOom.Text;

/// <summary>A bit for each of the bytes that <see cref="TokenWalk"/> looks at.</summary>
internal readonly record struct TokenMask(ulong Low, ulong High)
{
    /// <summary>Tells whether a bit is set between two places, of which the second is 1 to 64 bytes behind the first.</summary>
    public bool Has(int start, int end)
    {
        ulong from = start >= ByteMask.Width ? High >> (start - ByteMask.Width) : (Low >> start) | (start == 0 ? 0 : High << (ByteMask.Width - start));
        return from << (ByteMask.Width - (end - start)) != 0;
    }
}
