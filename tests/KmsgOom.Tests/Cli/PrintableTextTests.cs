using KmsgOom.Cli.Text;

namespace KmsgOom.Tests.Cli;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("java", "java")]
    [InlineData("naïve 漢", "naïve 漢")]
    [InlineData(@"a\x2db", @"a\x2db")]
    [InlineData("a\e[0mb", @"a\x1b[0mb")]
    [InlineData("a\nb\r\t\0", @"a\nb\r\t\x00")]
    [InlineData("\u007f\u009b", @"\x7f\x9b")]
    [InlineData("\u202eevil\u2066\u2069", @"\u202eevil\u2066\u2069")]
    [InlineData("\u200b\ufeff\u2028", @"\u200b\ufeff\u2028")]
    [InlineData("\U000e0041", @"\U000e0041")]
    public void Of_EscapesWhatATerminalObeys(string text, string expected)
    {
        Assert.Equal(expected, PrintableText.Of(text));
        Assert.Equal(expected, PrintableText.Of(expected));
    }

    [Fact]
    public void Of_ReplacesALoneSurrogate() => Assert.Equal("a\ufffd", PrintableText.Of("a" + '\ud800'));

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("Web Content", "Web Content")]
    public void OfName_MakesBlanksVisible(string name, string expected) => Assert.Equal(expected, PrintableText.OfName(new TaskName(name)));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("漢字", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("\U0001f600", 2)]
    public void CountColumns_KnowsWideAndCombining(string text, int expected) => Assert.Equal(expected, PrintableText.CountColumns(text));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abc…fg")]
    [InlineData("漢字漢字", 6, "漢…字")]
    public void Shorten_KeepsBothEnds(string text, int columns, string expected) => Assert.Equal(expected, PrintableText.Shorten(text, columns));

    [Theory]
    [InlineData("aa bb cc", 5, "aa bb|cc")]
    [InlineData("/kubepods/pod-1/ctr", 10, "/kubepods/|pod-1/ctr")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("", 5, "")]
    [InlineData("漢字漢", 5, "漢字|漢")]
    public void Wrap_BreaksAtBlanksThenSlashesThenAnywhere(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', LineWrap.Wrap(text, width)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(48, "48 KiB")]
    [InlineData(1024, "1.0 MiB")]
    [InlineData(99620, "97.3 MiB")]
    [InlineData(102350, "100 MiB")]
    [InlineData(10485759, "10240 MiB")]
    [InlineData(10485760, "10.0 GiB")]
    [InlineData(long.MaxValue, "8589934592 TiB")]
    public void Sizes_AreMiB_UntilTheyAreLarge(long kib, string expected) => Assert.Equal(expected, Sizes.FromKiB(kib));
}
