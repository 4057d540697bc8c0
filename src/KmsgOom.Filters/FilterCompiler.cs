using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KmsgOom.Filters;

/// <summary>Checks types and turns a tree into functions, once.</summary>
internal sealed class FilterCompiler(string text)
{
    /// <exception cref="OomFilterException">A field is unknown, or is compared with what it cannot be.</exception>
    public Func<T, bool> Compile<T>(FilterNode node, FilterTable<T> table)
    {
        switch (node)
        {
            case JunctionNode { IsAnd: var isAnd, Parts: var parts }:
                Func<T, bool>[] conditions = [.. parts.Select(part => Compile(part, table))];
                return isAnd ? item => Array.TrueForAll(conditions, condition => condition(item)) : item => Array.Exists(conditions, condition => condition(item));
            case NotNode { Part: var part }:
                Func<T, bool> contrary = Compile(part, table);
                return item => !contrary(item);
            case HasNode { Field: var name, Position: var position }:
                FilterField<T> field = Find(table, name, position);
                return field.Kind == FilterKind.Flag ? throw Error($"'{name}' is always there: it is true or false", position) : item => field.Get(item).Any();
            case CompareNode compare:
                return CompileComparison(compare, Find(table, compare.Field, compare.Position));
            case ListNode list when table is FilterTable<OomEvent>:
                Func<OomEvent, bool> ofEvent = CompileList(list);
                return item => ofEvent((OomEvent)(object)item!);
            default:
                throw Error("Lists inside lists are not possible", node.Position);
        }
    }

    private Func<OomEvent, bool> CompileList(ListNode node) => node.List switch
    {
        "tasks" => CompileList(node, FilterFields.OfTask, static oom => oom.Tasks.Select(task => (oom, task))),
        "victims" => CompileList(node, FilterFields.OfVictim, static oom => oom.Victims),
        _ => throw Error($"'{node.List}' is no list: it is tasks or victims", node.Position),
    };

    private Func<OomEvent, bool> CompileList<T>(ListNode node, FilterTable<T> table, Func<OomEvent, IEnumerable<T>> get)
    {
        Func<T, bool> condition = node.Condition is { } part ? Compile(part, table) : static _ => true;
        if (node.Quantifier != "count")
        {
            return node.Count is not null ? throw Error($"Only count(…) is compared with a number", node.Count.Position)
                : node.Quantifier == "any" ? oom => get(oom).Any(condition)
                : oom => get(oom).All(condition);
        }

        if (node.Count is not { } literal || FilterLiterals.Read(FilterKind.Number, literal.Text) is not { } wanted)
        {
            throw Error("count(…) is compared with a number, as in count(tasks) > 100", node.Count?.Position ?? node.Position);
        }

        Func<Int128, bool> compare = Ordering(node.Operator, wanted, literal.Position);
        return oom => compare(get(oom).Count(condition));
    }

    private FilterField<T> Find<T>(FilterTable<T> table, string name, int position)
    {
        if (table.Find(name) is { } field)
        {
            return field;
        }

        string hint = table.Suggest(name) is { } near ? $"; did you mean '{near}'?" : "";
        throw Error($"There is no field '{name}'{hint}", position);
    }

    private Func<T, bool> CompileComparison<T>(CompareNode node, FilterField<T> field)
    {
        if (node.Operator.Length == 0)
        {
            return field.Kind == FilterKind.Flag ? item => field.Get(item).Any(value => value.Number != 0)
                : throw Error($"'{node.Field}' is compared with {Describe(field)}, as in {node.Field} == …", node.Position);
        }

        Func<FilterValue, bool> matches = field.Kind is FilterKind.Text or FilterKind.Word ? CompileText(node, field) : CompileNumber(node, field.Kind);
        return item => field.Get(item).Any(matches);
    }

    private Func<FilterValue, bool> CompileNumber(CompareNode node, FilterKind kind)
    {
        Func<FilterValue, bool>[] comparisons = [.. node.Values.Select(literal => CompileNumber(node.Operator == "in" ? "==" : node.Operator, kind, literal))];
        return comparisons is [{ } only] ? only : value => Array.Exists(comparisons, comparison => comparison(value));
    }

    private Func<FilterValue, bool> CompileNumber(string sign, FilterKind kind, FilterLiteral literal)
    {
        Int128 wanted = FilterLiterals.Read(kind, literal.Text) ?? throw Error($"'{literal.Text}' is not {FilterLiterals.Describe(kind)}", literal.Position);
        Func<Int128, bool> compare = Ordering(sign, wanted, literal.Position);
        return FilterLiterals.IsWall(kind, literal.Text) ? value => compare(value.Wall) : value => compare(value.Number);
    }

    private Func<Int128, bool> Ordering(string sign, Int128 wanted, int position) => sign switch
    {
        "==" => value => value == wanted,
        "!=" => value => value != wanted,
        "<" => value => value < wanted,
        "<=" => value => value <= wanted,
        ">" => value => value > wanted,
        ">=" => value => value >= wanted,
        _ => throw Error($"'{sign}' is for texts; numbers have == != < <= > >= and in", position),
    };

    private Func<FilterValue, bool> CompileText<T>(CompareNode node, FilterField<T> field)
    {
        FilterLiteral first = node.Values[0];
        switch (node.Operator)
        {
            case "==" or "!=" or "in":
                string[] wanted = [.. node.Values.Select(literal => CheckWord(field, literal))];
                bool isEqual = node.Operator != "!=";
                return value => wanted.Contains(value.Text, StringComparer.Ordinal) == isEqual;
            case "~" or "!~":
                Regex glob = Make(FilterGlob.ToRegex(first.Text), first);
                bool isLike = node.Operator == "~";
                return value => glob.IsMatch(value.Text ?? "") == isLike;
            case "=~":
                Regex regex = Make(first.Text, first);
                return value => regex.IsMatch(value.Text ?? "");
            default:
                throw Error($"'{node.Operator}' is for numbers; texts have == != ~ !~ =~ and in", first.Position);
        }
    }

    private string CheckWord<T>(FilterField<T> field, FilterLiteral literal) =>
        field.Kind != FilterKind.Word || field.Words.Contains(literal.Text)
            ? literal.Text
            : throw Error($"'{literal.Text}' is not {Describe(field)}", literal.Position);

    private static string Describe<T>(FilterField<T> field) => field.Kind == FilterKind.Word ? $"one of {string.Join(", ", field.Words)}" : FilterLiterals.Describe(field.Kind);

    // Without backtracking no pattern can hang, whatever it is matched with.
    private Regex Make(string pattern, FilterLiteral literal)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw Error(string.Create(CultureInfo.InvariantCulture, $"This pattern cannot be used: {exception.Message.Split('\n')[0]}"), literal.Position);
        }
    }

    private OomFilterException Error(string message, int position) => new(new OomFilterError(message, text, Math.Clamp(position, 0, text.Length)));
}
