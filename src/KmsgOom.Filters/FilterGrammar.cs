using System.Collections.Immutable;
using Pidgin;
using static Pidgin.Parser;

namespace KmsgOom.Filters;

/// <summary>The grammar: or, and, not, parentheses, comparisons, lists.</summary>
internal static class FilterGrammar
{
    // Far beyond what a person writes; deeper ones could exhaust the stack.
    private const int MaxLength = 8192;
    private const int MaxDepth = 64;

    private static readonly Parser<char, Unit> Blanks = Parser<char>.Token(char.IsWhiteSpace).SkipMany();

    private static readonly Parser<char, string> Name =
        Lexeme(Parser<char>.Token(c => char.IsAsciiLetter(c) || c == '_')
            .Then(Parser<char>.Token(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.').ManyString(), (first, rest) => first + rest)).Labelled("a field");

    private static readonly Parser<char, string> Operator =
        Lexeme(OneOf(
            Try(String("==")), Try(String("!=")), Try(String("<=")), Try(String(">=")), Try(String("=~")), Try(String("!~")),
            String("<"), String(">"), String("~"))).Labelled("an operator");

    private static readonly Parser<char, FilterLiteral> Literal = Lexeme(OneOf(Quoted('"'), Quoted('\''), Bare())).Labelled("a value");

    private static readonly Parser<char, FilterNode> Or = Rec(() => Junction(isAnd: false, And!, Keyword("or").Or(Symbol("||"))));

    private static readonly Parser<char, FilterNode> And = Rec(() => Junction(isAnd: true, Unary!, Keyword("and").Or(Symbol("&&"))));

    private static readonly Parser<char, FilterNode> Comparison = Rec(() => Map(
        (position, name, rest) => rest.HasValue ? new CompareNode(position, name, rest.Value.Operator, rest.Value.Values) : (FilterNode)new CompareNode(position, name, "", []),
        Parser<char>.CurrentOffset,
        Name,
        Keyword("in").Then(Symbol("(").Then(Literal.SeparatedAtLeastOnce(Symbol(","))).Before(Symbol(")"))).Select(values => (Operator: "in", Values: values.ToImmutableArray()))
            .Or(Map((sign, value) => (Operator: sign, Values: ImmutableArray.Create(value)), Operator, Literal))
            .Optional()));

    private static readonly Parser<char, FilterNode> List = Rec(() => Map(
        (position, quantifier, list, condition, count) => (FilterNode)new ListNode(
            position, quantifier, list, condition.HasValue ? condition.Value : null, count.HasValue ? count.Value.Sign : "", count.HasValue ? count.Value.Value : null),
        Parser<char>.CurrentOffset,
        Try(OneOf(Try(String("any")), Try(String("all")), String("count")).Before(Blanks).Before(Symbol("("))),
        Name,
        Symbol(",").Then(Or).Optional(),
        Symbol(")").Then(Map((sign, value) => (Sign: sign, Value: value), Operator, Literal).Optional())));

    private static readonly Parser<char, FilterNode> Primary = Rec(() => OneOf(
        Symbol("(").Then(Or).Before(Symbol(")")),
        List,
        Map((position, name) => (FilterNode)new HasNode(position, name), Parser<char>.CurrentOffset, Keyword("has").Then(Name)),
        Comparison));

    private static readonly Parser<char, FilterNode> Unary = Map(
        (position, negations, part) => negations.Count() % 2 == 0 ? part : new NotNode(position, part),
        Parser<char>.CurrentOffset,
        Keyword("not").Or(Try(Char('!').Before(Not(OneOf('=', '~'))).Before(Blanks)).ThenReturn(Unit.Value)).Many(),
        Primary);

    private static readonly Parser<char, FilterNode> Whole = Blanks.Then(Or).Before(Parser<char>.End);

    /// <exception cref="OomFilterException">The text is no filter.</exception>
    public static FilterNode Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new OomFilterException(new OomFilterError($"The filter is longer than {MaxLength} characters", text, MaxLength));
        }

        if (FindTooDeep(text) is >= 0 and int deep)
        {
            throw new OomFilterException(new OomFilterError("Too many parentheses inside each other", text, deep));
        }

        Result<char, FilterNode> result = Whole.Parse(text);
        if (result.Success)
        {
            return result.Value;
        }

        ParseError<char> error = result.Error!;
        int position = Math.Min(text.Length, Math.Max(0, error.ErrorPos.Col - 1 + LineStart(text, error.ErrorPos.Line)));
        throw new OomFilterException(new OomFilterError(Describe(text, position, error), text, position));
    }

    /// <summary>Finds the first parenthesis that is inside too many others; those in quotes are text. -1 where there is none.</summary>
    private static int FindTooDeep(string text)
    {
        int depth = 0;
        char quote = '\0';
        for (int at = 0; at < text.Length; at++)
        {
            if (quote != '\0')
            {
                // A backslash takes the next character as it is.
                (at, quote) = text[at] == '\\' ? (at + 1, quote) : (at, text[at] == quote ? '\0' : quote);
                continue;
            }

            switch (text[at])
            {
                case '"' or '\'':
                    quote = text[at];
                    break;
                case '(' when ++depth > MaxDepth:
                    return at;
                case ')':
                    depth--;
                    break;
                default:
                    break;
            }
        }

        return -1;
    }

    private static string Describe(string text, int position, ParseError<char> error)
    {
        string[] expected = [.. error.Expected.OrderBy(what => what.Label is null).Select(Describe).OfType<string>().Distinct().Take(4)];
        string found = position < text.Length ? $"'{text[position]}' is not expected here" : "The filter ends too early";
        return expected.Length > 0 ? $"{found}; it could be {string.Join(" or ", expected)}" : found;
    }

    /// <summary>Names what could stand in a place; null for blanks, which may stand everywhere.</summary>
    private static string? Describe(Expected<char> what) =>
        what.IsEof ? "the end"
        : what.Label is { Length: > 0 } label ? label
        : what.Tokens is { IsDefaultOrEmpty: false } tokens ? $"'{string.Concat(tokens)}'"
        : null;

    // Pidgin counts lines and columns; a filter may be written over several lines.
    private static int LineStart(string text, int line)
    {
        int start = 0;
        for (int at = 1; at < line; at++)
        {
            start = text.IndexOf('\n', start) + 1;
        }

        return start;
    }

    private static Parser<char, FilterNode> Junction(bool isAnd, Parser<char, FilterNode> part, Parser<char, Unit> word) => Map(
        (position, parts) => parts.ToImmutableArray() is [{ } only] ? only : new JunctionNode(position, isAnd, [.. parts]),
        Parser<char>.CurrentOffset,
        part.SeparatedAtLeastOnce(word));

    private static Parser<char, T> Lexeme<T>(Parser<char, T> parser) => parser.Before(Blanks);

    private static Parser<char, Unit> Symbol(string text) => Lexeme(Try(String(text))).ThenReturn(Unit.Value);

    private static Parser<char, Unit> Keyword(string word) =>
        Lexeme(Try(String(word).Before(Not(Parser<char>.Token(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))))).ThenReturn(Unit.Value);

    private static Parser<char, FilterLiteral> Quoted(char quote) => Map(
        (position, text) => new FilterLiteral(position, text, IsQuoted: true),
        Parser<char>.CurrentOffset,
        Char('\\').Then(Parser<char>.Any).Or(Parser<char>.Token(c => c != quote && c != '\\')).ManyString().Between(Char(quote)));

    private static Parser<char, FilterLiteral> Bare() => Map(
        (position, text) => new FilterLiteral(position, text, IsQuoted: false),
        Parser<char>.CurrentOffset,
        Parser<char>.Token(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':' or '+' or '*' or '?' or '@' or '%').AtLeastOnceString());
}
