namespace KmsgOom.Filters;

/// <summary>A field: its kind, and how its values are got; none where the log does not say, several where it has several.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Get">Gets the values.</param>
/// <param name="Words">The words of a closed list; empty for other kinds.</param>
internal sealed record FilterField<T>(FilterKind Kind, Func<T, IEnumerable<FilterValue>> Get, string[] Words);
