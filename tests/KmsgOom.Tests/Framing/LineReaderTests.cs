using System.Buffers;
using System.Text;
using KmsgOom.Framing;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Framing;

public sealed class LineReaderTests
{
    private const int Limit = 1 << 20;

    [Theory]
    [InlineData("a\nbc\n", "a|bc", "0,2")]
    [InlineData("a\r\nbc\r\n", "a|bc", "0,3")]
    [InlineData("a\r\r\nbc\r\r\n", "a|bc", "0,4")]
    [InlineData("a\nbc\r\nd\r\r\n", "a|bc|d", "0,2,6")]
    [InlineData("a\nbc", "a|bc", "0,2")]
    [InlineData("a\nbc\r", "a|bc", "0,2")]
    [InlineData("a\rb\n", "a\rb", "0")]
    [InlineData("\n\n", "|", "0,1")]
    [InlineData("\r\n", "", "0")]
    [InlineData("x\n\ny", "x||y", "0,2,3")]
    [InlineData("\0\0a\0b\0\0\n\0\nc\0\r\n", "a\0b||c", "0,8,10")]
    [InlineData("\u00ff\u00c3\n", "\u00ff\u00c3", "0")]
    [InlineData("\u00ef\u00bb\u00bfa\nb\n", "a|b", "3,5")]
    [InlineData("  a  \n", "  a  ", "0")]
    public void Lines_WithAnyEnd_AreTheSameHoweverCut(string text, string lines, string offsets)
    {
        ReadLines expected = new(lines, offsets, text.Length, offsets.Count(static c => c == ',') + 1, 0, KernelLogEncoding.Utf8);

        AssertHoweverCut(expected, Latin1.Bytes(text), Limit);
    }

    [Fact]
    public void Lines_OfNothing_AreNone()
    {
        ReadLines none = new("", "", 0, 0, 0, KernelLogEncoding.Utf8);

        Assert.Equal(none, ReadLines.Whole(ReadOnlySequence<byte>.Empty, Limit));
        Assert.Equal(none with { Bytes = 3 }, ReadLines.Whole(new ReadOnlySequence<byte>([0xEF, 0xBB, 0xBF]), Limit));
    }

