namespace KmsgOom.Filters;

/// <summary>A value of a field: a text, or a number (bytes, ticks; 1 for a set flag).</summary>
/// <param name="Text">The text; null for a number.</param>
/// <param name="Number">The number; of a time the moment.</param>
/// <param name="Wall">Of a time the clock as it was printed, whatever its zone; of others the number.</param>
/// <remarks>Numbers are 128 bits wide, because pages of a damaged log may not fit in 64 as bytes.</remarks>
internal readonly record struct FilterValue(string? Text, Int128 Number, Int128 Wall)
{
    public static implicit operator FilterValue(string text) => new(text, 0, 0);

    public static implicit operator FilterValue(long number) => new(null, number, number);

    public static implicit operator FilterValue(Int128 number) => new(null, number, number);
}
