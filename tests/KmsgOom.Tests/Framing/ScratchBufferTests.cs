using System.Buffers;
using KmsgOom.Framing;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Framing;

public sealed class ScratchBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100_000)]
    public void Span_OfALength_HasAtLeastThat(int length)
    {
        using ScratchBuffer scratch = new();

        Assert.True(scratch.GetSpan(length).Length >= length);
        Assert.True(scratch.GetSpan(length + 1).Length > length);
    }

    [Fact]
    public void Copy_OfSegments_IsOnePiece()
    {
        using ScratchBuffer scratch = new();

        Assert.Equal("abc", Latin1.Text(scratch.Copy(Segments.Of(Latin1.Bytes("a"), [], Latin1.Bytes("bc")))));
        Assert.Equal("x", Latin1.Text(scratch.Copy(Segments.Of(Latin1.Bytes("x")))));
        Assert.Equal("", Latin1.Text(scratch.Copy(ReadOnlySequence<byte>.Empty)));
        Assert.Equal(new string('y', 5000), Latin1.Text(scratch.Copy(Segments.Cut(Latin1.Bytes(new string('y', 5000)), 7))));
    }

    [Fact]
    public void Buffer_AfterDispose_MayBeUsedAgain()
    {
        ScratchBuffer scratch = new();
        scratch.GetSpan(10);

        scratch.Dispose();
        scratch.Dispose();

        Assert.Equal("ab", Latin1.Text(scratch.Copy(Segments.Of(Latin1.Bytes("a"), Latin1.Bytes("b")))));
        scratch.Dispose();
    }
}
