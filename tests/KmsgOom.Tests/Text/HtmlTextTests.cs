using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("&lt;6&gt;[   12.3]&nbsp;a&amp;b &quot;c&quot; &#39;d&#39; &#x27;e&apos;", "<6>[   12.3] a&b \"c\" 'd' 'e'")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("&#160;&#xA0;", "  ")]
    [InlineData("&", "&")]
    [InlineData("&#", "&#")]
    [InlineData("&#10;&#0;&#99999;&eacute;&lt", "&#10;&#0;&#99999;&eacute;&lt")]
    [InlineData("", "")]
    public void Decode_UndoesWhatStandsForACharacter(string text, string expected)
    {
        byte[] bytes = Latin1.Bytes(text);
        byte[] decoded = new byte[bytes.Length];
        Assert.Equal(expected, Latin1.Text(decoded.AsSpan(0, HtmlText.Decode(bytes, decoded))));
    }

    [Theory]
    [InlineData("<br>x", 4)]
    [InlineData("<br />x", 6)]
    [InlineData("</pre>", 6)]
    [InlineData("<span class=\"a\">x", 16)]
    [InlineData("<TASK>", 0)]
    [InlineData("<IRQ>", 0)]
    [InlineData("<6>[   12.3]", 0)]
    [InlineData("<trim>", 0)]
    [InlineData("<p", 0)]
    [InlineData("<", 0)]
    public void TagLength_IsThatOfKnownTags(string text, int length) => Assert.Equal(length, HtmlText.TagLength(Latin1.Bytes(text)));

    [Fact]
    public void DecodeSpaces_MakesBlanks()
    {
        byte[] bytes = Latin1.Bytes("[\u00C2\u00A0\u00C2\u00A012] \u00C3\u00A0 \u00C2");
        byte[] decoded = new byte[bytes.Length];
        Assert.Equal("[  12] \u00C3\u00A0 \u00C2", Latin1.Text(decoded.AsSpan(0, HtmlText.DecodeSpaces(bytes, decoded))));
    }

    [Fact]
    public void DecodeQuotedPrintable_UndoesItsEscapes()
    {
        byte[] bytes = Latin1.Bytes("gfp_mask=3D0xcc0, order=3D0=20 a=b =");
        byte[] decoded = new byte[bytes.Length];
        Assert.Equal("gfp_mask=0xcc0, order=0  a=b =", Latin1.Text(decoded.AsSpan(0, Escapes.DecodeQuotedPrintable(bytes, decoded))));
    }
}
