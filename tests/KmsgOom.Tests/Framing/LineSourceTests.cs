using System.Buffers;
using KmsgOom.Framing;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Framing;

public sealed class LineSourceTests
{
    [Fact]
    public void Source_AtItsStart_IsTheWholeSequence()
    {
        LineSource source = new(Segments.Cut(Latin1.Bytes("abcdef"), 2));

        Assert.Equal(0, source.Position);
        Assert.Equal("abcdef", Latin1.Text(source.Remaining.ToArray()));
    }

    [Fact]
    public void Remaining_AfterAPosition_BeginsThere()
    {
        LineSource source = new(new ReadOnlySequence<byte>(Latin1.Bytes("abcdef"))) { Position = 2 };

        Assert.Equal("cdef", Latin1.Text(source.Remaining.ToArray()));
        Assert.Equal("abcdef", Latin1.Text(source.First));
    }

    [Theory]
    [InlineData(0, "bcdef")]
    [InlineData(2, "def")]
    [InlineData(5, "")]
    public void Advance_FromAPosition_CountsFromThere(long count, string expected)
    {
        LineSource source = new(Segments.Of(Latin1.Bytes("abc"), [], Latin1.Bytes("def"))) { Position = 0 };
        source.Advance(0);
        source.Position = 0;
        source.Advance(1);

        source.Advance(count);

        Assert.Equal(0, source.Position);
        Assert.Equal(expected, Latin1.Text(source.Remaining.ToArray()));
        Assert.StartsWith(Latin1.Text(source.First), expected, StringComparison.Ordinal);
    }
}
