using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>One row of the task table.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>dump_task()</c>.</remarks>
internal static class TaskRowLine
{
    // "[", as many digits as a pid has, "]", and some room.
    private const int MaxBracketLength = 14;

    // "[%7d] %5d %5d %8lu %8lu %8lu %8lu %9lu %8ld %8lu         %5hd %s"
    public static bool IsMatch(ReadOnlySpan<byte> text)
    {
        int close = text[..Math.Min(text.Length, MaxBracketLength)].IndexOf((byte)']');
        if (close < 2 || text[0] != '[')
        {
            return false;
        }

        ReadOnlySpan<byte> digits = text[(1 + Swar.CountBlanks(text[1..close]))..close];
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Reads a row whose numbers have one to eight digits and end in its first 128 bytes: nearly all do.</summary>
    /// <param name="text">The line, from its bracket on, and 136 bytes or more in all.</param>
    /// <param name="length">The length of the line.</param>
    /// <param name="columns">The numeric columns behind the pid; <see cref="OomTask"/> has all of them.</param>
    /// <param name="known">As for <see cref="TryParse"/>.</param>
    /// <param name="name">Where the name begins.</param>
    public static bool TryParseShort(ReadOnlySpan<byte> text, int length, ReadOnlySpan<TaskColumn> columns, Span<long> known, out int name)
    {
        TokenWalk tokens = new(text);
        int last = Math.Min(length, TokenWalk.Length) - 1;
        name = 0;
        int start = tokens.Next();
        int end = tokens.Next();
        if (text[0] != '[' || start != 0)
        {
            return false;
        }

        // "[  123]" or "[1234567]"
        start = end == 1 ? tokens.Next() : 1;
        end = end == 1 ? tokens.Next() : end;
        if (end > last || text[end - 1] != ']' || !Swar.TryReadShort(text, start, end - 1 - start, out long value))
        {
            return false;
        }

        known[(int)TaskColumn.Pid] = value;
        foreach (TaskColumn column in columns)
        {
            start = tokens.Next();
            end = tokens.Next();
            if (end > last)
            {
                return false;
            }

            bool isNegative = text[start] == '-';
            start += isNegative ? 1 : 0;
            if (!Swar.TryReadShort(text, start, end - start, out value))
            {
                return false;
            }

            known[(int)column] = isNegative ? -value : value;
        }

        // One blank separates the name; any further blank belongs to it.
        name = end + 1;
        return true;
    }

    /// <summary>Reads a row by the columns of its header; false where it does not fit.</summary>
    /// <param name="text">The line, from its bracket on.</param>
    /// <param name="columns">The numeric columns behind the pid.</param>
    /// <param name="known">Gets the values of the columns that <see cref="OomTask"/> has, each at the place of its <see cref="TaskColumn"/>.</param>
    /// <param name="other">Gets the values of the other columns, in their order.</param>
    /// <param name="name">Where the name stands; it may be empty.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> text, ReadOnlySpan<TaskColumn> columns, Span<long> known, Span<long> other, out TextRange name)
    {
        name = default;
        Utf8Cursor cursor = new(text);
        cursor.TryTake((byte)'[');
        cursor.SkipBlanks();
        if (!cursor.TryTakeInt32(out int pid) || !cursor.TryTake((byte)']'))
        {
            return false;
        }

        known[(int)TaskColumn.Pid] = pid;

        // One plain loop over locals: rows are most of a large report, and this is most of a row.
        int at = cursor.Position;
        int otherCount = 0;
        foreach (TaskColumn column in columns)
        {
            at += Swar.CountBlanks(text[at..]);
            bool isNegative = (uint)at < (uint)text.Length && text[at] == '-';
            at += isNegative ? 1 : 0;
            int start = at;
            long value = Swar.ReadDigits(text[at..], out int digits);
            at += digits;

            // No kernel prints 19 digits here; a longer number is damage.
            if (at - start is 0 or > Swar.MaxDigits)
            {
                return false;
            }

            value = isNegative ? -value : value;
            if (column == TaskColumn.Other)
            {
                other[otherCount++] = value;
            }
            else
            {
                known[(int)column] = value;
            }
        }

        cursor.Position = at;

        // One blank separates the name; any further blank belongs to it. A cut row has neither.
        if (!cursor.IsAtEnd && !cursor.TryTake((byte)' '))
        {
            return false;
        }

        name = cursor.RestRange;
        return true;
    }
}
