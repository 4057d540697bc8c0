using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace KmsgOom;

/// <summary>The lines of an event as they were read: one text, to be searched as it is, and made strings only where somebody asks.</summary>
internal sealed class KeptLines
{
    private const int MaxShortWords = 64;

    // One for each bit of OomSections.
    private const int SectionCount = 8 * sizeof(OomSections);

    private readonly byte[] _text;
    private readonly KeptLine[] _lines;
    private readonly long _numberBase;
    private string?[]? _trimmed;
    private SectionRange[]? _sections;
    private ImmutableArray<OomLine> _made;

    /// <summary>Keeps lines.</summary>
    /// <param name="text">The text in UTF-8, which may have damages.</param>
    /// <param name="lines">Where the lines are in it.</param>
    /// <param name="numberBase">What to add to their numbers.</param>
    public KeptLines(byte[] text, KeptLine[] lines, long numberBase = 0) => (_text, _lines, _numberBase) = (text, lines, numberBase);

    public static KeptLines None { get; } = new([], []);

    public int Count => _lines.Length;

    public static KeptLines Of(ImmutableArray<OomLine> made)
    {
        if (made.IsDefaultOrEmpty)
        {
            return None;
        }

        byte[] text = new byte[made.Sum(line => Encoding.UTF8.GetByteCount(line.Text))];
        KeptLine[] lines = new KeptLine[made.Length];
        int start = 0;
        for (int at = 0; at < lines.Length; at++)
        {
            int length = Encoding.UTF8.GetBytes(made[at].Text, text.AsSpan(start));
            lines[at] = new KeptLine(made[at].Number, start, length, made[at].Section);
            start += length;
        }

        return new KeptLines(text, lines) { _made = made };
    }

    public long GetNumber(int at) => _lines[at].Number + _numberBase;

    public OomSections GetSection(int at) => _lines[at].Section;

    /// <summary>Tells between which lines those of a section stand, others between them: from the first to behind the last; from 0 to 0 where there is none.</summary>
    /// <param name="section">One section.</param>
    public (int First, int End) GetLinesOf(OomSections section)
    {
        SectionRange range = GetRange(section);
        return (range.FirstLine, range.EndLine);
    }

    public ReadOnlySpan<byte> GetUtf8(int at) => _text.AsSpan(_lines[at].Start, _lines[at].Length);

    /// <summary>Gets the text of a line without the blanks around it; the same string each time.</summary>
    public string GetTrimmed(int at)
    {
        string?[] trimmed = _trimmed ??= new string?[_lines.Length];
        return trimmed[at] ??= GetText(at).Trim();
    }

    /// <summary>Finds the first line of a section (<see cref="OomSections.None"/>: of any) that contains some words; -1 where there is none.</summary>
    /// <param name="section">The section.</param>
    /// <param name="words">What the line contains.</param>
    /// <param name="from">The first line that is looked at.</param>
    public int Find(OomSections section, string words, int from = 0)
    {
        Span<byte> room = stackalloc byte[MaxShortWords];
        ReadOnlySpan<byte> utf8 = Encoding.UTF8.TryGetBytes(words, room, out int length) ? room[..length] : Encoding.UTF8.GetBytes(words);

        // Where the words are nowhere in the section, as is often so, one search is enough; and no line before their first place has them. Whoever asks for
        // more has found some: then each line is looked at once, and not all again for each that has them.
        SectionRange range = section == OomSections.None
            ? new SectionRange(0, _lines.Length, 0, _text.Length)
            : GetRange(section);
        int first = from > range.FirstLine ? 0 : _text.AsSpan(range.Start, range.End - range.Start).IndexOf(utf8);
        for (int at = first < 0 ? range.EndLine : Math.Max(range.FirstLine, from); at < range.EndLine; at++)
        {
            ref readonly KeptLine line = ref _lines[at];
            bool isMeant = line.Start + line.Length >= range.Start + first + utf8.Length && (section == OomSections.None || line.Section == section);
            if (isMeant && GetUtf8(at).IndexOf(utf8) >= 0)
            {
                return at;
            }
        }

        return -1;
    }

    public ImmutableArray<OomLine> ToLines()
    {
        if (_made.IsDefault)
        {
            OomLine[] made = new OomLine[_lines.Length];
            for (int at = 0; at < made.Length; at++)
            {
                made[at] = new OomLine(GetNumber(at), GetSection(at), GetText(at));
            }

            _made = ImmutableCollectionsMarshal.AsImmutableArray(made);
        }

        return _made;
    }

    /// <summary>Gives the lines other numbers.</summary>
    public KeptLines Shift(long by) => new(_text, _lines, _numberBase + by);

    private SectionRange GetRange(OomSections section) => (_sections ??= FindSections())[BitOperations.TrailingZeroCount((int)section)];

    /// <summary>Finds where each section begins and ends; other lines may stand between its own.</summary>
    private SectionRange[] FindSections()
    {
        SectionRange[] ranges = new SectionRange[SectionCount];
        for (int at = 0; at < _lines.Length; at++)
        {
            ref readonly KeptLine line = ref _lines[at];
            if (line.Section != OomSections.None)
            {
                ref SectionRange range = ref ranges[BitOperations.TrailingZeroCount((int)line.Section)];
                range = range.EndLine == 0
                    ? new SectionRange(at, at + 1, line.Start, line.Start + line.Length)
                    : new SectionRange(range.FirstLine, at + 1, Math.Min(range.Start, line.Start), Math.Max(range.End, line.Start + line.Length));
            }
        }

        return ranges;
    }

    private string GetText(int at) => _made.IsDefault ? Encoding.UTF8.GetString(GetUtf8(at)) : _made[at].Text;

    /// <summary>The lines from the first of a section to its last, and the text from the first byte of any to the last.</summary>
    private readonly record struct SectionRange(int FirstLine, int EndLine, int Start, int End);
}
