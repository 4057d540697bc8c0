using System.Diagnostics.CodeAnalysis;
using KmsgOom.Filters;

namespace KmsgOom;

/// <summary>A condition on events in a small language: <c>scope == memcg and victim.comm ~ "java*" and memcg.limit &lt; 2GiB</c>.</summary>
/// <remarks>
/// Parsed, checked and compiled once; may be used by many threads. A comparison with something that the log did not say is false, so that
/// <c>not (order &gt; 0)</c> is true where there is no order. The reference is docs/filters.md.
/// </remarks>
public sealed class OomFilter
{
    private readonly Func<OomEvent, bool> _matches;
    private readonly FilterNode _tree;

    private OomFilter(FilterNode tree, Func<OomEvent, bool> matches)
    {
        _tree = tree;
        _matches = matches;
    }

    /// <summary>Parses a filter.</summary>
    /// <param name="text">The filter.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="OomFilterException">The filter cannot be read, or compares what cannot be compared.</exception>
    public static OomFilter Parse(string text) =>
        TryParse(text, out OomFilter? filter, out OomFilterError? error) ? filter : throw new OomFilterException(error);

    /// <summary>Parses a filter.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="filter">The filter; null where it cannot be used.</param>
    /// <param name="error">Why it cannot be used; null where it can.</param>
    /// <returns>Whether it can be used.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out OomFilter? filter, [NotNullWhen(false)] out OomFilterError? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            FilterNode tree = FilterGrammar.Parse(text);
            filter = new OomFilter(tree, new FilterCompiler(text).Compile(tree, FilterFields.OfEvent));
            error = null;
            return true;
        }
        catch (OomFilterException exception)
        {
            filter = null;
            error = exception.Error ?? new OomFilterError(exception.Message, text, 0);
            return false;
        }
    }

    /// <summary>Tells whether an event fulfils the condition.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public bool Matches(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return _matches(oomEvent);
    }

    /// <summary>Writes the filter in its canonical form.</summary>
    public override string ToString() => _tree.ToString();
}
