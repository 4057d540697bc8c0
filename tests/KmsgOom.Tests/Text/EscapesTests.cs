using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

public sealed class EscapesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData(@"a\x0ab", "a\nb")]
    [InlineData(@"\x00", "\0")]
    [InlineData(@"\xff\xFE", "\u00ff\u00fe")]
    [InlineData(@"h\xc3\xa9llo", "h\u00c3\u00a9llo")]
    [InlineData(@"\x5cx41", @"\x41")]
    [InlineData(@"\\x41", @"\A")]
    [InlineData(@"\x4", @"\x4")]
    [InlineData(@"\x", @"\x")]
    [InlineData(@"\", @"\")]
    [InlineData(@"\xg1\x1g\n", @"\xg1\x1g\n")]
    [InlineData(@"end\x41", "endA")]
    public void Hex_OfKmsg_IsUndone(string escaped, string expected) => Assert.Equal(expected, Decode(Escapes.DecodeHex, escaped));

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a#012b", "a\nb")]
    [InlineData("#011#033", "\t\u001b")]
    [InlineData("#000", "\0")]
    [InlineData("#377", "\u00ff")]
    [InlineData("#400", "#400")]
    [InlineData("#018", "#018")]
    [InlineData("#01", "#01")]
    [InlineData("#1 of 2", "#1 of 2")]
    [InlineData("##012", "#\n")]
    [InlineData("GC Thread#100", "GC Thread#100")]
    [InlineData("#177#200#377", "\u007f\u0080\u00ff")]
    [InlineData("end#007", "end\a")]
    public void Octal_OfRsyslog_IsUndone(string escaped, string expected) => Assert.Equal(expected, Decode(Escapes.DecodeOctal, escaped));

    [Fact]
    public void Decoding_InPlace_GivesTheSame()
    {
        byte[] hex = Latin1.Bytes(@"a\x0ab\x41");
        byte[] octal = Latin1.Bytes("a#012b#101");

        Assert.Equal("a\nbA", Latin1.Text(hex.AsSpan(0, Escapes.DecodeHex(hex, hex))));
        Assert.Equal("a\nb#101", Latin1.Text(octal.AsSpan(0, Escapes.DecodeOctal(octal, octal))));
    }

    private delegate int Decoder(ReadOnlySpan<byte> escaped, Span<byte> destination);

    private static string Decode(Decoder decoder, string escaped)
    {
        byte[] destination = new byte[escaped.Length];
        int length = decoder(Latin1.Bytes(escaped), destination);
        return Latin1.Text(destination.AsSpan(0, length));
    }
}
