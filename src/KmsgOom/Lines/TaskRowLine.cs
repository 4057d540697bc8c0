using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>One row of the task table.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>dump_task()</c>.</remarks>
internal static class TaskRowLine
{
    private const int MaxDigits = 18;

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

    /// <summary>Reads a row whose numbers end where those of the row before ended: right-aligned columns do so nearly always.</summary>
    /// <param name="text">The line, from its bracket on.</param>
    /// <param name="columns">The numeric columns behind the pid.</param>
    /// <param name="ends">Where the bracket and each number ended in the row before.</param>
    /// <param name="pid">The pid.</param>
    /// <param name="known">As for <see cref="TryParse"/>.</param>
    /// <param name="other">As for <see cref="TryParse"/>.</param>
    /// <param name="name">Where the name stands.</param>
    public static bool TryParseAligned(
        ReadOnlySpan<byte> text, ReadOnlySpan<TaskColumn> columns, ReadOnlySpan<int> ends, out int pid, Span<long> known, Span<long> other, out TextRange name)
    {
        pid = 0;
        name = default;
        int at = ends[0];
        int end = ends[columns.Length];
        if (at < sizeof(ulong) + 1 || text.Length < end + 1 || text[end] != ' ' || text[at - 1] != ']'
            || !Swar.TryReadAligned(text, 1, at - 1, out long first))
        {
            return false;
        }

        pid = (int)first;
        int otherCount = 0;
        for (int index = 0; index < columns.Length; index++)
        {
            end = ends[index + 1];
            if (at >= end || text[at] != ' ' || !Swar.TryReadAligned(text, at, end, out long value))
            {
                return false;
            }

            if (columns[index] == TaskColumn.Other)
            {
                other[otherCount++] = value;
            }
            else
            {
                known[(int)columns[index]] = value;
            }

            at = end;
        }

        name = new TextRange(at + 1, text.Length - at - 1);
        return true;
    }

    /// <summary>Reads a row by the columns of its header; false where it does not fit.</summary>
    /// <param name="text">The line, from its bracket on.</param>
    /// <param name="columns">The numeric columns behind the pid.</param>
    /// <param name="pid">The pid.</param>
    /// <param name="known">Gets the values of the columns that <see cref="OomTask"/> has, each at the place of its <see cref="TaskColumn"/>.</param>
    /// <param name="other">Gets the values of the other columns, in their order.</param>
    /// <param name="name">Where the name stands; it may be empty.</param>
    /// <param name="ends">Gets where the bracket and each number end: one more than there are columns.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> text, ReadOnlySpan<TaskColumn> columns, out int pid, Span<long> known, Span<long> other, out TextRange name, Span<int> ends)
    {
        name = default;
        Utf8Cursor cursor = new(text);
        cursor.TryTake((byte)'[');
        cursor.SkipBlanks();
        if (!cursor.TryTakeInt32(out pid) || !cursor.TryTake((byte)']'))
        {
            return false;
        }

        // One plain loop over locals: rows are most of a large report, and this is most of a row.
        int at = cursor.Position;
        int otherCount = 0;
        int count = 0;
        ends[count++] = at;
        foreach (TaskColumn column in columns)
        {
            at += Swar.CountBlanks(text[at..]);
            bool isNegative = (uint)at < (uint)text.Length && text[at] == '-';
            at += isNegative ? 1 : 0;
            int start = at;
            long value = Swar.ReadDigits(text[at..], out int digits);
            at += digits;

            // No kernel prints 19 digits here; a longer number is damage.
            if (at - start is 0 or > MaxDigits)
            {
                return false;
            }

            ends[count++] = at;
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
