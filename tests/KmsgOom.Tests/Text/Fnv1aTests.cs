using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

public sealed class Fnv1aTests
{
    // The published test vectors of FNV-1a with 64 bits.
    [Theory]
    [InlineData("", 0xcbf29ce484222325ul)]
    [InlineData("a", 0xaf63dc4c8601ec8cul)]
    [InlineData("foobar", 0x85944171f73967e8ul)]
    public void Hash_OfText_IsThePublishedOne(string text, ulong expected) =>
        Assert.Equal(expected, Fnv1a.Add(Fnv1a.Start, Latin1.Bytes(text)));

    [Fact]
    public void Hash_InPieces_IsThatOfTheWhole() =>
        Assert.Equal(Fnv1a.Add(Fnv1a.Start, "foobar"u8), Fnv1a.Add(Fnv1a.Add(Fnv1a.Start, "foo"u8), "bar"u8));

    [Theory]
    [InlineData(0, "\0\0\0\0\0\0\0\0")]
    [InlineData(0x0807060504030201, "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008")]
    [InlineData(-2, "\u00fe\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")]
    public void Hash_OfANumber_IsThatOfItsBytesLowestFirst(long value, string bytes) =>
        Assert.Equal(Fnv1a.Add(Fnv1a.Start, Latin1.Bytes(bytes)), Fnv1a.Add(Fnv1a.Start, value));
}
