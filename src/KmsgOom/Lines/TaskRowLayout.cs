using System.Buffers.Binary;
using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Where the numbers of the row before ended: the kernel prints them right-aligned, so that nearly all rows of a table can be read at the same places.</summary>
internal sealed class TaskRowLayout
{
    // "[ 1234]"
    private const int MinClose = 6;

    private readonly Column[] _columns = new Column[(int)TaskColumn.Count];
    private int _count;

    /// <summary>Where the bracket behind the pid stands.</summary>
    private int _close;

    /// <summary>Where the name begins; zero where nothing is known.</summary>
    private int _name;

    /// <summary>A bit for each byte before the name, for each end of a number, and for each byte that makes a number too long.</summary>
    private TokenMask _before;
    private TokenMask _ends;
    private TokenMask _tooLong;

    /// <summary>Gets whether a row is known, and its pid stands where it does on all machines: a shorter bracket may be a time's.</summary>
    public bool IsOfUsualPids => _name > 0 && _close >= MinClose;

    /// <summary>Forgets the row: another header may have other columns.</summary>
    public void Forget() => _name = 0;

    /// <summary>Remembers a row that <see cref="TaskRowLine.TryParseShort"/> has read.</summary>
    public void Remember(ReadOnlySpan<byte> text, ReadOnlySpan<TaskColumn> columns, int name)
    {
        _close = text.IndexOf((byte)']');
        (_count, _name) = (0, 0);
        (_before, _ends, _tooLong) = (TokenMask.Below(name), default, default);
        Add(TaskColumn.Count, before: 0, _close);
        TokenWalk tokens = new(text[_close..]);
        SkipToken(ref tokens);
        int end = _close;
        foreach (TaskColumn column in columns)
        {
            int before = end;
            end = _close + SkipToken(ref tokens);
            if (column == TaskColumn.Other || end >= name || _count == _columns.Length)
            {
                return;
            }

            Add(column, before, end);
        }

        _name = name;
    }

    /// <summary>Reads a row whose numbers end where those of the row before did, and have no more than eight digits and no sign; false where it has any other.</summary>
    /// <param name="text">As for <see cref="TaskRowLine.TryParseShort"/>.</param>
    /// <param name="length">The length of the row.</param>
    /// <param name="pid">The pid.</param>
    /// <param name="known">Gets the values of the columns.</param>
    /// <param name="name">Where the name begins.</param>
    public bool TryParse(ReadOnlySpan<byte> text, int length, out int pid, Span<long> known, out int name)
    {
        (pid, name) = (0, _name);
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
        if (((lowOthers & _before.Low) | (highOthers & _before.High) | (low & _tooLong.Low) | (high & _tooLong.High)) != 0)
        {
            return false;
        }

        ReadOnlySpan<Column> columns = _columns.AsSpan(0, _count);
        pid = (int)columns[0].Read(text);
        foreach (ref readonly Column column in columns[1..])
        {
            known[(int)column.Kind] = column.Read(text);
        }

        return true;
    }

    /// <summary>Skips what stands between two blanks; hands back where it ends.</summary>
    private static int SkipToken(ref TokenWalk tokens)
    {
        _ = tokens.Next();
        return tokens.Next();
    }

    private void Add(TaskColumn kind, int before, int end)
    {
        int offset = Math.Max(0, end - sizeof(ulong));
        int first = Math.Max(offset, before + 1);
        ulong digits = (0x0F0F0F0F0F0F0F0Ful >> ((sizeof(ulong) - (end - first)) * 8)) << ((first - offset) * 8);

        _columns[_count++] = new Column(kind, offset, digits, (sizeof(ulong) - (end - offset)) * 8);
        _ends = _ends.With(end);
        _tooLong = end - sizeof(ulong) - 1 > before ? _tooLong.With(end - sizeof(ulong) - 1) : _tooLong;
    }

    /// <summary>A column: which eight bytes hold the number, which bits of them are its digits (those of a blank are zero), and how far they are from the end.</summary>
    private readonly record struct Column(TaskColumn Kind, int Offset, ulong Digits, int Shift)
    {
        public long Read(ReadOnlySpan<byte> text) => Swar.Combine((BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(Offset, sizeof(ulong))) & Digits) << Shift);
    }
}
