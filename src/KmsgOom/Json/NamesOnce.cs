using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>The names of one JSON object, which must not name a member twice: readers keep one of them, and not all the same.</summary>
/// <param name="known">The names that are encoded beforehand.</param>
/// <param name="isSeen">A place for each of them, false.</param>
internal ref struct NamesOnce(KnownNames known, Span<bool> isSeen)
{
    private readonly Span<bool> _isSeen = isSeen;
    private HashSet<string>? _others;
    private int _place;

    /// <summary>Writes a name, whose value comes next; false, and nothing written, where the object has it.</summary>
    public bool TryWrite(Utf8JsonWriter writer, string name)
    {
        int at = known.Find(name, ref _place);
        if (at < 0)
        {
            if (!(_others ??= []).Add(name))
            {
                return false;
            }

            writer.WritePropertyName(name);
            return true;
        }

        if (_isSeen[at])
        {
            return false;
        }

        _isSeen[at] = true;
        writer.WritePropertyName(known[at]);
        return true;
    }
}