    [Theory]
    [InlineData("0123456789abcdef\nxy\n", "01234567|xy", 1)]
    [InlineData("01234567\nxy\n", "01234567|xy", 0)]
    [InlineData("012345678\nxy\n", "01234567|xy", 1)]
    [InlineData("0123456789abcdef", "01234567", 1)]
    [InlineData("ab\n0123456789abcdef0123456789abcdef\n0123456789\nxy", "ab|01234567|01234567|xy", 2)]
    [InlineData("0123456\r\nxy\n", "0123456|xy", 0)]
    public void Lines_OverTheLimit_GiveTheirFirstPartHoweverCut(string text, string lines, int overlong)
    {
        byte[] bytes = Latin1.Bytes(text);
        ReadLines whole = ReadLines.Whole(new ReadOnlySequence<byte>(bytes), 8);

        Assert.Equal(lines, whole.Lines);
        Assert.Equal(overlong, whole.Overlong);
        Assert.Equal(text.Length, whole.Bytes);
        AssertHoweverCut(whole, bytes, 8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Utf16_WithMark_BecomesUtf8HoweverCut(bool isBigEndian)
    {
        // U+0A00, U+000A and U+010A hold the bytes of a line feed in places where none is.
        const string Text = "a\r\nh\u00e9llo \u0a00\u010a\u0a0a \U0001f600\n\nend";
        UnicodeEncoding utf16 = new(isBigEndian, byteOrderMark: true);
        byte[] bytes = [.. utf16.GetPreamble(), .. utf16.GetBytes(Text)];
        ReadLines expected = new(
            Latin1.Text(Encoding.UTF8.GetBytes("a|h\u00e9llo \u0a00\u010a\u0a0a \U0001f600||end")),
            "2,8,34,36",
            bytes.Length,
            4,
            0,
            isBigEndian ? KernelLogEncoding.Utf16BigEndian : KernelLogEncoding.Utf16LittleEndian);

        AssertHoweverCut(expected, bytes, Limit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Utf16_OverTheLimit_GivesItsFirstPartHoweverCut(bool isBigEndian)
    {
        UnicodeEncoding utf16 = new(isBigEndian, byteOrderMark: true);
        byte[] bytes = [.. utf16.GetPreamble(), .. utf16.GetBytes("0123456789abcdef\nxy\n")];
        ReadLines whole = ReadLines.Whole(new ReadOnlySequence<byte>(bytes), 8);

        Assert.Equal("01234567|xy", whole.Lines);
        Assert.Equal(1, whole.Overlong);
        AssertHoweverCut(whole, bytes, 8);
    }

    [Fact]
    public void Utf16_WithHalfAUnitAtTheEnd_DropsIt()
    {
        byte[] bytes = [0xFF, 0xFE, (byte)'a', 0, (byte)'b', 0, (byte)'c'];

        AssertHoweverCut(new("ab", "2", 7, 1, 0, KernelLogEncoding.Utf16LittleEndian), bytes, Limit);
    }

    [Theory]
    [InlineData(KernelLogEncoding.Gzip, "1F8B0800")]
    [InlineData(KernelLogEncoding.Zstandard, "28B52FFD04")]
    [InlineData(KernelLogEncoding.Xz, "FD377A585A0000")]
    [InlineData(KernelLogEncoding.Bzip2, "425A6839314159265359")]
    public void Archive_ByItsMagic_IsNamed(KernelLogEncoding encoding, string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);

        Assert.Equal(encoding, ReadLines.Whole(new ReadOnlySequence<byte>(bytes), Limit).Encoding);
        Assert.Equal(encoding, ReadLines.InCrumbs(bytes, 1, Limit).Encoding);
    }

    [Fact]
    public void Line_ThatIsIncomplete_IsLeftWhereItIs()
    {
        using LineReader reader = new(Limit);
        LineSource source = new(Segments.Of(Latin1.Bytes("whole\nin"), Latin1.Bytes("compl")));

        Assert.True(reader.TryRead(ref source, isFinalBlock: false, out ReadOnlySpan<byte> line));
        Assert.Equal("whole", Latin1.Text(line));
        Assert.False(reader.TryRead(ref source, isFinalBlock: false, out line));
        Assert.True(line.IsEmpty);
        Assert.Equal("incompl", Latin1.Text(source.Remaining.ToArray()));
        Assert.Equal(6, reader.Bytes);

        source = new LineSource(Segments.Of(Latin1.Bytes("incompl"), Latin1.Bytes("ete\nx")));
        Assert.True(reader.TryRead(ref source, isFinalBlock: false, out line));
        Assert.Equal("incomplete", Latin1.Text(line));
        Assert.Equal(6, reader.LineOffset);
        Assert.Equal(2, reader.Lines);
    }

    [Theory]
    [InlineData("1F")]
    [InlineData("EFBB")]
    [InlineData("FF")]
    [InlineData("FD377A585A")]
    [InlineData("425A68393141592653")]
    [InlineData("")]
    public void Head_ThatMayBeAMagic_WaitsForMore(string hex)
    {
        byte[] head = Convert.FromHexString(hex);
        using LineReader reader = new(Limit);
        LineSource source = new(new ReadOnlySequence<byte>(head));

        Assert.False(reader.TryRead(ref source, isFinalBlock: false, out _));
        Assert.Equal(head, source.Remaining.ToArray());
        Assert.Equal(0, reader.Bytes);
    }

    [Fact]
    public void Reader_AfterReset_StartsAnew()
    {
        using LineReader reader = new(Limit);
        LineSource utf16 = new(new ReadOnlySequence<byte>([0xFF, 0xFE, (byte)'a', 0]));
        Assert.True(reader.TryRead(ref utf16, isFinalBlock: true, out _));

        reader.Reset();

        Assert.Equal((0L, 0L, 0L, 0L), (reader.Bytes, reader.Lines, reader.OverlongLines, reader.LineOffset));
        LineSource utf8 = new(new ReadOnlySequence<byte>(Latin1.Bytes("\u00ef\u00bb\u00bfab\n")));
        Assert.True(reader.TryRead(ref utf8, isFinalBlock: true, out ReadOnlySpan<byte> line));
        Assert.Equal("ab", Latin1.Text(line));
        Assert.Equal(KernelLogEncoding.Utf8, reader.Encoding);
    }

    private static void AssertHoweverCut(ReadLines expected, byte[] bytes, int limit)
    {
        Assert.Equal(expected, ReadLines.Whole(new ReadOnlySequence<byte>(bytes), limit));
        for (int size = 1; size <= 5; size++)
        {
            Assert.Equal(expected, ReadLines.Whole(Segments.Cut(bytes, size), limit));
            Assert.Equal(expected, ReadLines.Whole(Segments.Cut(bytes, size, withEmpty: true), limit));
            Assert.Equal(expected, ReadLines.InCrumbs(bytes, size, limit));
        }

        // Every two-way split: what comes first is read before the rest is there.
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(expected, ReadLines.Whole(Segments.Of(bytes[..cut], bytes[cut..]), limit));
        }
    }
}
