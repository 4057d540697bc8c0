using System.Collections.Frozen;
using System.Text;

namespace KmsgOom;

/// <summary>Strings that many events have, so that they share them.</summary>
internal sealed class KnownStrings(params string[] strings)
{
    // Longer than any of them.
    private const int MaxLength = 40;

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _known = strings.ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    public IReadOnlyList<string> All => strings;

    /// <summary>Makes a string of UTF-8, or takes the one that is known.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= MaxLength)
        {
            Span<char> characters = stackalloc char[MaxLength];
            int length = Encoding.UTF8.GetChars(utf8, characters);
            if (_known.TryGetValue(characters[..length], out string? known))
            {
                return known;
            }
        }

        return Encoding.UTF8.GetString(utf8);
    }
}
