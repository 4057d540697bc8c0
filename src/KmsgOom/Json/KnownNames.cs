using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Names that come from the log and are mostly the same ones, encoded once.</summary>
internal sealed class KnownNames(KnownStrings keys, string suffix = "")
{
    private readonly JsonEncodedText[] _names = [.. keys.All.Select(key => JsonEncodedText.Encode(key + suffix))];

    public int Count => _names.Length;

    public JsonEncodedText this[int known] => _names[known];

    /// <inheritdoc cref="KnownStrings.Find(string, ref int)"/>
    public int Find(string text, ref int place) => keys.Find(text, ref place);
}
