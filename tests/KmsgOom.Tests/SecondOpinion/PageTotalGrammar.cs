using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>"98168 pages RAM": the number and the words after it, as printed.</summary>
internal sealed record PageTotal(long Pages, string What);

/// <summary>Format reference, sections 8.8 and 8.9; <c>mm/show_mem.c</c>, <c>__show_mem()</c>, and old arch code.</summary>
internal static class PageTotalGrammar
{
    // "%ld total pagecache pages\n", "%lu pages in swap cache\n", "%lu pages RAM\n", "%lu pages HighMem/MovableOnly\n" …
    private static readonly HashSet<string> Known =
    [
        "total pagecache pages",
        "pages in swap cache",
        "pages RAM",
        "pages HighMem",
        "pages HighMem/MovableOnly",
        "pages reserved",
        "pages shared",
        "pages non-shared",
        "pages in pagetable cache",
        "pages cma reserved",
        "pages hwpoisoned",
        // arch code up to 2.6.26, arm up to 4.0
        "pages of RAM",
        "pages of HIGHMEM",
        "free pages",
        "reserved pages",
        "slab pages",
        "pages swap cached",
        "pages dirty",
        "pages writeback",
        "pages mapped",
        "pages slab",
        "pages pagetables",
    ];

    private static readonly Parser<char, PageTotal> Line =
        from pages in Number
        from what in Char(' ').Then(Rest)
        where Known.Contains(what)
        select new PageTotal(pages, what);

    public static PageTotal? TryParse(string message) => Line.ReadWhole(message);
}
