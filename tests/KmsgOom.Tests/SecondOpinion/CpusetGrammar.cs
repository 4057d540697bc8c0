using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Where the invoking task may allocate; the cpuset is the last component of its path.</summary>
internal sealed record CpusetLine(string Comm, string Cpuset, string MemsAllowed);

/// <summary>Format reference, section 2.1; <c>kernel/cpuset.c</c>, <c>cpuset_print_task_mems_allowed()</c>, 2.6.29 to 4.20.</summary>
internal static class CpusetGrammar
{
    private static readonly Parser<char, (string Name, string MemsAllowed)> Cpuset =
        from found in LongestBefore(Words(" mems_allowed=").Then(NodeList))
        select (found.Text, found.Tail);

    // "%s cpuset=%s mems_allowed=%*pbl\n"
    private static readonly Parser<char, CpusetLine> Line =
        from found in LongestBefore(Words(" cpuset=").Then(Cpuset))
        select new CpusetLine(found.Text, found.Tail.Name, found.Tail.MemsAllowed);

    public static CpusetLine? TryParse(string message) => Line.ReadWhole(message);
}
