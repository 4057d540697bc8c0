namespace KmsgOom.Filters;

/// <summary>Finds fields by name; a prefix stands for names that only the kernel knows, such as the counters behind <c>memory.</c>.</summary>
internal sealed class FilterTable<T>(Dictionary<string, FilterField<T>> fields)
{
    private readonly Dictionary<string, Func<string, FilterField<T>>> _prefixes = [];

    public IReadOnlyDictionary<string, FilterField<T>> Fields => fields;

    public IEnumerable<string> Prefixes => _prefixes.Keys;

    /// <summary>Adds a prefix.</summary>
    public Func<string, FilterField<T>> this[string prefix]
    {
        set => _prefixes[prefix] = value;
    }

    public FilterField<T>? Find(string name)
    {
        string bare = name.EndsWith("_bytes", StringComparison.Ordinal) ? name[..^"_bytes".Length] : name;
        if (fields.TryGetValue(name, out FilterField<T>? field) || fields.TryGetValue(bare, out field))
        {
            return field;
        }

        foreach ((string prefix, Func<string, FilterField<T>> make) in _prefixes)
        {
            if (bare.Length > prefix.Length && bare.StartsWith(prefix, StringComparison.Ordinal))
            {
                return make(bare[prefix.Length..]);
            }
        }

        return null;
    }

    /// <summary>Finds the name that was probably meant.</summary>
    public string? Suggest(string name)
    {
        string? nearest = fields.Keys
            .Select(known => (Name: known, Distance: Distance(known, name)))
            .Where(pair => pair.Distance <= 1 + (name.Length / 4))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Name)
            .FirstOrDefault();

        // "comm" alone is not a field, "victim.comm" is.
        return nearest ?? fields.Keys.Where(known => known.EndsWith($".{name}", StringComparison.Ordinal)).Order(StringComparer.Ordinal).LastOrDefault();
    }

    // Levenshtein's distance; names are short.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
