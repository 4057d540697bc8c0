using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A cgroup that dies as a whole.</summary>
internal sealed record OomGroup(string Path);

/// <summary>Format reference, section 3.6; <c>mm/memcontrol.c</c>, <c>mem_cgroup_print_oom_group()</c>, since 4.19.</summary>
internal static class OomGroupGrammar
{
    // "Tasks in %s are going to be killed due to memory.oom.group set\n"
    private static readonly Parser<char, OomGroup> Line =
        from found in Words("Tasks in ").Then(LongestBefore(Words(" are going to be killed due to memory.oom.group set")))
        select new OomGroup(found.Text);

    public static OomGroup? TryParse(string message) => Line.ReadWhole(message);
}
