using System.Numerics;
using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Where the numbers of the row before ended: the kernel prints them right-aligned, so that nearly all rows of a table can be read at the same places.</summary>
internal sealed class TaskRowLayout
{
    // "[ 1234]"
    private const int MinClose = 6;

    private readonly NumberLanes[] _lanes = new NumberLanes[(int)TaskColumn.Count / NumberLanes.Count];

    /// <summary>How many of them are read: behind the last of these none has a number.</summary>
    private int _laneCount;

    /// <summary>Where the bracket behind the pid stands.</summary>
    private int _close;

    /// <summary>Where the name begins; zero where nothing is known.</summary>
    private int _name;

    /// <summary>A bit for each byte before the name, for each end of a number, and for each byte that makes a number too long.</summary>
    private TokenMask _before;
    private TokenMask _ends;
    private TokenMask _tooLong;

    /// <summary>Where the adjustment may stand, which alone may be negative: behind one place, up to another.</summary>
    private int _beforeAdj;
    private int _endOfAdj;

    /// <summary>Gets whether a row is known, and its pid stands where it does on all machines: a shorter bracket may be a time's.</summary>
    public bool IsOfUsualPids => _name > 0 && _close >= MinClose;

    /// <summary>Forgets the row: another header may have other columns.</summary>
    public void Forget() => _name = 0;

    /// <summary>Remembers a row that <see cref="TaskRowLine.TryParseShort"/> has read.</summary>
    public void Remember(ReadOnlySpan<byte> text, ReadOnlySpan<TaskColumn> columns, int name)
    {
        _close = text.IndexOf((byte)']');
        (_laneCount, _name, _endOfAdj) = (0, 0, 0);
        (_before, _ends, _tooLong) = (TokenMask.Below(name), default, default);
        Array.Clear(_lanes);
        Add(TaskColumn.Pid, before: 0, _close);
        TokenWalk tokens = new(text[_close..]);
        SkipToken(ref tokens);
        int end = _close;
        foreach (TaskColumn column in columns)
        {
            int before = end;
            end = _close + SkipToken(ref tokens);
            if (column == TaskColumn.Other || end >= name)
            {
                return;
            }

            Add(column, before, end);
        }

        _name = name;
    }

    /// <summary>
    /// Reads a row whose numbers end where those of the row before did, and have no more than eight digits and no sign but the adjustment's; false where it has
    /// any other.
    /// </summary>
    /// <param name="text">As for <see cref="TaskRowLine.TryParseShort"/>.</param>
    /// <param name="length">The length of the row.</param>
    /// <param name="known">Gets the values of the columns.</param>
    /// <param name="name">Where the name begins.</param>
    public bool TryParse(ReadOnlySpan<byte> text, int length, Span<long> known, out int name)
    {
        name = _name;
        if (name == 0 || length < name || text[0] != '[' || text[_close] != ']')
        {
            return false;
        }

        // The brackets aside, there are blanks and digits, and each number ends at its place.
        ulong low = ~ByteMask.Of(text, (byte)' ') & ~(1ul | (1ul << _close));
        ulong high = ~ByteMask.Of(text[ByteMask.Width..], (byte)' ');
        ulong lowEnds = ~low & (low << 1);
        ulong highEnds = ~high & ((high << 1) | (low >> (ByteMask.Width - 1)));
        ulong lowOthers = (lowEnds ^ _ends.Low) | (low & ByteMask.NotOfNumber(text));
        ulong highOthers = (highEnds ^ _ends.High) | (high & ByteMask.NotOfNumber(text[ByteMask.Width..]));
        lowOthers &= _before.Low;
        highOthers &= _before.High;
        int sign = 0;
        if (((low & _tooLong.Low) | (high & _tooLong.High)) != 0 || ((lowOthers | highOthers) != 0 && !TryFindSign(text, lowOthers, highOthers, out sign)))
        {
            return false;
        }

        for (int at = 0; at < _laneCount; at++)
        {
            _lanes[at].Read(text, known[(at * NumberLanes.Count)..]);
        }

        if (sign > 0)
        {
            _ = Swar.TryReadShort(text, sign + 1, _endOfAdj - sign - 1, out long adj);
            known[(int)TaskColumn.OomScoreAdj] = -adj;
        }

        return true;
    }

    /// <summary>Finds the sign of the adjustment; false where another byte than that is neither a digit nor a blank.</summary>
    private bool TryFindSign(ReadOnlySpan<byte> text, ulong low, ulong high, out int at)
    {
        at = low != 0 ? BitOperations.TrailingZeroCount(low) : ByteMask.Width + BitOperations.TrailingZeroCount(high);
        return BitOperations.PopCount(low) + BitOperations.PopCount(high) == 1 && at > _beforeAdj && at < _endOfAdj - 1 && text[at] == '-' && text[at - 1] == ' ';
    }

    /// <summary>Skips what stands between two blanks; hands back where it ends.</summary>
    private static int SkipToken(ref TokenWalk tokens)
    {
        _ = tokens.Next();
        return tokens.Next();
    }

    private void Add(TaskColumn column, int before, int end)
    {
        _lanes[(int)column / NumberLanes.Count].Set((int)column % NumberLanes.Count, before, end);
        _laneCount = Math.Max(_laneCount, ((int)column / NumberLanes.Count) + 1);
        _ends = _ends.With(end);
        _tooLong = end - sizeof(ulong) - 1 > before ? _tooLong.With(end - sizeof(ulong) - 1) : _tooLong;
        (_beforeAdj, _endOfAdj) = column == TaskColumn.OomScoreAdj ? (before, end) : (_beforeAdj, _endOfAdj);
    }
}
