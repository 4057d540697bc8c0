using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class SwapLineTests
{
    [Theory]
    [InlineData("Free swap  = 128170kB", false, 128170)]
    [InlineData("Total swap = 2097148kB", true, 2097148)]
    [InlineData("Free swap:            0kB", false, 0)]
    [InlineData("Free swap  = -4kB", false, -4)]
    public void Space_FreeOrTotal_IsRead(string message, bool isTotal, long expected)
    {
        Assert.True(SwapLine.TryParseSpace(Latin1.Bytes(message), out bool found, out long kiB));
        Assert.Equal((isTotal, expected), (found, kiB));
    }

    [Theory]
    [InlineData("Free swap  = kB")]
    [InlineData("Free swap  = 5")]
    [InlineData("Free swap 5kB")]
    [InlineData("Swap cache stats: add 0, delete 0, find 0/0")]
    public void Space_OfAnythingElse_IsNone(string message) => Assert.False(SwapLine.TryParseSpace(Latin1.Bytes(message), out _, out _));

    [Theory]
    [InlineData("Swap cache stats: add 38909, delete 42258, find 57012/80070", null, null)]
    [InlineData("Swap cache: add 38909, delete 42258, find 57012/80070, race 3+14", 3L, 14L)]
    [InlineData("Swap cache: add 38909, delete 42258, find 57012/80070, race 3+", null, null)]
    public void Cache_OfBothEras_IsRead(string message, long? noEntry, long? exists)
    {
        OomSwapRace? race = noEntry is { } first && exists is { } second ? new OomSwapRace(first, second) : null;

        Assert.True(SwapLine.TryParseCache(Latin1.Bytes(message), out OomSwapCache cache));
        Assert.Equal(new OomSwapCache(38909, 42258, 57012, 80070, race), cache);
    }

    [Theory]
    [InlineData("Swap cache stats: add 38909, delete 42258, find 57012")]
    [InlineData("Swap cache stats: add , delete 42258, find 57012/80070")]
    [InlineData("0 pages in swap cache")]
    public void Cache_OfAnythingElse_IsNone(string message) => Assert.False(SwapLine.TryParseCache(Latin1.Bytes(message), out _));
}
