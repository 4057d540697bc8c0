using System.Collections.Frozen;
using System.Text;

namespace KmsgOom;

/// <summary>Strings that many events have, so that they share them.</summary>
internal sealed class KnownStrings(params string[] strings)
{
    // Longer than any of them.
    private const int MaxLength = 40;

    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _known =
        strings.Select(static (known, index) => KeyValuePair.Create(known, index)).ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();

    // What a log has, which is told in fewer steps than characters are.
    private readonly byte[][] _utf8 = [.. strings.Select(Encoding.UTF8.GetBytes)];

    // Which came behind each the last time, and which came first: kernels print them in the same order again and again. Threads that write it at the same time
    // do no harm.
    private readonly int[] _next = new int[strings.Length + 1];

    public IReadOnlyList<string> All => strings;

    /// <summary>Finds which string this is; -1 where it is none of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Zero for the first of some strings; remembers which was the last.</param>
    public int Find(string text, ref int place)
    {
        int next = _next[place];
        if (text == strings[next])
        {
            place = next + 1;
            return next;
        }

        int known = Find(text);
        if (known >= 0)
        {
            _next[place] = known;
            place = known + 1;
        }

        return known;
    }

    /// <summary>Finds which string this is, of which nothing came before; -1 where it is none of them.</summary>
    public int Find(string text) => _known.TryGetValue(text, out int known) ? known : -1;

    /// <summary>Makes a string of UTF-8, or takes the one that is known.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="place">Zero for the first of some strings; remembers which was the last.</param>
    public string Get(ReadOnlySpan<byte> utf8, ref int place)
    {
        int next = _next[place];
        if (utf8.SequenceEqual(_utf8[next]))
        {
            place = next + 1;
            return strings[next];
        }

        if (utf8.Length <= MaxLength)
        {
            Span<char> characters = stackalloc char[MaxLength];
            int length = Encoding.UTF8.GetChars(utf8, characters);
            if (_known.TryGetValue(characters[..length], out next))
            {
                _next[place] = next;
                place = next + 1;
                return strings[next];
            }
        }

        return Encoding.UTF8.GetString(utf8);
    }
}
