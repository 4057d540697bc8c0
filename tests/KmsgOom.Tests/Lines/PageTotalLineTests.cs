using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class PageTotalLineTests
{
    [Theory]
    [InlineData("524158 pages RAM", 524158, "ram")]
    [InlineData("131072 pages of RAM", 131072, "ram")]
    [InlineData("0 pages HighMem/MovableOnly", 0, "highmem")]
    [InlineData("294896 pages HighMem", 294896, "highmem")]
    [InlineData("32768 pages of HIGHMEM", 32768, "highmem")]
    [InlineData("23551 pages reserved", 23551, "reserved")]
    [InlineData("1900 reserved pages", 1900, "reserved")]
    [InlineData("4096 pages cma reserved", 4096, "cma_reserved")]
    [InlineData("0 pages hwpoisoned", 0, "hwpoisoned")]
    [InlineData("-7 total pagecache pages", -7, "pagecache")]
    [InlineData("12 pages in swap cache", 12, "swapcache")]
    [InlineData("12 pages swap cached", 12, "swapcache")]
    [InlineData("11 pages shared", 11, "shared")]
    [InlineData("2606 pages non-shared", 2606, "non_shared")]
    [InlineData("3 pages in pagetable cache", 3, "pagetable_cache")]
    [InlineData("5 free pages", 5, "free")]
    [InlineData("6 slab pages", 6, "slab")]
    [InlineData("6 pages slab", 6, "slab")]
    [InlineData("7 pages dirty", 7, "dirty")]
    [InlineData("8 pages writeback", 8, "writeback")]
    [InlineData("9 pages mapped", 9, "mapped")]
    [InlineData("10 pages pagetables", 10, "pagetables")]
    [InlineData("10 pages reserved ", 10, "reserved")]
    public void Total_OfEachKind_HasTheModelsWord(string message, long pages, string key)
    {
        Assert.True(PageTotalLine.TryParse(Latin1.Bytes(message), out long found, out ReadOnlySpan<byte> word));
        Assert.Equal((pages, key), (found, Latin1.Text(word)));
    }

    [Theory]
    [InlineData("pages RAM")]
    [InlineData("5pages RAM")]
    [InlineData("5 pages printed")]
    [InlineData("5 pages")]
    [InlineData("99999999999999999999 pages RAM")]
    public void Total_OfAnythingElse_IsNone(string message) => Assert.False(PageTotalLine.TryParse(Latin1.Bytes(message), out _, out _));
}
