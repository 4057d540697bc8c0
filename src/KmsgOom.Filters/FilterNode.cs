using System.Collections.Immutable;

namespace KmsgOom.Filters;

/// <summary>A part of a filter; its text is its canonical form.</summary>
/// <param name="Position">Where it stands in the filter.</param>
internal abstract record FilterNode(int Position)
{
    public abstract override string ToString();
}

/// <summary>All parts, or any of them.</summary>
internal sealed record JunctionNode(int Position, bool IsAnd, ImmutableArray<FilterNode> Parts) : FilterNode(Position)
{
    public override string ToString() => string.Join(IsAnd ? " and " : " or ", Parts.Select(part => part is JunctionNode ? $"({part})" : part.ToString()));
}

/// <summary>The contrary.</summary>
internal sealed record NotNode(int Position, FilterNode Part) : FilterNode(Position)
{
    public override string ToString() => $"not ({Part})";
}

/// <summary>Whether a field is there.</summary>
internal sealed record HasNode(int Position, string Field) : FilterNode(Position)
{
    public override string ToString() => $"has {Field}";
}

/// <summary>A field compared with values; without an operator it is a flag that has to be set.</summary>
internal sealed record CompareNode(int Position, string Field, string Operator, ImmutableArray<FilterLiteral> Values) : FilterNode(Position)
{
    public override string ToString() => Operator switch
    {
        "" => Field,
        "in" => $"{Field} in ({string.Join(", ", Values)})",
        _ => $"{Field} {Operator} {Values[0]}",
    };
}

/// <summary>Whether any or all entries of a list fulfil a condition, or how many do.</summary>
internal sealed record ListNode(int Position, string Quantifier, string List, FilterNode? Condition, string Operator, FilterLiteral? Count) : FilterNode(Position)
{
    public override string ToString() => $"{Quantifier}({List}{(Condition is null ? "" : $", {Condition}")}){(Count is null ? "" : $" {Operator} {Count}")}";
}

/// <summary>A value as it is written.</summary>
/// <param name="Position">Where it stands in the filter.</param>
/// <param name="Text">The text, escapes undone.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
internal sealed record FilterLiteral(int Position, string Text, bool IsQuoted)
{
    public override string ToString() => IsQuoted ? $"\"{Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : Text;
}
