using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The names of all columns, from <c>pid</c> to <c>name</c>.</summary>
internal sealed record TaskTableHeader(IReadOnlyList<string> Columns);

/// <summary>One task; <c>Values</c> holds every column but the first and the last.</summary>
internal sealed record TaskTableRow(int Pid, IReadOnlyDictionary<string, long> Values, string Name);

/// <summary>Format reference, section 5; <c>mm/oom_kill.c</c>, <c>dump_tasks()</c> and <c>dump_task()</c>.</summary>
internal static class TaskTableGrammar
{
    public const string Title = "Tasks state (memory values in pages):";

    // "[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n", since 4.19 "[  pid  ]"
    private static readonly Parser<char, TaskTableHeader> Header =
        from pid in Words("pid").Between(Blanks).Between(Char('['), Char(']'))
        from columns in Blanks.Then(Word).AtLeastOnce()
        where columns.Last() == "name"
        select new TaskTableHeader([pid, .. columns]);

    // "[%7d] %5d %5d %8lu %8lu %8ld %8lu         %5hd %s\n"
    private static readonly Parser<char, int> Pid = Char(' ').SkipMany().Then(Number32).Between(Char('['), Char(']'));

    public static TaskTableHeader? TryParse(string message) => Header.ReadWhole(message);

    public static TaskTableRow? TryParse(string message, TaskTableHeader header) => Row(header).ReadWhole(message);

    // The header's columns do not stand over the row's: only their number and order tell which value is which.
    private static Parser<char, TaskTableRow> Row(TaskTableHeader header)
    {
        string[] numeric = [.. header.Columns.Skip(1).SkipLast(1)];
        return
            from pid in Pid
            from values in Try(Blanks.Then(Number)).Repeat(numeric.Length)
            from name in Char(' ').Then(Rest).Or(Parser<char>.End.ThenReturn(""))
            select new TaskTableRow(pid, numeric.Zip(values).ToDictionary(cell => cell.First, cell => cell.Second), name);
    }
}
