using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>The words of one enumeration, in the order of its values.</summary>
internal sealed class WordList
{
    private readonly string _name;
    private readonly JsonEncodedText[] _words;

    public WordList(string name, params ReadOnlySpan<string> words)
    {
        _name = name;
        _words = new JsonEncodedText[words.Length];
        for (int at = 0; at < words.Length; at++)
        {
            _words[at] = JsonEncodedText.Encode(words[at]);
        }
    }

    public int Count => _words.Length;

    public JsonEncodedText this[int value] => _words[value];

    /// <summary>Gets the value of a word.</summary>
    /// <exception cref="JsonException">There is no such word.</exception>
    public int Find(string? word)
    {
        for (int at = 0; at < _words.Length; at++)
        {
            if (_words[at].Value == word)
            {
                return at;
            }
        }

        throw new JsonException(word is null ? $"{_name}: is missing." : $"{_name}: \"{word}\" is not known.");
    }
}
