using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Which cgroup hit its limit and whose task was chosen, 2.6.30 to 4.20.</summary>
/// <remarks>Kernel: <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_info()</c>.</remarks>
internal static class TaskInLine
{
    private static ReadOnlySpan<byte> Limit => " killed as a result of limit of "u8;

    public static ReadOnlySpan<byte> SecondHalf => "killed as a result of limit of "u8;

    public static ReadOnlySpan<byte> Start => "Task in "u8;

    /// <summary>Tells the second half, which is too like other text to begin a report.</summary>
    public static bool IsSecondHalf(ReadOnlySpan<byte> message) => message.TrimStart(" \t"u8).StartsWith(SecondHalf);

    /// <summary>Tells whether a line has no second half, or not all of it.</summary>
    public static bool IsCut(ReadOnlySpan<byte> text) => OomLineClassifier.SkipIndent(text).StartsWith(Start) && !HasLimit(text);

    /// <summary>Tells whether the cgroup whose limit it was is there.</summary>
    public static bool HasLimit(ReadOnlySpan<byte> text) => text.IndexOf(Limit) is >= 0 and int at && at + Limit.Length < text.Length;

    /// <summary>Tells whether a line ends in the kernel's words between the two cgroups.</summary>
    public static bool EndsInWords(ReadOnlySpan<byte> text) => text.LastIndexOf(" killed"u8) is > 0 and int at && Limit.StartsWith(text[at..]);

    // "Task in %s killed as a result of limit of %s"; 3.15 .. 3.17 print the second half as a line of its own
    public static bool TryParse(ReadOnlySpan<byte> text, out TextRange taskPath, out TextRange limitPath)
    {
        Utf8Cursor cursor = new(text);
        limitPath = default;
        if (!cursor.TryTake(Start))
        {
            taskPath = default;
            bool isSecondHalf = cursor.TryTake(SecondHalf);
            limitPath = isSecondHalf ? cursor.RestRange : default;
            return isSecondHalf;
        }

        if (cursor.TryTakeUntil(Limit, out taskPath))
        {
            // The limit is above the task or its own: blanks that the task's path has not are a pager's, or an editor's.
            limitPath = cursor.RestRange;
            int length = limitPath.In(text).TrimEnd((byte)' ').Length;
            bool isPadded = taskPath.In(text).StartsWith(limitPath.In(text)[..length]) && !taskPath.In(text).StartsWith(limitPath.In(text));
            limitPath = isPadded ? new TextRange(limitPath.Start, length) : limitPath;
        }
        else
        {
            taskPath = cursor.RestRange;
        }

        return true;
    }
}
