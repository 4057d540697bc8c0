using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>One row of the task table.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>dump_task()</c>.</remarks>
internal static class TaskRowLine
{
    private const int MaxDigits = 18;

    // "[%7d] %5d %5d %8lu %8lu %8lu %8lu %9lu %8ld %8lu         %5hd %s"
    public static bool IsMatch(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake((byte)'['))
        {
            return false;
        }

        cursor.SkipBlanks();
        return cursor.TryTakeInt32(out _) && cursor.TryTake((byte)']');
    }

    /// <summary>Reads a row by the columns of its header; false where it does not fit.</summary>
    /// <param name="text">The line, from its bracket on.</param>
    /// <param name="columns">The numeric columns behind the pid.</param>
    /// <param name="pid">The pid.</param>
    /// <param name="known">Gets the values of the columns that <see cref="OomTask"/> has, each at the place of its <see cref="TaskColumn"/>.</param>
    /// <param name="other">Gets the values of the other columns, in their order.</param>
    /// <param name="name">Where the name stands; it may be empty.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> text, ReadOnlySpan<TaskColumn> columns, out int pid, Span<long> known, Span<long> other, out TextRange name)
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
