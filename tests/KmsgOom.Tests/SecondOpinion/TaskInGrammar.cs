using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Whose limit was hit; from 3.15 to 3.17 the two paths come in records of their own, each lacking the other.</summary>
internal sealed record TaskIn(string? TaskPath, string? LimitPath);

/// <summary>Format reference, section 3.1; <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_info()</c>, 2.6.30 to 4.20.</summary>
internal static class TaskInGrammar
{
    private static readonly Parser<char, string> Path = Lookahead(OneOf('/', '<', '(')).Then(Rest);

    private static readonly Parser<char, string> Limit = Words(" killed as a result of limit of ").Then(Path);

    // "Task in %s killed as a result of limit of %s\n"
    private static readonly Parser<char, TaskIn> OneLine =
        from found in Words("Task in ").Then(LongestBefore(Limit))
        select new TaskIn(found.Text, found.Tail);

    // 3.15 to 3.17 said pr_info where pr_cont was meant.
    private static readonly Parser<char, TaskIn> TaskOnly = Words("Task in ").Then(Path).Select(path => new TaskIn(path, null));

    private static readonly Parser<char, TaskIn> LimitOnly = Limit.Select(path => new TaskIn(null, path));

    // 4.1 to 4.20, when there is no victim
    private static readonly Parser<char, TaskIn> NoVictim =
        Words("Memory limit reached of cgroup ").Then(Path).Select(path => new TaskIn(null, path));

    public static TaskIn? TryParse(string message) => OneOf(Try(OneLine), Try(TaskOnly), LimitOnly, NoVictim).ReadWhole(message);
}
