using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Live allocations of one place in the source; the size is bytes in 6.10, "122 MiB" since 6.12.</summary>
internal sealed record AllocationProfileRow(string Size, long Calls, string File, int Line, string? Module, string Function);

/// <summary>Format reference, section 8.10; <c>mm/show_mem.c</c>, <c>__show_mem()</c>, since 6.10.</summary>
internal static class AllocationProfileGrammar
{
    private static readonly Parser<char, string> Size =
        from number in Digit.Or(Char('.')).AtLeastOnceString()
        from unit in OrNull(Char(' ').Then(Letter.AtLeastOnceString()))
        select unit is null ? number : number + " " + unit;

    // "%12s %8llu %s:%u func:%s\n", or "%12s %8llu %s:%u [%s] func:%s\n"
    private static readonly Parser<char, AllocationProfileRow> Row =
        from size in Char(' ').SkipMany().Then(Size)
        from calls in Blanks.Then(Number)
        from file in Char(' ').Then(AnyCharExcept(' ', ':').AtLeastOnceString())
        from line in Char(':').Then(Number32)
        from module in OrNull(AnyCharExcept(']').AtLeastOnceString().Between(Words(" ["), Char(']')))
        from function in Words(" func:").Then(Word)
        select new AllocationProfileRow(size, calls, file, line, module, function);

    public static AllocationProfileRow? TryParse(string message) => Row.ReadWhole(message);
}
