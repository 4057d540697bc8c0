using System.Collections.Frozen;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Names that come from the log and are mostly the same ones: encoded once, and numbered.</summary>
internal sealed class KnownNames(IEnumerable<string> keys, string suffix = "")
{
    private readonly FrozenDictionary<string, (int Place, JsonEncodedText Text)> _names = keys
        .Select((key, place) => (key, place))
        .ToFrozenDictionary(one => one.key, one => (one.place, JsonEncodedText.Encode(one.key + suffix)));

    public int Count => _names.Count;

    public bool TryGet(string key, out int place, out JsonEncodedText text)
    {
        bool isKnown = _names.TryGetValue(key, out (int Place, JsonEncodedText Text) name);
        (place, text) = name;
        return isKnown;
    }
}
