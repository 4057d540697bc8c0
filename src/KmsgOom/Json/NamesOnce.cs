using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>The names of one JSON object, which must not name a member twice: readers keep one of them, and not all the same.</summary>
/// <param name="known">The names that are encoded beforehand.</param>
/// <param name="isSeen">A place for each of them, false.</param>
internal ref struct NamesOnce(KnownNames known, Span<bool> isSeen)
{
    private readonly Span<bool> _isSeen = isSeen;
    private HashSet<string>? _others;

    /// <summary>Takes a name; false where the object has it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="encoded">What to write in its place; null for one that is not known.</param>
    public bool TryAdd(string name, out JsonEncodedText? encoded)
    {
        if (!known.TryGet(name, out int place, out JsonEncodedText text))
        {
            encoded = null;
            return (_others ??= []).Add(name);
        }

        encoded = text;
        bool isNew = !_isSeen[place];
        _isSeen[place] = true;
        return isNew;
    }
}
