using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Free blocks of one size; the types are null where the kernel prints none.</summary>
internal sealed record BuddyOrder(long Count, long SizeKiB, string? Types);

/// <summary>The free lists of a zone; the first size is the page size.</summary>
internal sealed record BuddyLine(int? Node, string Zone, IReadOnlyList<BuddyOrder> Orders, long TotalKiB);

/// <summary>Format reference, section 8.6; <c>mm/show_mem.c</c>, <c>show_free_areas()</c> and <c>show_migration_types()</c>.</summary>
internal static class BuddyGrammar
{
    // "%lu*%lukB ", then "(%s) " if there are any
    private static readonly Parser<char, BuddyOrder> Order =
        from count in Number.Before(Char('*'))
        from size in Number.Before(Words("kB "))
        from types in OrNull(Uppercase.AtLeastOnceString().Between(Char('('), Words(") ")))
        select new BuddyOrder(count, size, types);

    // "%s: " … "= %lukB\n"
    private static readonly Parser<char, BuddyLine> Line =
        from node in ZoneLineGrammar.Node
        from zone in ZoneLineGrammar.Zone.Before(Words(": "))
        from orders in Order.AtLeastOnce()
        from total in Words("= ").Then(Number).Before(Words("kB"))
        select new BuddyLine(node, zone, [.. orders], total);

    public static BuddyLine? TryParse(string message) => Line.ReadWhole(message);
}
